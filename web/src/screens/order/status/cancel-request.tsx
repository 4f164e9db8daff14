import { Button, Textarea } from '@mantine/core';
import type { OrderView } from '@renkei/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatInstant } from '../../../ui/browser/format.ts';
import { GuardedButton } from '../../../ui/confirm/guarded-button.tsx';
import { Notice } from '../../../ui/notice/notice.tsx';
import { deniedTo } from '../command/denied-to.ts';
import { OrderProgress } from '../command/order-progress.tsx';
import { useOrderCommand } from '../command/use-order-command.ts';
import classes from '../order.module.css';
import type { Desk } from '../use-desk.ts';

type Props = { readonly order: OrderView; readonly desk: Desk };

/** キャンセル依頼: the customer's request, above everything else; the operator accepts or dismisses it. */
export function CancelRequest({ order, desk }: Props) {
  const { t } = useTranslation();
  const { cancelRequest, actions } = order;
  const dismiss = useOrderCommand(order, {
    method: 'DELETE',
    resource: 'cancel-request',
    onDone: () => desk.showMessage('request', t('desk.request.dismissed')),
  });
  if (cancelRequest === null) {
    return desk.message?.place === 'request' ? (
      <Notice tone="good" role="status" title={desk.message.text} />
    ) : null;
  }
  const { at, message } = cancelRequest;
  return (
    <Notice
      tone="bad"
      title={t('desk.request.title')}
      actions={
        <>
          {actions.statusChanges.includes('cancelled') && (
            <GuardedButton
              denied={deniedTo(order, 'changeStatus')}
              size="compact-md"
              onClick={() => desk.show({ kind: 'status', to: 'cancelled', choose: true })}
            >
              {t('desk.request.accept')}
            </GuardedButton>
          )}
          <GuardedButton
            denied={deniedTo(order, 'dismissCancelRequest')}
            size="compact-md"
            variant="default"
            loading={dismiss.progress.kind === 'sending'}
            onClick={() => void dismiss.press()}
          >
            {t('desk.request.dismiss')}
          </GuardedButton>
        </>
      }
    >
      <p>{t('desk.request.at', { at: formatInstant(at) })}</p>
      {message !== '' && <blockquote className={classes.message}>{message}</blockquote>}
      <OrderProgress order={order} command={dismiss} actions={desk.remedies} />
    </Notice>
  );
}

/** Records a request that came by telephone or mail, so that nobody ships the order. */
export function RecordRequest({ order, desk }: Props) {
  const { t } = useTranslation();
  const [message, setMessage] = useState('');
  const [open, setOpen] = useState(false);
  const command = useOrderCommand(order, {
    method: 'POST',
    resource: 'cancel-request',
    body: { message },
    onDone() {
      setMessage('');
      setOpen(false);
    },
  });
  const possible = order.actions.statusChanges.includes('cancelled');
  if (order.cancelRequest !== null || order.status !== 'processing' || !possible) return null;
  if (!open) {
    return (
      <div>
        <GuardedButton
          variant="subtle"
          size="compact-sm"
          denied={deniedTo(order, 'requestCancel')}
          onClick={() => setOpen(true)}
        >
          {t('desk.request.record')}
        </GuardedButton>
      </div>
    );
  }
  return (
    <div className="stack">
      <Textarea
        label={t('desk.request.message')}
        description={t('desk.request.messageHint')}
        value={message}
        maxLength={2_000}
        autosize
        minRows={2}
        data-autofocus
        onChange={(event) => setMessage(event.currentTarget.value)}
      />
      <OrderProgress order={order} command={command} actions={desk.remedies} />
      <div className="wrap">
        <Button variant="default" onClick={() => setOpen(false)}>
          {t('common.cancel')}
        </Button>
        <GuardedButton
          variant="default"
          denied={deniedTo(order, 'requestCancel')}
          loading={command.progress.kind === 'sending'}
          onClick={() => void command.press()}
        >
          {t('desk.request.save')}
        </GuardedButton>
      </div>
    </div>
  );
}
