import type { ClosingView, Reconciliation } from '@renkei/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../app/session.tsx';
import { formatDate, formatInstant } from '../../ui/browser/format.ts';
import { GuardedButton } from '../../ui/confirm/guarded-button.tsx';
import { Section } from '../../ui/data/section.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { CloseDialog } from './close-dialog.tsx';

type Props = { readonly report: Reconciliation };

/** 締め of the shown period: its state, and the button, or the reason why there is none. */
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
      {asking && closable.from !== null && closable.to !== null && (
        <CloseDialog
          from={closable.from}
          to={closable.to}
          firstRecordOn={report.firstRecordOn}
          onClose={() => setAsking(false)}
        />
      )}
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
      <details>
        <summary>{t('reconciliation.close.details')}</summary>
        {t('reconciliation.close.hash')} <code className="mono">{hash}</code>
      </details>
    </Notice>
  );
}
