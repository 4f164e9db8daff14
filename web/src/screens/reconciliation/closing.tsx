import type { ClosingView, Reconciliation } from '@renkei/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/client.ts';
import { useCommand } from '../../api/command.ts';
import { useSession } from '../../app/session.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { formatDate, formatInstant, formatYen } from '../../ui/format.ts';
import { GuardedButton } from '../../ui/guarded-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProgressNotice } from '../../ui/problem.tsx';
import { Facts, Section } from '../../ui/section.tsx';

type Props = { readonly report: Reconciliation };

/** 締め of the period that is shown: how far it has come, and the button, or why not. */
export function Closing({ report }: Props) {
  const { t } = useTranslation();
  const { denied } = useSession();
  const [asking, setAsking] = useState(false);
  const { closing, closable, closedThrough } = report;
  return (
    <Section title={t('reconciliation.close.title')}>
      <div className="stack">
        <p className="quiet">
          {closedThrough === null
            ? t('reconciliation.close.never')
            : t('reconciliation.close.through', { on: formatDate(closedThrough) })}
        </p>
        {closing && <Closed closing={closing} />}
        {closing === null && (
          <div>
            <GuardedButton
              denied={denied('reconcile') ?? (closable.ok ? null : closable.reason)}
              onClick={() => setAsking(true)}
            >
              {t('reconciliation.close.button')}
            </GuardedButton>
          </div>
        )}
      </div>
      {asking && <CloseDialog report={report} onClose={() => setAsking(false)} />}
    </Section>
  );
}

function Closed({ closing: { closedAt, by, hash } }: { readonly closing: ClosingView }) {
  const { t } = useTranslation();
  return (
    <Notice
      tone="good"
      title={t('reconciliation.close.closed', { at: formatInstant(closedAt), by })}
    >
      <Facts
        facts={[
          [
            t('reconciliation.close.hash'),
            <code key="hash" className="mono">
              {hash}
            </code>,
          ],
        ]}
      />
    </Notice>
  );
}

/** What is left open is said before; a closed period cannot be opened again. */
function CloseDialog({ report, onClose }: Props & { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { shop } = useSession();
  const queries = useQueryClient();
  const { from, to, equation } = report;
  const reread = () => queries.invalidateQueries({ queryKey: ['reconciliation', shop.id] });
  const command = useCommand<ClosingView>({
    send: (key) =>
      ask('POST', '/v1/reconciliation/closings', { shop: shop.id, key, body: { from, to } }),
    onDone() {
      onClose();
      void reread();
    },
    reread,
  });
  const { matched: _, ...open } = equation.moves;
  const differences = Object.values(open).reduce((sum, { count }) => sum + count, 0);
  const left = [
    ...(equation.unexplained === 0
      ? []
      : [t('reconciliation.close.unexplained', { yen: formatYen(equation.unexplained) })]),
    ...(differences === 0 ? [] : [t('reconciliation.close.differences', { count: differences })]),
  ];
  return (
    <Dialog
      title={t('reconciliation.close.dialog', { from: formatDate(from), to: formatDate(to) })}
      onClose={onClose}
      onConfirm={() => void command.press()}
      confirm={t('reconciliation.close.confirm')}
      busy={command.progress.kind === 'sending'}
    >
      <p>{t('reconciliation.close.lead')}</p>
      {left.length > 0 && <Notice tone="warn" title={left.join(' ')} />}
      <ProgressNotice progress={command.progress} onResend={() => void command.press()} />
    </Dialog>
  );
}
