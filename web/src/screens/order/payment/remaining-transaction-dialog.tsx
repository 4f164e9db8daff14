import type { OrderView } from '@renkei/contract';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../ui/confirm/dialog.tsx';
import { deniedTo } from '../command/denied-to.ts';
import { OrderProgress } from '../command/order-progress.tsx';
import { irreversibleVerb, PreviewNotice } from '../command/preview-notice.tsx';
import { useDigits } from '../command/use-digits.ts';
import { useOrderCommand } from '../command/use-order-command.ts';
import type { Desk } from '../use-desk.ts';

/** Cancels a transaction that an earlier command left at F-REGI (V4, P2, U1). */
export function RemainingTransactionDialog({
  order,
  desk,
}: {
  readonly order: OrderView;
  readonly desk: Desk;
}) {
  const { t } = useTranslation();
  const { cancelTransaction } = order.actions;
  const verb = irreversibleVerb(cancelTransaction);
  const typed = useDigits(order, true);
  const command = useOrderCommand(order, {
    method: 'DELETE',
    resource: 'transaction',
    onDone(changed, waits) {
      desk.close();
      if (changed.openOperation === null && !waits)
        desk.showMessage('panel', t('desk.remaining.done'));
    },
  });
  const why = deniedTo(order, 'cancelTransaction');
  return (
    <Dialog
      title={t('desk.remaining.title')}
      onClose={desk.close}
      onConfirm={() => {
        if (typed.isRight()) void command.press(typed.confirmed);
      }}
      danger
      blocked={why !== null || cancelTransaction.decision !== 'pursue'}
      busy={command.progress.kind === 'sending'}
      confirm={
        verb === null
          ? t('desk.remaining.title')
          : t('desk.remaining.button', { verb: t(`words.verb.${verb}`) })
      }
    >
      <PreviewNotice order={order} preview={cancelTransaction} />
      {why !== null && <p className="quiet">{why}</p>}
      {typed.field}
      <OrderProgress order={order} command={command} actions={desk.remedies} />
    </Dialog>
  );
}
