import type { OrderRow } from '@renkei/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { formatInstant } from '../../../ui/browser/format.ts';
import { CustomerName } from '../../../ui/data/customer-name.tsx';
import {
  CancelRequestBadge,
  PaymentBadge,
  ShippingBadge,
  StatusBadge,
} from '../../../ui/state/state-badges.tsx';
import classes from '../orders.module.css';
import { Billed, CaptureBy, GatewayState } from './gateway-cells.tsx';

/** The list for a phone, for looking things up. Bulk payments need a wider screen. */
export function OrderCards({ items }: { readonly items: readonly OrderRow[] }) {
  const { t } = useTranslation();
  const now = Date.now();
  return (
    <>
      <p className="quiet">{t('orders.wideOnly')}</p>
      <ul className={classes.cards} aria-label={t('orders.caption')}>
        {items.map((row) => (
          <li key={row.orderNumber} className={classes.card} data-row>
            <div className={classes.cardHead}>
              <Link
                to="/orders/$orderNumber"
                params={{ orderNumber: row.orderNumber }}
                className={classes.code}
                data-order={row.orderNumber}
              >
                {row.orderNumber}
              </Link>
              <span className={classes.cardAmount}>
                <Billed row={row} />
              </span>
            </div>
            <div>
              <CustomerName order={row} />
            </div>
            <div className="quiet">{formatInstant(row.placedAt)}</div>
            <div className="wrap">
              <StatusBadge status={row.status} />
              <ShippingBadge shipped={row.shipped} />
              <PaymentBadge paid={row.paidOn !== null} />
              {row.cancelRequest && <CancelRequestBadge />}
            </div>
            {row.cancelRequest?.message && (
              <div className="quiet">{t('common.quoted', { text: row.cancelRequest.message })}</div>
            )}
            <GatewayState row={row} now={now} />
            <div>
              <CaptureBy row={row} />
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}
