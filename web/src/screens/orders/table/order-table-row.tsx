import type { OrderRow } from '@renkei/contract';
import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { formatInstant } from '../../../ui/browser/format.ts';
import { CustomerName } from '../../../ui/data/customer-name.tsx';
import table from '../../../ui/data/table.module.css';
import { Icon } from '../../../ui/icons.tsx';
import {
  CancelRequestBadge,
  PaymentBadge,
  ShippingBadge,
  StatusBadge,
} from '../../../ui/state/state-badges.tsx';
import classes from '../orders.module.css';
import { Billed, CaptureBy, GatewayState } from './gateway-cells.tsx';

type Props = {
  readonly row: OrderRow;
  /** Minutes since 1970: ages change each minute, not with every render. */
  readonly minute: number;
  readonly checked: boolean;
  /** With the customer’s キャンセル依頼 in a column of its own. */
  readonly withRequest: boolean;
  readonly onToggle: (orderNumber: string) => void;
  readonly onShip: ((orderNumber: string) => void) | null;
};

/** An order in the list, in the manual’s columns. */
export const OrderTableRow = memo(function OrderTableRow(props: Props) {
  const { row, minute, checked, withRequest, onToggle, onShip } = props;
  const { t } = useTranslation();
  const { orderNumber } = row;
  return (
    <tr data-row data-selected={checked || undefined}>
      <td className={classes.checkCell}>
        <label className={classes.check}>
          <input
            type="checkbox"
            className="row-check"
            checked={checked}
            onChange={() => onToggle(orderNumber)}
            aria-label={t('orders.selectRow', { orderNumber })}
          />
        </label>
      </td>
      <th scope="row" className={`${table.nowrap} ${classes.codeCell}`}>
        <Link
          to="/orders/$orderNumber"
          params={{ orderNumber }}
          preload={false}
          className={classes.code}
          data-order={orderNumber}
        >
          {orderNumber}
        </Link>
        {row.cancelRequest && !withRequest && <CancelRequestBadge />}
      </th>
      <td>{row.multipleDestinations ? t('common.yes') : ''}</td>
      <td className={classes.channel}>{t(`words.channel.${row.channel}`)}</td>
      <td className={classes.moment}>{formatInstant(row.placedAt)}</td>
      <td className={classes.name}>
        <CustomerName order={row} />
      </td>
      {withRequest && (
        <td className={classes.request}>
          {row.cancelRequest && formatInstant(row.cancelRequest.at)}
          <div className={table.muted}>{row.cancelRequest?.message}</div>
        </td>
      )}
      <td className={table.number}>
        <Billed row={row} />
      </td>
      <td>
        <div className={classes.axes}>
          <span className={classes.shipCell}>
            <ShippingBadge shipped={row.shipped} />
            {onShip && <ShipButton orderNumber={orderNumber} onShip={onShip} />}
          </span>
          <PaymentBadge paid={row.paidOn !== null} />
        </div>
      </td>
      <td>
        <StatusBadge status={row.status} />
      </td>
      <td className={classes.method}>
        <div>{row.paymentMethod}</div>
        <div className={classes.kind}>
          {t('common.bracketed', { text: t(`words.kind.${row.paymentKind}`) })}
        </div>
      </td>
      <td>
        <GatewayState row={row} now={minute * 60_000 + 59_999} />
      </td>
      <td className={table.nowrap}>
        <CaptureBy row={row} />
      </td>
      <td className={table.nowrap}>{row.prefecture}</td>
      <td className={classes.requested}>{row.requestedDelivery}</td>
    </tr>
  );
});

/** Ships this one order without leaving the list. */
function ShipButton(props: {
  readonly orderNumber: string;
  readonly onShip: (orderNumber: string) => void;
}) {
  const { orderNumber, onShip } = props;
  const { t } = useTranslation();
  const label = t('orders.shipOne', { orderNumber });
  return (
    <button
      type="button"
      className={classes.ship}
      aria-label={label}
      title={label}
      onClick={() => onShip(orderNumber)}
    >
      <Icon name="send" size={14} />
    </button>
  );
}
