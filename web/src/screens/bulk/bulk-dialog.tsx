import { Checkbox, TextInput } from '@mantine/core';
import type { Run, RunPreview } from '@renkei/backoffice/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/client.ts';
import { useCommand } from '../../api/command.ts';
import { runPreviewQuery, runsQuery } from '../../api/queries.ts';
import { useSession } from '../../app/session.tsx';
import { useConfirmText } from '../../ui/confirm-text.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { formatYen, jstDateOf } from '../../ui/format.ts';
import { Loading } from '../../ui/loading.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProgressNotice, ReadFailure } from '../../ui/problem.tsx';
import { Sums } from '../../ui/sums.tsx';
import { PreviewGroups } from './preview-groups.tsx';

type Props = { readonly orderNumbers: readonly string[]; readonly onClose: () => void };

const FULL_SCREEN_FROM = 50;

/** 一括入金: what it would come to, order by order; then one button that says how much. */
export function BulkDialog({ orderNumbers, onClose }: Props) {
  const { t } = useTranslation();
  const { shop } = useSession();
  const [mail, setMail] = useState<'auto' | 'manual'>('auto');
  const [paidOn, setPaidOn] = useState(() => jstDateOf(new Date()));
  const wanted = { orderNumbers: [...orderNumbers], mail, paidOn };
  const preview = useQuery(runPreviewQuery(shop.id, wanted));
  const { data, error } = preview;
  const start = useStart(data, { mail, paidOn });
  const count = data?.carriedOut.count ?? 0;
  const confirm = data?.confirm ?? null;
  const typed = useConfirmText({
    wanted: confirm,
    label: t('bulk.typeCount', { count: Number(confirm) }),
    wrong: t('bulk.typeCountWrong', { count: Number(confirm) }),
  });
  // What was sent once may only be sent again as it was: same key, same content.
  const frozen = start.progress.kind !== 'idle' && start.progress.kind !== 'refused';
  const ready = data !== undefined && !preview.isPlaceholderData;

  return (
    <Dialog
      title={t('bulk.title')}
      size={orderNumbers.length > FULL_SCREEN_FROM ? 'full' : 'lg'}
      onClose={onClose}
      busy={start.progress.kind === 'sending' || (data !== undefined && !ready)}
      blocked={count === 0}
      confirm={<ButtonText preview={data} />}
      onConfirm={() => {
        if (ready && typed.isRight()) void start.press(confirm ?? undefined);
      }}
    >
      <div className="wrap">
        <TextInput
          type="date"
          label={t('bulk.paidOn')}
          value={paidOn}
          max={jstDateOf(new Date())}
          disabled={frozen}
          onChange={(event) => event.currentTarget.value && setPaidOn(event.currentTarget.value)}
        />
        <Checkbox
          mt="lg"
          label={t('bulk.mail')}
          checked={mail === 'auto'}
          disabled={frozen}
          onChange={(event) => setMail(event.currentTarget.checked ? 'auto' : 'manual')}
        />
      </div>
      {preview.isPending && (
        <>
          <p className="quiet">{t('bulk.judging', { count: orderNumbers.length })}</p>
          <Loading rows={4} />
        </>
      )}
      {error && !data && (
        <ReadFailure
          error={error}
          title={t('common.broken')}
          onRetry={() => void preview.refetch()}
        />
      )}
      {data && <Head preview={data} />}
      {data && <PreviewGroups preview={data} />}
      {data && count === 0 && <Notice tone="warn" title={t('bulk.nothing')} />}
      {typed.field}
      <ProgressNotice
        progress={start.progress}
        onResend={() => void start.press()}
        hint={t('bulk.lostHint')}
      />
      {frozen && <Link to="/runs">{t('bulk.openRuns')}</Link>}
    </Dialog>
  );
}

function Head({ preview }: { readonly preview: RunPreview }) {
  const { t } = useTranslation();
  const { rows, carriedOut, groups, mails } = preview;
  const orders = (count: number) => t('bulk.orders', { count });
  const { count: excluded } = groups.excluded;
  return (
    <div role="status">
      <Sums
        sums={[
          { name: t('bulk.chosen'), value: orders(rows.length) },
          { name: t('bulk.carriedOut'), value: orders(carriedOut.count), tone: 'going' },
          { name: t('bulk.yen'), value: formatYen(carriedOut.yen), tone: 'going' },
          {
            name: t('bulk.excluded'),
            value: orders(excluded),
            ...(excluded > 0 && { tone: 'warn' }),
          },
          { name: t('bulk.mails'), value: orders(mails) },
        ]}
      />
    </div>
  );
}

/** 23件・¥226,550 を売上処理する; with 本番 before it where it is real money. */
function ButtonText({ preview }: { readonly preview: RunPreview | undefined }) {
  const { t } = useTranslation();
  const { shop } = useSession();
  if (preview === undefined) return t('common.loading');
  const { carriedOut, groups } = preview;
  const isLocal = groups.as_is.count + groups.with_change.count === 0;
  const facts = { count: carriedOut.count, yen: formatYen(carriedOut.yen) };
  const text = isLocal ? t('bulk.buttonLocal', facts) : t('bulk.button', facts);
  return shop.environment === 'production' ? `${t('common.live')}${text}` : text;
}

/** Starts a run of exactly what the preview shows; an order changed since then is refused. */
function useStart(
  preview: RunPreview | undefined,
  { mail, paidOn }: { readonly mail: 'auto' | 'manual'; readonly paidOn: string },
) {
  const { shop } = useSession();
  const navigate = useNavigate();
  const queries = useQueryClient();
  return useCommand<Run>({
    send(key, typed) {
      const rows = (preview?.rows ?? [])
        .filter(({ group }) => group !== 'excluded')
        .map(({ orderNumber, version }) => ({ orderNumber, version }));
      const body = { paidOn, mail, rows };
      return ask('POST', '/v1/runs', { shop: shop.id, key, typed, body });
    },
    onDone: (run) => void navigate({ to: '/runs/$id', params: { id: run.id } }),
    reread: () => queries.fetchQuery({ ...runsQuery(shop.id), staleTime: 0 }),
  });
}
