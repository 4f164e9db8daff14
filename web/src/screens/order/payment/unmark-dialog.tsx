import { Radio } from '@mantine/core';
import { isCaptured, type OrderView } from '@renkei/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../ui/confirm/dialog.tsx';
import { Notice } from '../../../ui/notice/notice.tsx';
import { deniedTo } from '../command/denied-to.ts';
import { OrderProgress } from '../command/order-progress.tsx';
import { irreversibleVerb, PreviewNotice } from '../command/preview-notice.tsx';
import { useDigits } from '../command/use-digits.ts';
import { useOrderCommand } from '../command/use-order-command.ts';
import type { Desk } from '../use-desk.ts';

type UnmarkChoice = 'only' | 'refund';

/**
 * 入金日取消 (U1): F-REGI stays as it is, and the dialog says so. The refund is the other choice; it is
 * irreversible and needs four digits. The dialog names both effects.
 */
export function UnmarkDialog({ order, desk }: { readonly order: OrderView; readonly desk: Desk }) {
  const { t } = useTranslation();
  const [choice, setChoice] = useState<UnmarkChoice>('only');
  const { unmarkPaid, unmarkPaidWithRefund } = order.actions;
  const refund = choice === 'refund';
  const verb = refund ? irreversibleVerb(unmarkPaidWithRefund) : null;
  const typed = useDigits(order, verb !== null);
  const command = useOrderCommand(order, {
    method: 'DELETE',
    resource: 'payment',
    query: { refund: refund ? 'true' : undefined },
    onDone(changed) {
      desk.close();
      if (changed.paidOn !== null) return; // underway: the page says so itself
      desk.showMessage('payment', t(refund ? 'desk.unmark.refunded' : 'order.payment.unmarked'));
    },
  });
  const isCharged = order.transaction !== null && isCaptured(order.transaction.state);
  const preview = refund ? unmarkPaidWithRefund : unmarkPaid;
  const why = deniedTo(order, refund ? 'unmarkPaidWithRefund' : 'unmarkPaid');
  return (
    <Dialog
      title={t('order.unmark.title')}
      onClose={desk.close}
      onConfirm={() => {
        if (typed.isRight()) void command.press(typed.confirmed);
      }}
      busy={command.progress.kind === 'sending'}
      danger={refund}
      blocked={why !== null || preview.decision === 'refuse'}
      confirm={t(refund ? 'desk.unmark.refundButton' : 'order.unmark.button')}
    >
      {isCharged && (
        <Radio.Group
          label={t('order.unmark.title')}
          value={choice}
          onChange={(value) => setChoice(value === 'refund' ? 'refund' : 'only')}
        >
          <div className="stack">
            <Radio value="only" label={t('order.unmark.only')} mt="xs" />
            <Radio value="refund" label={t('desk.unmark.refund')} />
          </div>
        </Radio.Group>
      )}
      {isCharged && !refund && (
        <Notice tone="warn" title={t('order.unmark.lead')}>
          <p>{t('order.unmark.again')}</p>
        </Notice>
      )}
      {(refund || !isCharged) && <PreviewNotice order={order} preview={preview} />}
      {why !== null && <p className="quiet">{why}</p>}
      {typed.field}
      <OrderProgress order={order} command={command} actions={desk.remedies} />
    </Dialog>
  );
}
