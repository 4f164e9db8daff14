import type { MarkPaid, OrderView } from '@renkei/backoffice/contract';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { previewQuery } from '../../api/queries.ts';
import { useSession } from '../../app/session.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ReadFailure } from '../../ui/problem.tsx';
import { Facts } from '../../ui/section.tsx';
import { TransactionBadge } from '../../ui/state-badges.tsx';
import { OrderProgress } from './order-progress.tsx';
import { PreviewText } from './preview-text.tsx';
import type { Desk } from './use-desk.ts';
import { useOrderCommand } from './use-order-command.ts';

const BODY = { withoutGateway: true, mail: 'manual' } as const satisfies MarkPaid;

/** F-REGIには送らず入金済にする (C5): never silently, so it is said what does not happen. */
export function WithoutDialog({ order, desk }: { readonly order: OrderView; readonly desk: Desk }) {
  const { t } = useTranslation();
  const { shop, denied } = useSession();
  const preview = useQuery(previewQuery(shop.id, order, 'payment', BODY));
  const command = useOrderCommand(order, {
    method: 'POST',
    resource: 'payment',
    body: BODY,
    onDone() {
      desk.close();
      desk.say('payment', t('order.payment.done'));
    },
  });
  const why = denied('payments:capture');
  const { data } = preview;
  return (
    <Dialog
      title={t('order.without.title')}
      onClose={desk.close}
      onConfirm={() => void command.press()}
      busy={command.progress.kind === 'sending'}
      blocked={why !== null || data === undefined || data.decision === 'refuse'}
      confirm={t('order.without.button')}
    >
      <Notice tone="warn" title={t('order.without.lead')}>
        <p>{t('order.without.consequence')}</p>
      </Notice>
      {order.transaction && (
        <Facts
          facts={[
            [
              t('order.panel.status'),
              <TransactionBadge key="state" state={order.transaction.state} />,
            ],
          ]}
        />
      )}
      {preview.isPending && <Loading rows={1} />}
      {preview.error && (
        <ReadFailure
          error={preview.error}
          title={t('common.broken')}
          onRetry={() => void preview.refetch()}
        />
      )}
      {data?.decision === 'refuse' && (
        <Notice tone="bad" title={data.reason.cause}>
          <p>{data.reason.remedy}</p>
        </Notice>
      )}
      {data && data.decision !== 'refuse' && <PreviewText order={order} preview={data} />}
      {why !== null && <p className="quiet">{why}</p>}
      <OrderProgress order={order} command={command} actions={desk.remedies} />
    </Dialog>
  );
}
