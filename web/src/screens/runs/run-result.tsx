import { Button } from '@mantine/core';
import type { RunDetail } from '@renkei/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { askFile } from '../../api/client.ts';
import { useCommand } from '../../api/command.ts';
import { runAgainQuery } from '../../api/queries.ts';
import { useSession } from '../../app/session.tsx';
import { jstDateOf } from '../../ui/browser/format.ts';
import { keepFile } from '../../ui/browser/keep-file.ts';
import { GuardedButton } from '../../ui/confirm/guarded-button.tsx';
import { ProgressNotice, ReadFailure } from '../../ui/notice/problem.tsx';
import { BulkDialog } from '../bulk/bulk-dialog.tsx';

/** The commands on the result of a run: a repetition of the rows that can succeed, and a file. */
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
 * Opens the rows that can succeed now, with the plan and 送り状番号 of the run. The server, never this
 * screen, chooses them; without any, the button is missing.
 */
function Again({ run }: { readonly run: RunDetail }) {
  const { t } = useTranslation();
  const { shop, denied } = useSession();
  const [isOpen, setOpen] = useState(false);
  const { failed, stopped } = run.counts;
  const { data, error, refetch } = useQuery({
    ...runAgainQuery(shop.id, run.id),
    enabled: run.endedAt !== null && failed + stopped > 0,
  });
  if (error) {
    return (
      <ReadFailure error={error} title={t('run.againFailed')} onRetry={() => void refetch()} />
    );
  }
  if (data === undefined) return null;
  if (data.rows.length === 0) return <span className="quiet">{t('run.againNone')}</span>;
  const { rows, plan, mail, mailUnpaid, shipments } = data;
  return (
    <>
      <GuardedButton denied={denied(run.plan)} variant="default" onClick={() => setOpen(true)}>
        {t('run.again', { count: rows.length })}
      </GuardedButton>
      <span className="quiet">{t('run.againHint')}</span>
      {isOpen && (
        <BulkDialog
          plan={plan.kind}
          picked={{ orderNumbers: rows.map(({ orderNumber }) => orderNumber) }}
          again={{
            terms: {
              plan,
              mail,
              mailUnpaid,
              paidOn: jstDateOf(new Date()),
              dayConfirmed: false,
            },
            shipments,
          }}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
