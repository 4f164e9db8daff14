import type { MarkPaid, OrderView } from '@renkei/contract';
import { useTranslation } from 'react-i18next';
import { formatYen } from '../../../ui/browser/format.ts';
import { Dialog } from '../../../ui/confirm/dialog.tsx';
import { Facts } from '../../../ui/data/section.tsx';
import { Notice } from '../../../ui/notice/notice.tsx';
import { TransactionBadge } from '../../../ui/state/state-badges.tsx';
import { deniedTo } from '../command/denied-to.ts';
import { OrderProgress } from '../command/order-progress.tsx';
import { PreviewBlock, usePreview } from '../command/preview-notice.tsx';
import { useOrderCommand } from '../command/use-order-command.ts';
import type { Desk } from '../use-desk.ts';

/** `without_gateway`: no call to F-REGI (C5). `former_amount`: captures the amount before the change (C4). */
const BODY = {
  without_gateway: { withoutGateway: true, mail: 'manual' },
  former_amount: { amount: 'authorized', mail: 'auto' },
} as const satisfies Record<string, MarkPaid>;

/** Marking paid in an unusual way: the dialog says what Renkei leaves undone. */
export function ExceptionalPaymentDialog(props: {
  readonly exception: keyof typeof BODY;
  readonly order: OrderView;
  readonly desk: Desk;
}) {
  const { exception, order, desk } = props;
  const { t } = useTranslation();
  const preview = usePreview(order, 'payment', BODY[exception]);
  const command = useOrderCommand(order, {
    method: 'POST',
    resource: 'payment',
    body: BODY[exception],
    onDone() {
      desk.close();
      desk.showMessage('payment', t('order.payment.done'));
    },
  });
  const why = deniedTo(order, 'markPaid');
  const { data } = preview;
  const open = data?.decision === 'record' ? data.balance.open : 0;
  return (
    <Dialog
      title={t(`order.${exception}.title`)}
      onClose={desk.close}
      onConfirm={() => void command.press()}
      busy={command.progress.kind === 'sending'}
      blocked={why !== null || data === undefined || data.decision === 'refuse'}
      confirm={t(`order.${exception}.button`)}
    >
      <Notice tone="warn" title={t(`order.${exception}.lead`)}>
        <p>{t(`order.${exception}.consequence`)}</p>
        {exception === 'without_gateway' && open !== 0 && (
          <p>{t('order.without_gateway.differs', { yen: formatYen(Math.abs(open)) })}</p>
        )}
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
      <PreviewBlock order={order} preview={preview} />
      {why !== null && <p className="quiet">{why}</p>}
      <OrderProgress order={order} command={command} actions={desk.remedies} />
    </Dialog>
  );
}
