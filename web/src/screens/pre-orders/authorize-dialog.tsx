import type { Run, RunPreview, RunPreviewRow } from '@renkei/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { readAnew } from '../../api/cache.ts';
import { ask } from '../../api/client.ts';
import { useCommand } from '../../api/command.ts';
import { runPreviewQuery, runsQuery } from '../../api/queries.ts';
import { useSession } from '../../app/session.tsx';
import { formatYen } from '../../ui/browser/format.ts';
import { useConfirmText } from '../../ui/confirm/confirm-text.tsx';
import { Dialog } from '../../ui/confirm/dialog.tsx';
import { AskDisclosure } from '../../ui/data/plan.tsx';
import table from '../../ui/data/table.module.css';
import { Table } from '../../ui/data/table.tsx';
import { Loading } from '../../ui/notice/loading.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { ProgressNotice, ReadFailure } from '../../ui/notice/problem.tsx';
import { LiabilityNotices } from '../bulk/liability-notices.tsx';

const PLAN = { kind: 'authorize' } as const;

/**
 * The preview of an authorization, order by order; then one button that says how many and how much.
 */
export function AuthorizeDialog(props: {
  readonly orderNumbers: readonly string[];
  readonly onClose: () => void;
  readonly onStarted: (runId: string) => void;
}) {
  const { orderNumbers, onClose, onStarted } = props;
  const { t } = useTranslation();
  const { shop } = useSession();
  const wanted = { orderNumbers: [...orderNumbers], plan: PLAN };
  const preview = useQuery(runPreviewQuery(shop.id, wanted));
  const { data, error } = preview;
  const start = useStart(data, onStarted);
  const { count, yen } = data?.carriedOut ?? { count: 0, yen: 0 };
  const wantedText = data?.confirm ?? null;
  const typed = useConfirmText({
    wanted: wantedText,
    label: t('bulk.typeCount', { count: Number(wantedText) }),
    wrong: t('bulk.typeCountWrong', { count: Number(wantedText) }),
  });
  const live = shop.environment === 'production' ? t('common.live') : '';
  return (
    <Dialog
      title={t('preorders.dialog')}
      size="lg"
      onClose={onClose}
      busy={start.progress.kind === 'sending'}
      blocked={count === 0}
      confirm={live + t('preorders.confirm', { count, yen: formatYen(yen) })}
      onConfirm={() => {
        if (typed.isRight()) void start.press(wantedText ?? undefined);
      }}
    >
      {preview.isPending && <Loading rows={3} />}
      {error && !data && (
        <ReadFailure
          error={error}
          title={t('common.broken')}
          onRetry={() => void preview.refetch()}
        />
      )}
      {data && <p>{t('preorders.both')}</p>}
      {data && <LiabilityNotices preview={data} />}
      {data && <Previewed preview={data} />}
      {data && count === 0 && <Notice tone="warn" title={t('preorders.nothing')} />}
      {typed.field}
      <ProgressNotice progress={start.progress} onResend={() => void start.press()} />
    </Dialog>
  );
}

function Previewed({ preview }: { readonly preview: RunPreview }) {
  const { t } = useTranslation();
  return (
    <Table
      caption={t('preorders.previewed')}
      head={
        <tr>
          <th scope="col">{t('orders.columns.orderNumber')}</th>
          <th scope="col">{t('orders.columns.customer')}</th>
          <th scope="col" className={table.number}>
            {t('orders.columns.billed')}
          </th>
          <th scope="col">{t('preorders.what')}</th>
        </tr>
      }
    >
      {preview.rows.map((row) => (
        <tr key={row.orderNumber}>
          <th scope="row" className={table.nowrap}>
            {row.orderNumber}
          </th>
          <td>{row.customerName}</td>
          <td className={table.number}>{formatYen(row.billed)}</td>
          <td>
            <What row={row} />
          </td>
        </tr>
      ))}
    </Table>
  );
}

function What({ row }: { readonly row: RunPreviewRow }) {
  const { t } = useTranslation();
  const { orderNumber, group, asks, reason } = row;
  if (group === 'excluded') {
    return (
      <>
        <strong>{t('bulk.groups.excluded')}</strong> {reason?.cause}
        <div className={table.muted}>{reason?.remedy}</div>
      </>
    );
  }
  if (asks.length === 0) return t('preorders.localOnly');
  return (
    <AskDisclosure
      asks={asks}
      label={asks.map(({ verb }) => t(`words.verb.${verb}`)).join(' → ')}
      spoken={t('bulk.asksOf', { orderNumber })}
    />
  );
}

/** Starts a run of exactly the previewed orders; the server refuses an order changed since then. */
function useStart(preview: RunPreview | undefined, onStarted: (runId: string) => void) {
  const { shop } = useSession();
  const queries = useQueryClient();
  return useCommand<Run>({
    send(key, typed) {
      const rows = (preview?.rows ?? [])
        .filter(({ group }) => group !== 'excluded')
        .map(({ orderNumber, version }) => ({ orderNumber, version }));
      return ask('POST', '/v1/runs', { shop: shop.id, key, typed, body: { plan: PLAN, rows } });
    },
    onDone: ({ id }) => onStarted(id),
    reread: () => readAnew(queries, runsQuery(shop.id)),
  });
}
