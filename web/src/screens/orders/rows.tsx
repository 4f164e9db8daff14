import { useMediaQuery } from '@mantine/hooks';
import type { OrderRow } from '@renkei/backoffice/contract';
import { useCallback, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import tableClasses from '../../ui/table.module.css';
import { Table } from '../../ui/table.tsx';
import { OrderCards } from './order-cards.tsx';
import { OrderTableRow } from './order-table-row.tsx';
import classes from './orders.module.css';
import type { Selection } from './use-selection.ts';

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

type Props = {
  readonly items: readonly OrderRow[];
  /** Rows of the former filter, still shown while those of the new one are read. */
  readonly busy: boolean;
  readonly selection: Selection | null;
};

/** The rows: a table, or cards where the screen is too narrow for one. */
export function Rows({ items, busy, selection }: Props) {
  const narrow = useMediaQuery('(max-width: 40em)', undefined, { getInitialValueInEffect: false });
  return (
    <div inert={busy} className={busy ? classes.busy : undefined}>
      {narrow ? (
        <OrderCards items={items} />
      ) : (
        <OrderTable items={items} busy={busy} selection={selection} />
      )}
    </div>
  );
}

function OrderTable({ items, busy, selection }: Props) {
  const { t } = useTranslation();
  const now = Date.now();
  // One function for all renders, so that a tick renders one row and not two hundred.
  const latest = useRef({ items, selection });
  useEffect(() => {
    latest.current = { items, selection };
  });
  const toggle = useCallback((orderNumber: string) => {
    latest.current.selection?.toggle(latest.current.items, orderNumber);
  }, []);
  return (
    <Table
      caption={t('orders.caption')}
      busy={busy}
      dense
      head={
        <tr>
          {selection && <CheckAll items={items} selection={selection} />}
          {COLUMNS.map((name) => (
            <th key={name} scope="col" className={classOf(name)}>
              {t(`orders.columns.${name}`)}
            </th>
          ))}
        </tr>
      }
    >
      {items.map((row) => (
        <OrderTableRow
          key={row.orderNumber}
          row={row}
          minute={Math.floor(now / 60_000)}
          checked={selection ? selection.chosen.has(row.orderNumber) : null}
          onToggle={toggle}
        />
      ))}
    </Table>
  );
}

function classOf(name: (typeof COLUMNS)[number]): string | undefined {
  if (name === 'billed') return tableClasses.number;
  if (name === 'multiple') return classes.multiple;
  return name === 'orderNumber' ? classes.codeCell : undefined;
}

/** すべてチェック: the rows of this page. */
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
