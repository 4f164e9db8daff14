import { Checkbox } from '@mantine/core';
import type { OrderView } from '@renkei/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { orderQuery } from '../../api/queries.ts';
import { useSession } from '../../app/session.tsx';
import { jstDateOf } from '../../ui/browser/format.ts';
import { Dialog } from '../../ui/confirm/dialog.tsx';
import { Loading } from '../../ui/notice/loading.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { ProgressNotice, ReadFailure } from '../../ui/notice/problem.tsx';
import { Destination, When } from './ship-fields.tsx';
import { newWish, openIn, type TypedShipment, useShip } from './use-ship.ts';

type Props = {
  readonly orderNumber: string;
  readonly onClose: () => void;
  readonly onDone: () => void;
};

/** 未発送 → 発送済 of one order, from the list: date, carrier, 送り状番号 and the mail. */
export function ShipDialog(props: Props) {
  const { orderNumber, onClose } = props;
  const { t } = useTranslation();
  const { shop } = useSession();
  const order = useQuery(orderQuery(shop.id, orderNumber));
  if (order.data !== undefined) return <ShipForm order={order.data} {...props} />;
  return (
    <Dialog
      title={t('shipping.one')}
      onClose={onClose}
      onConfirm={() => {}}
      confirm={null}
      busy={false}
      blocked
    >
      {order.error ? (
        <ReadFailure
          error={order.error}
          title={t('common.broken')}
          onRetry={() => void order.refetch()}
        />
      ) : (
        <Loading rows={3} />
      )}
    </Dialog>
  );
}

function ShipForm({ order, onClose, onDone }: Props & { readonly order: OrderView }) {
  const { t } = useTranslation();
  const [wish, setWish] = useState<TypedShipment>(() => newWish(order));
  const [asked, setAsked] = useState(false);
  const ship = useShip(order, wish, onDone);
  const { numbers, mail } = wish;
  const wrong =
    wish.shippedOn > jstDateOf(new Date()) ? 'future' : numbers.size === 0 ? 'noPlace' : null;
  const frozen = ship.progress.kind !== 'idle' && ship.progress.kind !== 'refused';
  const change = (changes: Partial<TypedShipment>) => setWish((now) => ({ ...now, ...changes }));
  const open = openIn(order);

  return (
    <Dialog
      title={t('shipping.one')}
      onClose={onClose}
      onConfirm={() => {
        setAsked(true);
        if (wrong === null) void ship.press();
      }}
      confirm={
        numbers.size === open.length
          ? t('shipping.ship')
          : t('shipping.shipPart', { count: numbers.size })
      }
      busy={ship.progress.kind === 'sending'}
      blocked={open.length === 0}
    >
      <Whom order={order} />
      {open.length === 0 && <Notice tone="warn" title={t('shipping.already')} />}
      <When wish={wish} frozen={frozen} future={asked && wrong === 'future'} onChange={change} />
      {open.map((destination) => (
        <Destination
          key={destination}
          order={order}
          destination={destination}
          frozen={frozen}
          numbers={numbers}
          onChange={(changed) => change({ numbers: changed })}
        />
      ))}
      {asked && wrong === 'noPlace' && (
        <Notice tone="bad" role="alert" title={t('shipping.noPlace')} />
      )}
      <Checkbox
        label={t('shipping.shippingMail')}
        checked={mail}
        disabled={frozen}
        onChange={(event) => change({ mail: event.currentTarget.checked })}
      />
      <ProgressNotice progress={ship.progress} onResend={() => void ship.press()} />
    </Dialog>
  );
}

/** The order, and the customer's request to cancel it. */
function Whom({ order }: { readonly order: OrderView }) {
  const { t } = useTranslation();
  return (
    <>
      <p>
        <strong>{order.orderNumber}</strong> {order.customerName}
      </p>
      {order.cancelRequest && (
        <Notice tone="warn" role="status" title={t('shipping.requested')}>
          <p>{order.cancelRequest.message}</p>
        </Notice>
      )}
    </>
  );
}
