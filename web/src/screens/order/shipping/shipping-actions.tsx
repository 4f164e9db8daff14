import type { OrderView } from '@renkei/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { GuardedButton } from '../../../ui/confirm/guarded-button.tsx';
import { Notice } from '../../../ui/notice/notice.tsx';
import { Remedies } from '../../../ui/notice/problem.tsx';
import { deniedTo } from '../command/denied-to.ts';
import classes from '../order.module.css';
import type { Desk } from '../use-desk.ts';
import { ShipForm } from './ship-form.tsx';

/** 発送済に更新, and 訂正 of a record; if neither is possible, the reason. */
export function ShippingActions({
  order,
  desk,
}: {
  readonly order: OrderView;
  readonly desk: Desk;
}) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<'ship' | 'correct' | null>(null);
  const { ship, correctShipment } = order.actions;
  const anySent = order.details.destinations.some(({ shippedOn }) => shippedOn !== null);
  const canShip = ship.decision !== 'refuse';
  const canCorrect = anySent && correctShipment.decision !== 'refuse';
  if (open !== null && (open === 'ship' ? canShip : canCorrect)) {
    return (
      <ShipForm
        order={order}
        desk={desk}
        correction={open === 'correct'}
        onClose={() => setOpen(null)}
      />
    );
  }
  const why = deniedTo(order, 'ship');
  return (
    <>
      {desk.message?.place === 'shipping' && (
        <Notice tone="good" role="status" title={desk.message.text} />
      )}
      {order.cancelRequest !== null && canShip && (
        <Notice tone="warn" title={t('desk.ship.requested')} />
      )}
      {ship.decision === 'refuse' && !order.shipped && (
        <details className={classes.why}>
          <summary>{t('desk.ship.notNow')}</summary>
          <p>{ship.reason.cause}</p>
          <p>{ship.reason.remedy}</p>
          <Remedies reason={ship.reason} actions={desk.remedies} />
        </details>
      )}
      <div className="wrap">
        {canShip && (
          <GuardedButton variant="default" denied={why} onClick={() => setOpen('ship')}>
            {t('desk.ship.open')}
          </GuardedButton>
        )}
        {canCorrect && (
          <GuardedButton variant="default" denied={why} onClick={() => setOpen('correct')}>
            {t('desk.ship.correct')}
          </GuardedButton>
        )}
      </div>
    </>
  );
}
