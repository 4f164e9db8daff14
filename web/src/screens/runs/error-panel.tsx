import { Button, CopyButton } from '@mantine/core';
import type { RunDetail, RunRow } from '@renkei/contract';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../ui/notice/notice.tsx';
import classes from './runs.module.css';

/**
 * The manual's error panel, to the letter (L5): its heading, its sentence, and a line for each
 * order, 受注コード:message, with F-REGI's own message if it gave one. The sentence leaves F-REGI out if
 * the run does not concern it.
 */
export function ErrorPanel({ run }: { readonly run: RunDetail }) {
  const { t } = useTranslation();
  const lines = errorLines(run.rows);
  if (lines.length === 0) return null;
  const [title, check] = [t('run.panelTitle'), t('run.panelCheck')];
  const lead = t(concernsFregi(run) ? 'run.panelLead' : 'run.panelLeadLocal');
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

function concernsFregi({ plan }: RunDetail): boolean {
  switch (plan.kind) {
    case 'ship':
      return plan.andPay;
    case 'cancel':
      return plan.cancelTransaction;
    default:
      return plan.kind !== 'dismiss_cancel_request';
  }
}
