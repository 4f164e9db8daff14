import { type OrderListQuery, TABS, type Tab } from '../contract/orders.ts';
import type { Order } from '../domain/order.ts';
import { PAYMENT_KIND } from '../domain/states.ts';
import { type Queryable, timestamp } from './db.ts';
import { digits } from './order-place.ts';
import { ORDER_COLUMNS, type OrderRecord, orderOf } from './rows.ts';

/** A row of the list: the order without its details. */
export type ListedOrder = {
  readonly order: Order;
  readonly customerName: string;
  readonly prefecture: string;
  readonly multipleDestinations: boolean;
  readonly requestedDelivery: string;
  readonly openOperation: { id: string; state: 'asking' | 'unknown' | 'review' } | null;
};

export type ListedOrders = {
  readonly items: readonly ListedOrder[];
  readonly nextCursor: string | null;
  /** Of the whole result: number, 総合計金額 and 請求金額合計, in yen. */
  readonly count: number;
  readonly total: number;
  readonly billed: number;
  readonly tabs: Record<Tab, number>;
};

/** Throws where a cursor was not made by us. */
export class BadCursor extends Error {}

/**
 * One page of a shop's orders, newest first, with the numbers of the whole result and of every
 * tab. The page is read along an index from the cursor on; the numbers come from the tallies
 * unless the filter asks for more than they know.
 */
export async function listOrders(
  db: Queryable,
  shopId: string,
  query: OrderListQuery,
): Promise<ListedOrders> {
  const filter = filterOf(shopId, query);
  const [items, summary, tabs] = await Promise.all([
    selectPage(db, filter, query),
    filter.tallied ? sumTallies(db, shopId, query) : countOrders(db, filter),
    countTabs(db, shopId),
  ]);
  const more = items.length > query.limit;
  const page = more ? items.slice(0, query.limit) : items;
  const last = page.at(-1);
  const nextCursor = more && last ? cursorOf(last.order) : null;
  return { items: page, nextCursor, ...summary, tabs };
}

/** The where clause of each tab (L1, L2); a tab's partial index has the same one. */
const TAB_CLAUSE: Record<Tab, string> = {
  all: 'true',
  preorder: `status = 'preorder'`,
  unpaid: `status = 'processing' and paid_on is null`,
  unshipped: `status = 'processing' and not shipped`,
  on_hold: `status = 'on_hold'`,
  completed: `status = 'completed'`,
  subscription: `type in ('subscription', 'club')`,
};

const TALLY_CLAUSE: Record<Tab, string> = {
  ...TAB_CLAUSE,
  unpaid: `status = 'processing' and not paid`,
};

type Filter = { readonly where: string; readonly values: unknown[]; readonly tallied: boolean };

function filterOf(shopId: string, query: OrderListQuery): Filter {
  const values: unknown[] = [shopId];
  const bind = (value: unknown): string => `$${values.push(value)}`;
  const clauses = [`shop_id = $1`, TAB_CLAUSE[query.tab]];
  const kinds = kindsOf(query);
  if (kinds.length > 0) clauses.push(`payment_kind = any(${bind(kinds)})`);
  if (query.shipped !== undefined) clauses.push(`shipped = ${bind(query.shipped === 'true')}`);
  if (query.transactionState !== undefined) {
    clauses.push(`transaction_state = ${bind(query.transactionState)}`);
  }
  if (query.q?.trim()) clauses.push(searchClause(query.q, bind));
  const tallied = query.transactionState === undefined && !query.q?.trim();
  return { where: clauses.join(' and '), values, tallied };
}

function kindsOf({ kinds }: OrderListQuery): string[] {
  return (kinds ?? '').split(',').filter((kind) => Object.hasOwn(PAYMENT_KIND, kind));
}

/** Several 受注コード, or one 取引番号, or the beginning of a name, kana, phone or mail. */
function searchClause(q: string, bind: (value: unknown) => string): string {
  const text = q.normalize('NFKC').trim();
  const codes = text.match(/(?<!\d)\d{12}(?!\d)/g) ?? [];
  if (codes.length > 0) return `order_number = any(${bind(codes.slice(0, 500))})`;
  if (/^\d{20}$/.test(text)) return `seqno = ${bind(text)}`;
  if (/^[\d\s()+-]{3,}$/.test(text)) return `customer_phone like ${bind(`${digits(text)}%`)}`;
  const prefix = bind(`${text.replace(/[\\%_]/g, '\\$&')}%`);
  if (text.includes('@')) return `lower(customer_email) like lower(${prefix})`;
  return `(customer_name like ${prefix} or customer_kana like ${prefix})`;
}

type ListRecord = OrderRecord & {
  customer_name: string;
  prefecture: string;
  multiple_destinations: boolean;
  requested_delivery: string;
  open: ListedOrder['openOperation'];
};

async function selectPage(db: Queryable, filter: Filter, query: OrderListQuery) {
  const values = [...filter.values];
  const bind = (value: unknown): string => `$${values.push(value)}`;
  let where = filter.where;
  if (query.cursor !== undefined) {
    const { placedAt, orderNumber } = parseCursor(query.cursor);
    where += ` and (placed_at, order_number) < (${bind(timestamp(placedAt))}::timestamptz,
      ${bind(orderNumber)})`;
  }
  const text = `
    select ${ORDER_COLUMNS}, customer_name, prefecture, multiple_destinations, requested_delivery,
      (select jsonb_build_object('id', o.id, 'state', o.state) from operations o
        where o.shop_id = orders.shop_id and o.order_number = orders.order_number
          and o.state in ('asking', 'unknown', 'review')) as open
    from orders where ${where}
    order by placed_at desc, order_number desc limit ${query.limit + 1}`;
  const { rows } = await db.query<ListRecord>(text, values);
  return rows.map(listedOf);
}

function listedOf(row: ListRecord): ListedOrder {
  return {
    order: orderOf(row),
    customerName: row.customer_name,
    prefecture: row.prefecture,
    multipleDestinations: row.multiple_destinations,
    requestedDelivery: row.requested_delivery,
    openOperation: row.open,
  };
}

type Summary = Pick<ListedOrders, 'count' | 'total' | 'billed'>;

const SUMS = `coalesce(sum(orders), 0)::bigint as count, coalesce(sum(total), 0)::bigint as total,
  coalesce(sum(billed), 0)::bigint as billed`;

async function sumTallies(db: Queryable, shopId: string, query: OrderListQuery): Promise<Summary> {
  const kinds = kindsOf(query);
  const { rows } = await db.query<Summary>(
    `select ${SUMS} from order_tallies
      where shop_id = $1 and ${TALLY_CLAUSE[query.tab]}
        and ($2::text[] is null or payment_kind = any($2))
        and ($3::boolean is null or shipped = $3)`,
    [shopId, kinds.length > 0 ? kinds : null, query.shipped ? query.shipped === 'true' : null],
  );
  return rows[0] ?? { count: 0, total: 0, billed: 0 };
}

async function countOrders(db: Queryable, { where, values }: Filter): Promise<Summary> {
  const { rows } = await db.query<Summary>(
    `select count(*) as count, coalesce(sum(total), 0)::bigint as total,
        coalesce(sum(billed), 0)::bigint as billed
       from orders where ${where}`,
    values,
  );
  return rows[0] ?? { count: 0, total: 0, billed: 0 };
}

const COUNT_TABS = {
  name: 'count-tabs',
  text: `select ${TABS.map(
    (tab) => `coalesce(sum(orders) filter (where ${TALLY_CLAUSE[tab]}), 0)::bigint as ${tab}`,
  ).join(', ')} from order_tallies where shop_id = $1`,
};

async function countTabs(db: Queryable, shopId: string): Promise<Record<Tab, number>> {
  const { rows } = await db.query<Record<Tab, number>>({ ...COUNT_TABS, values: [shopId] });
  const [row] = rows;
  if (row === undefined) throw new Error('an aggregate gave no row');
  return row;
}

/** Folds the tallies of all shops into one row per kind; exact at every moment. */
export async function foldTallies(db: Queryable): Promise<void> {
  await db.query(`
    with gone as (delete from order_tallies returning *)
    insert into order_tallies
    select shop_id, status, type, paid, shipped, payment_kind,
           sum(orders), sum(total), sum(billed)
      from gone group by 1, 2, 3, 4, 5, 6 having sum(orders) <> 0 or sum(total) <> 0`);
}

function cursorOf({ placedAt, orderNumber }: Order): string {
  return `${placedAt}.${orderNumber}`;
}

function parseCursor(cursor: string): { placedAt: number; orderNumber: string } {
  const [, placedAt, orderNumber] = /^(\d{1,15})\.(\d{12})$/.exec(cursor) ?? [];
  if (placedAt === undefined || orderNumber === undefined) throw new BadCursor(cursor);
  return { placedAt: Number(placedAt), orderNumber };
}
