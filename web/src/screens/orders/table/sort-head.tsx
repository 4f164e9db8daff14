import type { OrderSort } from '@renkei/contract';
import type { ReactNode } from 'react';
import { Icon } from '../../../ui/icons.tsx';
import classes from '../orders.module.css';
import { type OrdersSearch, sortOf } from '../search.ts';
import { useChange } from '../use-change.ts';

/** The first direction of a sort: newest, or largest; but names from the beginning. */
const FIRST: Record<OrderSort, 'asc' | 'desc'> = {
  placedAt: 'desc',
  billed: 'desc',
  orderNumber: 'asc',
  customer: 'asc',
  authorizedAt: 'asc',
};

/** The head of a column that sorts the whole result; a second press reverses the sort. */
export function SortHead(props: {
  readonly sort: OrderSort;
  readonly search: OrdersSearch;
  readonly className: string | undefined;
  readonly children: ReactNode;
}) {
  const { sort, search, className, children } = props;
  const change = useChange(search);
  const { sort: current = 'placedAt', direction = 'desc' } = search;
  const isCurrent = current === sort;
  const next = isCurrent ? (direction === 'asc' ? 'desc' : 'asc') : FIRST[sort];
  const way = direction === 'asc' ? 'ascending' : 'descending';
  return (
    <th scope="col" className={className} aria-sort={isCurrent ? way : 'none'}>
      <button type="button" className={classes.sort} onClick={() => change(sortOf(sort, next))}>
        {children}
        <Icon name={isCurrent ? (direction === 'asc' ? 'up' : 'down') : 'sort'} size={12} />
      </button>
    </th>
  );
}
