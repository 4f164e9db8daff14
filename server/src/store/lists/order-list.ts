import {
  type OrderSort,
  type OrderTab,
  TABS,
  type Tab,
} from '@renkei/contract/lists/order-filters.ts';
import type { OrderFilter, OrderListQuery } from '@renkei/contract/lists/order-list.ts';
import type { Order } from '@renkei/core/domain/order/order.ts';
import type { OpenState } from '@renkei/core/domain/order/states.ts';
import type { RowOf } from '../db/codec.ts';
import { BadCursor } from '../db/cursor.ts';
import type { Queryable } from '../db/db.ts';
import { OPEN } from '../db/states.ts';
import { CANCEL_REQUEST_JSON, type CancelRequest } from '../orders/cancel-requests.ts';
import { ORDER } from '../orders/rows.ts';
import { findMissing, TAB_CLAUSE, talliedClauses, type Where, whereOf } from './order-filter.ts';

/** A row of the list: the order without its details. */
export type ListedOrder = {
  readonly order: Order;
  readonly customerName: string;
  readonly prefecture: string;
  readonly multipleDestinations: boolean;
  readonly requestedDelivery: string;
  readonly openOperation: { id: string; state: OpenState } | null;
  readonly cancelRequest: CancelRequest | null;
};

export type ListedOrders = {
  readonly items: readonly ListedOrder[];
  readonly nextCursor: string | null;
  /** Sums over the whole result: number, 総合計金額 and 請求金額合計, in yen. */
  readonly count: number;
  readonly total: number;
  readonly billed: number;
  readonly tabs: Record<Tab, number>;
  readonly codesNotFound: string[];
};

/**
 * Returns one page of a shop's orders, with the numbers of the whole result and of every tab. The
 * page is read along an index from the cursor; the numbers come from the tallies unless the filter
 * asks for more than they know. Throws {@link BadCursor}.
 */
export async function listOrders(
  db: Queryable,
  shopId: string,
  query: OrderListQuery,
): Promise<ListedOrders> {
  const where = whereOf(shopId, query);
  const [items, summary, tabs, codesNotFound] = await Promise.all([
    selectPage(db, where, query),
    where.tallied ? sumTallies(db, shopId, query) : countOrders(db, where),
    countTabs(db, shopId),
    findMissing(db, shopId, where.codes),
  ]);
  const more = items.length > query.limit;
  const page = more ? items.slice(0, query.limit) : items;
  const last = page.at(-1);
  const nextCursor = more && last ? cursorOf(last) : null;
  return { items: page.map(listedOf), nextCursor, ...summary, tabs, codesNotFound };
}

/** The key of each sort: an index has the same expression. 受注コード breaks ties. */
const SORT_KEY: Record<OrderSort, { readonly key: string; readonly type: string }> = {
  placedAt: { key: 'placed_at', type: 'timestamptz' },
  orderNumber: { key: 'order_number', type: 'text' },
  customer: { key: 'folded(customer_kana) collate "C"', type: 'text' },
  billed: { key: 'billed', type: 'int' },
  // Orders without an authorization come last.
  authorizedAt: { key: `coalesce(authorized_at, 'infinity'::timestamptz)`, type: 'timestamptz' },
};

/** Returns the sequence of a whole result, as an order-by clause. */
export function orderByOf({ sort, direction }: Pick<OrderFilter, 'sort' | 'direction'>): string {
  const { key } = SORT_KEY[sort];
  return sort === 'orderNumber'
    ? `order_number ${direction}`
    : `${key} ${direction}, order_number ${direction}`;
}

type ListRecord = RowOf<Order> & {
  order_number: string;
  customer_name: string;
  prefecture: string;
  multiple_destinations: boolean;
  requested_delivery: string;
  open: ListedOrder['openOperation'];
  cancel_request: CancelRequest | null;
  sort_key: string;
};

async function selectPage(db: Queryable, filter: Where, query: OrderListQuery) {
  const { text, values } = pageStatement(filter, query);
  const { rows } = await db.query<ListRecord>(text, [...values]);
  return rows;
}

/**
 * Returns the statement of a page, to run or to explain. It first finds the page's orders, from an
 * index alone if that covers the filter, and then reads only these.
 */
export function pageStatement(
  filter: Where,
  query: Pick<OrderListQuery, 'sort' | 'direction' | 'cursor' | 'limit'>,
): { readonly text: string; readonly values: readonly unknown[] } {
  const values = [...filter.values];
  const bind = (value: unknown): string => `$${values.push(value)}`;
  const { key, type } = SORT_KEY[query.sort];
  let { where } = filter;
  if (query.cursor !== undefined) {
    const after = parseCursor(query.cursor, query.sort);
    const beyond = query.direction === 'desc' ? '<' : '>';
    where += ` and (${key}, order_number) ${beyond}
      (${bind(after.sortKey)}::${type}, ${bind(after.orderNumber)})`;
  }
  const text = `
    select ${ORDER.select}, customer_name, prefecture, multiple_destinations, requested_delivery,
      (${key})::text as sort_key,
      (select jsonb_build_object('id', o.id, 'state', o.state) from operations o
        where o.shop_id = orders.shop_id and o.order_number = orders.order_number
          and o.state in ${OPEN}) as open,
      ${CANCEL_REQUEST_JSON} as cancel_request
    from (select order_number as listed from orders where ${where}
           order by ${orderByOf(query)} limit ${query.limit + 1}) as page
    join orders on orders.shop_id = $1 and orders.order_number = listed
    order by ${orderByOf(query)}`;
  return { text, values };
}

function listedOf(row: ListRecord): ListedOrder {
  return {
    order: ORDER.read(row),
    customerName: row.customer_name,
    prefecture: row.prefecture,
    multipleDestinations: row.multiple_destinations,
    requestedDelivery: row.requested_delivery,
    openOperation: row.open,
    cancelRequest: row.cancel_request,
  };
}

/** The number and sums of a whole result. */
export type Summary = Pick<ListedOrders, 'count' | 'total' | 'billed'>;

async function sumTallies(db: Queryable, shopId: string, query: OrderListQuery): Promise<Summary> {
  const values: unknown[] = [shopId];
  const clauses = talliedClauses(query, (value) => `$${values.push(value)}`);
  const { rows } = await db.query<Summary>(
    `select coalesce(sum(orders), 0)::bigint as count, coalesce(sum(total), 0)::bigint as total,
        coalesce(sum(billed), 0)::bigint as billed
       from order_tallies
      where ${['shop_id = $1', TALLY_CLAUSE[query.tab], ...clauses].join(' and ')}`,
    values,
  );
  return rows[0] ?? { count: 0, total: 0, billed: 0 };
}

async function countOrders(db: Queryable, { where, values }: Where): Promise<Summary> {
  const { rows } = await db.query<Summary>(
    `select count(*) as count, coalesce(sum(total), 0)::bigint as total,
        coalesce(sum(billed), 0)::bigint as billed
       from orders where ${where}`,
    [...values],
  );
  return rows[0] ?? { count: 0, total: 0, billed: 0 };
}

/** As {@link TAB_CLAUSE}, over the tallies; cancel requests are few and counted directly. */
const TALLY_CLAUSE: Record<OrderTab, string> = {
  ...TAB_CLAUSE,
  unpaid: `status = 'processing' and not paid`,
  cancel_requests: 'false',
};

/** The tabs that are sums of tallies; cancel requests and applications are counted separately. */
const TALLIED_TABS = TABS.filter((tab) => tab !== 'cancel_requests' && tab !== 'subscription');

const COUNT_TABS = {
  name: 'count-tabs',
  text: `select ${TALLIED_TABS.map(
    (tab) => `coalesce(sum(orders) filter (where ${TALLY_CLAUSE[tab]}), 0)::bigint as ${tab}`,
  ).join(', ')},
      (select count(*) from orders where shop_id = $1 and ${TAB_CLAUSE.cancel_requests})
        as cancel_requests,
      (select count(*) from subscriptions where shop_id = $1 and status = 'active')
        as subscription
    from order_tallies where shop_id = $1`,
};

async function countTabs(db: Queryable, shopId: string): Promise<Record<Tab, number>> {
  const { rows } = await db.query<Record<Tab, number>>({ ...COUNT_TABS, values: [shopId] });
  const [row] = rows;
  if (row === undefined) throw new Error('an aggregate gave no row');
  return row;
}

/**
 * Folds the tallies of all shops into one row for each kind; the sums stay exact at every moment. A
 * kind with one row stays as it is, so that the writing depends on the changes only.
 */
export async function foldTallies(db: Queryable): Promise<void> {
  await db.query(`
    with several as (
      select shop_id, status, type, paid, shipped, payment_kind
        from order_tallies group by 1, 2, 3, 4, 5, 6 having count(*) > 1
    ), gone as (
      delete from order_tallies as tally using several
       where tally.shop_id = several.shop_id and tally.status = several.status
         and tally.type = several.type and tally.paid = several.paid
         and tally.shipped = several.shipped and tally.payment_kind = several.payment_kind
      returning tally.*
    )
    insert into order_tallies
    select shop_id, status, type, paid, shipped, payment_kind,
           sum(orders), sum(total), sum(billed)
      from gone group by 1, 2, 3, 4, 5, 6
    having sum(orders) <> 0 or sum(total) <> 0 or sum(billed) <> 0`);
}

function cursorOf({ sort_key: sortKey, order_number: orderNumber }: ListRecord): string {
  return Buffer.from(`${orderNumber}${sortKey}`).toString('base64url');
}

const SORT_KEY_TEXT: Record<string, RegExp> = {
  timestamptz: /^(infinity|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?)$/,
  int: /^\d{1,9}$/,
  text: /^[^\0]{0,400}$/u,
};

function parseCursor(cursor: string, sort: OrderSort) {
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  const [, orderNumber, sortKey] = /^(\d{12})([\s\S]*)$/.exec(text) ?? [];
  const fits = sortKey !== undefined && SORT_KEY_TEXT[SORT_KEY[sort].type]?.test(sortKey);
  if (!fits || orderNumber === undefined) throw new BadCursor(cursor);
  return { sortKey, orderNumber };
}
