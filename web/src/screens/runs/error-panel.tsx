import { Button, CopyButton } from '@mantine/core';
import type { RunRow } from '@renkei/backoffice/contract';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../ui/notice.tsx';
import classes from './runs.module.css';

/**
 * The manual's error panel, to the letter (L5): its heading, its sentence, and a line for each
 * order, 受注コード:message, with F-REGI's own message where it gave one.
 */
export function ErrorPanel({ rows }: { readonly rows: readonly RunRow[] }) {
  const { t } = useTranslation();
  const lines = errorLines(rows);
  if (lines.length === 0) return null;
  const [title, check, lead] = [t('run.panelTitle'), t('run.panelCheck'), t('run.panelLead')];
  return (
    <div lang="ja">
      <Notice tone="bad" title={title}>
        <p className={classes.check}>{check}</p>
        <ul className={classes.lines}>
          <li>{lead}</li>
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        <CopyButton value={[title, check, `・${lead}`, ...lines.map((l) => `・${l}`)].join('\n')}>
          {({ copied, copy }) => (
            <Button size="compact-sm" variant="default" onClick={copy}>
              {t(copied ? 'common.copied' : 'common.copy')}
            </Button>
          )}
        </CopyButton>
      </Notice>
    </div>
  );
}

/** One line for every failed row, in the order of the run. */
function errorLines(rows: readonly RunRow[]): string[] {
  return rows
    .filter(({ state }) => state === 'failed')
    .map(({ orderNumber, line, reason }) => `${orderNumber}:${line ?? reason?.cause ?? ''}`);
}
