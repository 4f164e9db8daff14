import { Button } from '@mantine/core';
import type { RunAgain, RunDetail } from '@renkei/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, askFile } from '../../api/client.ts';
import { useCommand } from '../../api/command.ts';
import { useSession } from '../../app/session.tsx';
import { jstDateOf } from '../../ui/format.ts';
import { GuardedButton } from '../../ui/guarded-button.tsx';
import { keepFile } from '../../ui/keep-file.ts';
import { Notice } from '../../ui/notice.tsx';
import { ProgressNotice } from '../../ui/problem.tsx';
import { BulkDialog } from '../bulk/bulk-dialog.tsx';

/** What is done with the result of a run: once more for those not executed, and a file of it. */
export function RunResult({ run }: { readonly run: RunDetail }) {
  const { t } = useTranslation();
  const { shop } = useSession();
  const csv = useCommand({
    send: () => askFile(`/v1/runs/${run.id}/csv`, { shop: shop.id, query: { encoding: 'utf-8' } }),
    onDone: keepFile,
    reread: () => Promise.resolve(),
  });
  return (
    <>
      <div className="wrap">
        <Again run={run} />
        <Button
          variant="default"
          loading={csv.progress.kind === 'sending'}
          onClick={() => void csv.press()}
        >
          {t('run.csv')}
        </Button>
      </div>
      <ProgressNotice progress={csv.progress} onResend={() => void csv.press()} />
    </>
  );
}

/**
 * Looks again at those certainly not executed, with the plan and 送り状番号 of then: the server says
 * which they are, never this screen.
 */
function Again({ run }: { readonly run: RunDetail }) {
  const { t } = useTranslation();
  const { shop, denied } = useSession();
  const [again, setAgain] = useState<RunAgain | null>(null);
  const look = useCommand<RunAgain>({
    send: () => ask('GET', `/v1/runs/${run.id}/again`, { shop: shop.id }),
    onDone: setAgain,
    reread: () => Promise.resolve(),
  });
  const { failed, stopped } = run.counts;
  if (failed + stopped === 0) return null;
  return (
    <>
      <GuardedButton
        denied={denied(run.plan)}
        variant="default"
        loading={look.progress.kind === 'sending'}
        onClick={() => void look.press()}
      >
        {t('run.again', { count: failed + stopped })}
      </GuardedButton>
      <span className="quiet">{t('run.againHint')}</span>
      <ProgressNotice progress={look.progress} onResend={() => void look.press()} />
      {again?.rows.length === 0 && <Notice tone="warn" role="status" title={t('run.againNone')} />}
      {again && again.rows.length > 0 && (
        <BulkDialog
          plan={again.plan.kind}
          picked={{ orderNumbers: again.rows.map(({ orderNumber }) => orderNumber) }}
          again={{
            terms: { plan: again.plan, mail: again.mail, paidOn: jstDateOf(new Date()) },
            shipments: again.shipments,
          }}
          onClose={() => setAgain(null)}
        />
      )}
    </>
  );
}
