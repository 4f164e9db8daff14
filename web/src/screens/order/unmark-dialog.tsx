import { Radio } from '@mantine/core';
import type { OrderView } from '@renkei/backoffice/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { OrderProgress } from './order-progress.tsx';
import { type Desk, goTo } from './use-desk.ts';
import { useOrderCommand } from './use-order-command.ts';

type Choice = 'only' | 'refund';

/** 入金日取消 (U1): F-REGI stays as it is, and whoever wants a refund is led to it. */
export function UnmarkDialog({ order, desk }: { readonly order: OrderView; readonly desk: Desk }) {
  const { t } = useTranslation();
  const [choice, setChoice] = useState<Choice>('only');
  const canRefund = order.actions.cancelBox.offered && order.actions.cancelBox.asks.length > 0;
  const command = useOrderCommand(order, {
    method: 'DELETE',
    resource: 'payment',
    onDone() {
      desk.close();
      desk.say('payment', t('order.payment.unmarked'));
    },
  });

  function confirm(): void {
    if (choice === 'only') {
      void command.press();
      return;
    }
    desk.close();
    desk.tickCancelBox(true);
    goTo('status');
  }

  return (
    <Dialog
      title={t('order.unmark.title')}
      onClose={desk.close}
      onConfirm={confirm}
      busy={command.progress.kind === 'sending'}
      confirm={t(choice === 'only' ? 'order.unmark.button' : 'order.unmark.next')}
    >
      {order.transaction && (
        <Notice tone="warn" title={t('order.unmark.lead')}>
          <p>{t('order.unmark.again')}</p>
        </Notice>
      )}
      {canRefund && (
        <Radio.Group
          label={t('order.unmark.title')}
          value={choice}
          onChange={(value) => setChoice(value === 'refund' ? 'refund' : 'only')}
        >
          <div className="stack">
            <Radio value="only" label={t('order.unmark.only')} mt="xs" />
            <Radio value="refund" label={t('order.unmark.refund')} />
          </div>
        </Radio.Group>
      )}
      <OrderProgress order={order} command={command} actions={desk.remedies} />
    </Dialog>
  );
}
