import { Button } from '@mantine/core';
import type { ChangeStatus, OrderStatus, OrderView } from '@renkei/contract';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../../app/session.tsx';
import { Dialog } from '../../../ui/confirm/dialog.tsx';
import { Notice } from '../../../ui/notice/notice.tsx';
import { OrderProgress } from '../command/order-progress.tsx';
import { irreversibleVerb, PreviewBlock, usePreview } from '../command/preview-notice.tsx';
import { useDigits } from '../command/use-digits.ts';
import { useOrderCommand } from '../command/use-order-command.ts';
import { changeName } from '../method/change-name.ts';
import type { Desk } from '../use-desk.ts';
import { CancelBox, OptionBoxes, RevokeBox } from './status-boxes.tsx';

type Props = {
  readonly order: OrderView;
  readonly to: OrderStatus;
  readonly cancel: boolean;
  /** The dialog asks for the boxes, not the page: for an accepted キャンセル依頼. */
  readonly choose: boolean;
  readonly desk: Desk;
};

/**
 * The preview of a change of status: the calls to F-REGI, a warning if they are irreversible, 4
 * digits.
 */
export function StatusDialog({ order, to, cancel, choose, desk }: Props) {
  const { t } = useTranslation();
  const { shop } = useSession();
  const body: ChangeStatus = { to, cancelTransaction: cancel, ...desk.options };
  const preview = usePreview(order, 'status', body);
  const { data } = preview;
  const verb = irreversibleVerb(data);
  const typed = useDigits(order, verb !== null);
  const command = useStatusChange(order, body, desk);
  const change = changeName(t, order.status, to);
  const live = verb !== null && shop.environment === 'production' ? t('common.live') : '';
  return (
    <Dialog
      title={t('order.status.dialog', { change })}
      onClose={desk.close}
      onConfirm={() => {
        if (data && typed.isRight()) void command.press(typed.confirmed);
      }}
      danger={verb !== null}
      blocked={data === undefined || data.decision === 'refuse'}
      busy={command.progress.kind === 'sending'}
      confirm={
        verb === null
          ? t('order.status.button', { change })
          : live + t('order.status.buttonWith', { verb: t(`words.verb.${verb}`), change })
      }
    >
      <p>
        <strong>{order.orderNumber}</strong>{' '}
        {t('order.status.from', {
          from: t(`words.status.${order.status}`),
          to: t(`words.status.${to}`),
        })}
      </p>
      {choose && (
        <div className="stack">
          <CancelBox order={order} desk={desk} />
          <RevokeBox order={order} desk={desk} />
          <OptionBoxes order={order} desk={desk} />
        </div>
      )}
      {verb !== null && <Postage order={order} desk={desk} />}
      <PreviewBlock order={order} preview={preview} />
      {verb !== null && to === 'on_hold' && <p>{t('order.status.hold')}</p>}
      {typed.field}
      <OrderProgress order={order} command={command} actions={desk.remedies} />
    </Dialog>
  );
}

/** Sends the change. When the status has changed, the dialog closes, and the page says so. */
function useStatusChange(order: OrderView, body: ChangeStatus, desk: Desk) {
  const { t } = useTranslation();
  const { to } = body;
  const command = useOrderCommand(order, {
    method: 'POST',
    resource: 'status',
    body,
    onDone(changed) {
      desk.close();
      desk.tickCancelBox(false);
      desk.choose({});
      const status = t(`words.status.${to}`);
      if (changed.status === to) desk.showMessage('status', t('order.status.done', { status }));
    },
  });
  // B2: the status has changed, although the card company declined: the page says both.
  const isOver = command.progress.kind === 'refused' && order.status === to;
  const { close } = desk;
  useEffect(() => {
    if (isOver) close();
  }, [isOver, close]);
  return command;
}

/** V8: the alternative, offered first: an edit of the bill, or of the captured amount (A3). */
function Postage({ order, desk }: { readonly order: OrderView; readonly desk: Desk }) {
  const { t } = useTranslation();
  const isPaid = order.paidOn !== null;
  const edit = desk.remedies[isPaid ? 'change_captured_amount' : 'edit_amounts'];
  if (edit === undefined || (isPaid && edit.denied !== null)) return null;
  return (
    <Notice
      tone="going"
      actions={
        <Button
          size="compact-md"
          variant="default"
          onClick={() => {
            desk.close();
            edit.press();
          }}
        >
          {t(isPaid ? 'order.status.openCaptured' : 'order.status.openAmounts')}
        </Button>
      }
    >
      {t(isPaid ? 'order.status.postagePaid' : 'order.status.postage')}
    </Notice>
  );
}
