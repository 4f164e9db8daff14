import type { Coverage } from '@renkei/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/client.ts';
import { useCommand } from '../../api/command.ts';
import { useSession } from '../../app/session.tsx';
import { formatInstant } from '../../ui/browser/format.ts';
import { GuardedButton } from '../../ui/confirm/guarded-button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { ProgressNotice } from '../../ui/notice/problem.tsx';
import classes from './attention.module.css';

/**
 * When Renkei last looked through F-REGI, and how much of it: how far an empty list can be trusted.
 */
export function CoverageLine({ coverage }: { readonly coverage: Coverage }) {
  const { t } = useTranslation();
  const { shop, denied } = useSession();
  const queries = useQueryClient();
  const reread = () => queries.invalidateQueries({ queryKey: ['attention', shop.id] });
  const sweep = useCommand({
    send: (key) => ask('POST', '/v1/sweeps', { shop: shop.id, key }),
    onDone: () => void reread(),
    reread,
  });
  return (
    <section className={classes.coverage} aria-label={t('attention.coverage.title')}>
      <Icon name="search" size={14} />
      <p role="status">
        <CoverageText coverage={coverage} />
      </p>
      {coverage.inquiry && (
        <GuardedButton
          variant="default"
          size="compact-sm"
          denied={denied('sweep_gateway')}
          loading={sweep.progress.kind === 'sending' || coverage.underway !== null}
          onClick={() => void sweep.press()}
        >
          {t('attention.coverage.sweep')}
        </GuardedButton>
      )}
      <ProgressNotice progress={sweep.progress} onResend={() => void sweep.press()} />
    </section>
  );
}

function CoverageText({ coverage }: { readonly coverage: Coverage }) {
  const { t } = useTranslation();
  const { inquiry, lastSweep, underway, nextSweepAt, lastFile, waiting } = coverage;
  const said: string[] = [];
  if (!inquiry) said.push(t('attention.coverage.noInquiry'));
  if (underway !== null) said.push(t('attention.coverage.underway', underway));
  else if (lastSweep !== null) {
    const at = formatInstant(lastSweep.finishedAt ?? lastSweep.startedAt);
    said.push(t('attention.coverage.last', { ...lastSweep, at }));
    if (lastSweep.failed > 0) {
      said.push(t('attention.coverage.failed', { count: lastSweep.failed }));
    }
    if (nextSweepAt !== null) {
      said.push(t('attention.coverage.next', { at: formatInstant(nextSweepAt).slice(11, 16) }));
    }
  } else if (inquiry) said.push(t('attention.coverage.never'));
  if (lastFile !== null) {
    const { name, importedAt, transactions: count } = lastFile;
    said.push(t('attention.coverage.lastFile', { name, at: formatInstant(importedAt), count }));
  }
  if (waiting > 0) said.push(t('attention.coverage.waiting', { count: waiting }));
  return said.join('　');
}
