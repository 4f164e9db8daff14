import type { RunRow } from '@renkei/contract';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatYen } from '../../ui/browser/format.ts';
import table from '../../ui/data/table.module.css';
import { Table } from '../../ui/data/table.tsx';

/** The orders of a run, each with its state and a note. */
export function RunTable(props: {
  readonly caption: string;
  /** The heads of the last two columns. */
  readonly state: string;
  readonly said: string;
  /** Rows that begin with {@link RunOrderCells}. */
  readonly children: ReactNode;
}) {
  const { caption, state, said, children } = props;
  const { t } = useTranslation();
  return (
    <Table
      caption={caption}
      head={
        <tr>
          <th scope="col">{t('orders.columns.orderNumber')}</th>
          <th scope="col">{t('orders.columns.customer')}</th>
          <th scope="col" className={table.number}>
            {t('orders.columns.billed')}
          </th>
          <th scope="col">{state}</th>
          <th scope="col">{said}</th>
        </tr>
      }
    >
      {children}
    </Table>
  );
}

/** The order of a row, its customer, and its amount. */
export function RunOrderCells({ row }: { readonly row: RunRow }) {
  const { orderNumber, customerName, billed } = row;
  return (
    <>
      <th scope="row" className={table.nowrap}>
        <Link to="/orders/$orderNumber" params={{ orderNumber }} preload={false}>
          {orderNumber}
        </Link>
      </th>
      <td>{customerName}</td>
      <td className={table.number}>{formatYen(billed)}</td>
    </>
  );
}
