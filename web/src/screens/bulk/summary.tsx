import type { RunKind, RunPreview } from '@renkei/contract';
import { useTranslation } from 'react-i18next';
import { formatYen } from '../../ui/browser/format.ts';
import { Sums } from '../../ui/data/sums.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { LiabilityNotices } from './liability-notices.tsx';
import { type Group, irreversibleIn } from './terms.ts';
import type { Tracking } from './use-tracking.ts';

/** How many orders the person chose, how many the run carries out, and their amount. */
export function Head({ preview }: { readonly preview: RunPreview }) {
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

const NAMED_MAX = 20;

/** Facts that a person should know before the press, and may not have looked for. */
export function Warnings(props: {
  readonly kind: RunKind;
  readonly preview: RunPreview;
  readonly groups: readonly Group[];
  readonly tracking: Tracking | null;
}) {
  const { kind, preview, groups, tracking } = props;
  const { t } = useTranslation();
  const goesOn = kind !== 'cancel' && kind !== 'dismiss_cancel_request';
  const asked = preview.rows
    .filter(({ cancelRequested, group }) => goesOn && cancelRequested && group !== 'excluded')
    .map(({ orderNumber }) => orderNumber);
  const payable = preview.rows.filter((row) => row.payable.length > 0);
  const revoked = preview.rows.filter((row) => row.revoked.length > 0);
  const twice = tracking?.twice ?? [];
  return (
    <>
      {asked.length > 0 && (
        <Notice tone="warn" role="status" title={t('bulk.requested', { count: asked.length })}>
          <p>{t('bulk.requestedHint', { orders: asked.slice(0, NAMED_MAX).join('、') })}</p>
        </Notice>
      )}
      {payable.length > 0 && (
        <Notice tone="warn" role="status" title={t('bulk.payable', { count: payable.length })}>
          <p>
            {t('bulk.payableHint', {
              orders: payable
                .slice(0, NAMED_MAX)
                .map(({ orderNumber }) => orderNumber)
                .join('、'),
            })}
          </p>
        </Notice>
      )}
      {revoked.length > 0 && (
        <Notice tone="going" role="status" title={t('bulk.revoked', { count: revoked.length })}>
          <p>{t('bulk.revokePaymentsHint')}</p>
        </Notice>
      )}
      <LiabilityNotices preview={preview} />
      {irreversibleIn(groups).length > 0 && (
        <Notice tone="warn" title={t('bulk.irreversible')}>
          <p>{t('bulk.postage')}</p>
        </Notice>
      )}
      {twice.length > 0 && (
        <Notice tone="warn" role="status">
          {t('bulk.trackingTwice', { numbers: twice.slice(0, NAMED_MAX).join('、') })}
        </Notice>
      )}
    </>
  );
}
