import type { OrderRow } from '@renkei/backoffice/contract';
import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { formatInstant } from '../../ui/format.ts';
import { PaymentBadge, ShippingBadge, StatusBadge } from '../../ui/state-badges.tsx';
import table from '../../ui/table.module.css';
import { Billed, CaptureBy, GatewayState } from './gateway-cells.tsx';
import classes from './orders.module.css';

type Props = {
  readonly row: OrderRow;
  /** Minutes since 1970: ages are counted anew each minute, not with every render. */
  readonly minute: number;
  /** Null where rows cannot be ticked. */
  readonly checked: boolean | null;
  readonly onToggle: (orderNumber: string) => void;
};

/** An order in the list, in the manual’s columns. */
export const OrderTableRow = memo(function OrderTableRow(props: Props) {
  const { row, minute, checked, onToggle } = props;
  const { t } = useTranslation();
  const { orderNumber } = row;
  return (
    <tr data-row data-selected={checked || undefined}>
      {checked !== null && (
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
      )}
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
      </th>
      <td>{row.multipleDestinations ? t('common.yes') : ''}</td>
      <td className={`${table.nowrap} ${classes.small}`}>{t(`words.channel.${row.channel}`)}</td>
      <td className={classes.moment}>{formatInstant(row.placedAt)}</td>
      <td className={classes.name}>{row.customerName}</td>
      <td className={table.number}>
        <Billed row={row} />
      </td>
      <td>
        <div className={classes.axes}>
          <ShippingBadge shipped={row.shipped} />
          <PaymentBadge paid={row.paidOn !== null} />
        </div>
      </td>
      <td>
        <StatusBadge status={row.status} />
      </td>
      <td className={classes.method}>
        <div>{row.paymentMethod}</div>
        <div className={classes.kind}>【{t(`words.kind.${row.paymentKind}`)}】</div>
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
