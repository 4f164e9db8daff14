import { Button } from '@mantine/core';
import type { Run, RunDetail } from '@renkei/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keepAnswer, readAnew } from '../../api/cache.ts';
import { ask } from '../../api/client.ts';
import { useCommand } from '../../api/command.ts';
import { runQuery } from '../../api/queries.ts';
import { useSession } from '../../app/session.tsx';
import { Dialog } from '../../ui/confirm/dialog.tsx';
import { GuardedButton } from '../../ui/confirm/guarded-button.tsx';
import { ProgressNotice } from '../../ui/notice/problem.tsx';

/** 一時停止, 再開, 残りを中止. The run always waits for the calls that it has sent. */
export function RunControls({ run }: { readonly run: RunDetail }) {
  const { t } = useTranslation();
  const { denied } = useSession();
  const [stopping, setStopping] = useState(false);
  const pause = useControl(run, run.state === 'paused' ? 'resume' : 'pause');
  const why = denied(run.plan);
  if (run.state !== 'running' && run.state !== 'paused') return null;
  return (
    <>
      <div className="wrap">
        <GuardedButton
          denied={why}
          variant="default"
          loading={pause.progress.kind === 'sending'}
          onClick={() => void pause.press()}
        >
          {t(run.state === 'paused' ? 'run.resume' : 'run.pause')}
        </GuardedButton>
        {why === null && (
          <Button variant="default" onClick={() => setStopping(true)}>
            {t('run.stop')}
          </Button>
        )}
        <span className="quiet">{t('run.leave')}</span>
      </div>
      <ProgressNotice progress={pause.progress} onResend={() => void pause.press()} />
      {stopping && <StopDialog run={run} onClose={() => setStopping(false)} />}
    </>
  );
}

function StopDialog({ run, onClose }: { readonly run: RunDetail; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const stop = useControl(run, 'stop', onClose);
  const { waiting, asking } = run.counts;
  return (
    <Dialog
      title={t('run.stopTitle')}
      onClose={onClose}
      danger
      busy={stop.progress.kind === 'sending'}
      confirm={t('run.stopConfirm', { count: waiting })}
      onConfirm={() => void stop.press()}
    >
      <p>{t('run.stopHint', { waiting, asking })}</p>
      <ProgressNotice progress={stop.progress} onResend={() => void stop.press()} />
    </Dialog>
  );
}

function useControl(run: Run, action: 'pause' | 'resume' | 'stop', onDone?: () => void) {
  const { shop } = useSession();
  const queries = useQueryClient();
  const query = runQuery(shop.id, run.id);
  return useCommand<Run>({
    send: (key) =>
      ask('POST', `/v1/runs/${run.id}/control`, { shop: shop.id, key, body: { action } }),
    onDone(changed) {
      keepAnswer(queries, query.queryKey, (now) => now && { ...now, ...changed });
      onDone?.();
    },
    reread: () => readAnew(queries, query),
  });
}
