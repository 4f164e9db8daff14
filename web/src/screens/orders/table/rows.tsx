import { useMediaQuery } from '@mantine/hooks';
import type { OrderRow, OrderSort } from '@renkei/contract';
import { useCallback, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import tableClasses from '../../../ui/data/table.module.css';
import { Table } from '../../../ui/data/table.tsx';
import classes from '../orders.module.css';
import type { OrdersSearch } from '../search.ts';
import type { Selection } from '../select/use-selection.ts';
import { OrderCards } from './order-cards.tsx';
import { OrderTableRow } from './order-table-row.tsx';
import { SortHead } from './sort-head.tsx';

const COLUMNS = [
  'orderNumber',
  'multiple',
  'channel',
  'placedAt',
  'customer',
  'billed',
  'axes',
  'status',
  'method',
  'fregi',
  'captureBy',
  'destination',
  'requested',
] as const;
/** The customer's request stands beside the customer. */
const WITH_REQUEST = COLUMNS.flatMap((name) =>
  name === 'customer' ? ([name, 'cancelRequest'] as const) : [name],
);
type ListColumn = (typeof WITH_REQUEST)[number];

/** The columns that can sort the list. */
const SORT_OF: Partial<Record<ListColumn, OrderSort>> = {
  orderNumber: 'orderNumber',
  placedAt: 'placedAt',
  customer: 'customer',
  billed: 'billed',
  captureBy: 'authorizedAt',
};

type Props = {
  readonly items: readonly OrderRow[];
  readonly search: OrdersSearch;
  /** The rows of the former filter, shown until those of the new filter arrive. */
  readonly busy: boolean;
  readonly selection: Selection;
  /** Ships one order at its row; null if the list does not ship. */
  readonly onShip: ((orderNumber: string) => void) | null;
};

/** The rows: a table, or cards on a narrow screen. */
export function Rows(props: Props) {
  const { items, busy } = props;
  const narrow = useMediaQuery('(max-width: 40em)', undefined, { getInitialValueInEffect: false });
  return (
    <div inert={busy} className={busy ? classes.busy : undefined}>
      {narrow ? <OrderCards items={items} /> : <OrderTable {...props} />}
    </div>
  );
}

function OrderTable({ items, search, busy, selection, onShip }: Props) {
  const { t } = useTranslation();
  const now = Date.now();
  const withRequest = search.tab === 'cancel_requests';
  const columns = withRequest ? WITH_REQUEST : COLUMNS;
  // One function for all renders, so that a tick renders one row and not two hundred.
  const latest = useRef({ items, selection });
  useEffect(() => {
    latest.current = { items, selection };
  });
  const toggle = useCallback((orderNumber: string) => {
    latest.current.selection.toggle(latest.current.items, orderNumber);
  }, []);
  return (
    <Table
      caption={t('orders.caption')}
      busy={busy}
      dense
      head={
        <tr>
          <CheckAll items={items} selection={selection} />
          {columns.map((name) => {
            const sort = SORT_OF[name];
            const label = t(`orders.columns.${name}`);
            return sort === undefined ? (
              <th key={name} scope="col" className={classOf(name)}>
                {label}
              </th>
            ) : (
              <SortHead key={name} sort={sort} search={search} className={classOf(name)}>
                {label}
              </SortHead>
            );
          })}
        </tr>
      }
    >
      {items.map((row) => (
        <OrderTableRow
          key={row.orderNumber}
          row={row}
          minute={Math.floor(now / 60_000)}
          checked={selection.chosen.has(row.orderNumber)}
          withRequest={withRequest}
          onToggle={toggle}
          onShip={onShip}
        />
      ))}
    </Table>
  );
}

function classOf(name: ListColumn): string | undefined {
  if (name === 'billed') return tableClasses.number;
  if (name === 'multiple') return classes.multiple;
  return name === 'orderNumber' ? classes.codeCell : undefined;
}

/** すべてチェック: ticks the rows of this page. */
function CheckAll(props: { readonly items: readonly OrderRow[]; readonly selection: Selection }) {
  const { items, selection } = props;
  const { t } = useTranslation();
  const box = useRef<HTMLInputElement>(null);
  const ticked = items.filter(({ orderNumber }) => selection.chosen.has(orderNumber)).length;
  const all = items.length > 0 && ticked === items.length;
  useEffect(() => {
    if (box.current) box.current.indeterminate = ticked > 0 && !all;
  }, [ticked, all]);
  return (
    <th scope="col" className={classes.checkCell}>
      <label className={classes.checkAll}>
        <input
          ref={box}
          type="checkbox"
          className="row-check"
          checked={all}
          onChange={() => selection.togglePage(items, !all)}
        />
        {t('orders.columns.check')}
      </label>
    </th>
  );
}
