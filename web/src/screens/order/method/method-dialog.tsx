import type { ChangeMethod, OrderView, PaymentKind } from '@renkei/contract';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../ui/confirm/dialog.tsx';
import { OrderProgress } from '../command/order-progress.tsx';
import { irreversibleVerb, PreviewBlock, usePreview } from '../command/preview-notice.tsx';
import { useDigits } from '../command/use-digits.ts';
import { useOrderCommand } from '../command/use-order-command.ts';
import type { Desk } from '../use-desk.ts';

/** A change of 決済方法: the calls to F-REGI, and four digits if they are irreversible. */
export function MethodDialog(props: {
  readonly order: OrderView;
  readonly to: PaymentKind;
  readonly cancel: boolean;
  readonly desk: Desk;
}) {
  const { order, to, cancel, desk } = props;
  const { t } = useTranslation();
  const body: ChangeMethod = { paymentKind: to, cancelTransaction: cancel };
  const preview = usePreview(order, 'method', body);
  const verb = irreversibleVerb(preview.data);
  const typed = useDigits(order, verb !== null);
  const kind = t(`words.kind.${to}`);
  const command = useOrderCommand(order, {
    method: 'PUT',
    resource: 'method',
    body,
    onDone(changed) {
      desk.close();
      desk.chooseMethod({ kind: null, cancel: false });
      if (changed.paymentKind === to) desk.showMessage('method', t('order.method.done', { kind }));
    },
  });
  return (
    <Dialog
      title={t('order.method.dialog')}
      onClose={desk.close}
      onConfirm={() => {
        if (typed.isRight()) void command.press(typed.confirmed);
      }}
      danger={verb !== null}
      blocked={preview.data === undefined || preview.data.decision === 'refuse'}
      busy={command.progress.kind === 'sending'}
      confirm={t('order.method.button', { kind })}
    >
      <p>
        <strong>{order.orderNumber}</strong>{' '}
        {t('order.status.from', { from: order.paymentMethod, to: kind })}
      </p>
      <PreviewBlock order={order} preview={preview} />
      {typed.field}
      <OrderProgress order={order} command={command} actions={desk.remedies} />
    </Dialog>
  );
}
