import { Button } from '@mantine/core';
import type { ChangeStatus, OrderStatus, OrderView, Preview } from '@renkei/backoffice/contract';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { previewQuery } from '../../api/queries.ts';
import { useSession } from '../../app/session.tsx';
import { useConfirmText } from '../../ui/confirm-text.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ReadFailure } from '../../ui/problem.tsx';
import { OrderProgress } from './order-progress.tsx';
import { PreviewText } from './preview-text.tsx';
import type { Desk } from './use-desk.ts';
import { useOrderCommand } from './use-order-command.ts';

type Props = {
  readonly order: OrderView;
  readonly to: OrderStatus;
  readonly cancel: boolean;
  readonly desk: Desk;
  readonly onClose: () => void;
};

/** The change of status as it will be: what F-REGI is told, that it cannot be undone, and 4 digits. */
export function StatusDialog({ order, to, cancel, desk, onClose }: Props) {
  const { t } = useTranslation();
  const { shop } = useSession();
  const body: ChangeStatus = { to, cancelTransaction: cancel };
  const preview = useQuery(previewQuery(shop.id, order, 'status', body));
  const { data } = preview;
  const verb = irreversibleVerb(data);
  const digits = order.orderNumber.slice(-4);
  const typed = useConfirmText({
    wanted: verb === null ? null : digits,
    label: t('order.status.digits', { digits }),
    wrong: t('order.status.digitsWrong', { digits }),
  });
  const command = useOrderCommand(order, {
    method: 'POST',
    resource: 'status',
    body,
    onDone(changed) {
      onClose();
      desk.tickCancelBox(false);
      const status = t(`words.status.${to}`);
      if (changed.status === to) desk.say('status', t('order.status.done', { status }));
    },
  });
  const change = t(`words.statusChange.${to}`);
  const live = verb !== null && shop.environment === 'production' ? t('common.live') : '';
  return (
    <Dialog
      title={t('order.status.dialog')}
      onClose={onClose}
      onConfirm={() => {
        if (data && typed.isRight()) void command.press();
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
      {preview.isPending && <Loading rows={2} />}
      {preview.error && (
        <ReadFailure
          error={preview.error}
          title={t('common.broken')}
          onRetry={() => void preview.refetch()}
        />
      )}
      {data && <Consequence order={order} to={to} preview={data} desk={desk} />}
      {typed.field}
      <OrderProgress order={order} command={command} actions={desk.remedies} />
    </Dialog>
  );
}

function irreversibleVerb(preview: Preview | undefined): 'void' | 'refund' | null {
  if (preview?.decision !== 'pursue') return null;
  if (preview.asks.some(({ verb }) => verb === 'refund')) return 'refund';
  return preview.asks.some(({ verb }) => verb === 'void') ? 'void' : null;
}

function Consequence(props: {
  readonly order: OrderView;
  readonly to: OrderStatus;
  readonly preview: Preview;
  readonly desk: Desk;
}) {
  const { order, to, preview, desk } = props;
  const { t } = useTranslation();
  if (preview.decision === 'refuse') {
    return (
      <Notice tone="bad" title={preview.reason.cause}>
        <p>{preview.reason.remedy}</p>
      </Notice>
    );
  }
  if (preview.decision === 'record') {
    const tone = preview.gateway === 'left_alone' ? 'warn' : 'going';
    return (
      <Notice tone={tone}>
        <PreviewText order={order} preview={preview} />
      </Notice>
    );
  }
  return (
    <>
      <Postage order={order} desk={desk} />
      <Notice tone="bad" title={t('order.status.tell')}>
        <PreviewText order={order} preview={preview} />
        <p>
          <strong>{t('order.status.irreversible')}</strong>
        </p>
        {to === 'on_hold' && <p>{t('order.status.hold')}</p>}
      </Notice>
    </>
  );
}

/** V8: the other way, offered first. */
function Postage({ order, desk }: { readonly order: OrderView; readonly desk: Desk }) {
  const { t } = useTranslation();
  const { edit_amounts: edit } = desk.remedies;
  if (order.paidOn !== null || edit === undefined) return null;
  return (
    <Notice
      tone="going"
      actions={
        <Button
          size="compact-md"
          variant="default"
          onClick={() => {
            desk.close();
            edit();
          }}
        >
          {t('order.status.openAmounts')}
        </Button>
      }
    >
      {t('order.status.postage')}
    </Notice>
  );
}
