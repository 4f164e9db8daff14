import type { ErasureWaits } from '@renkei/core/domain/commands/command.ts';
import type { Order } from '@renkei/core/domain/order/order.ts';
import { CLOSED_STATUSES } from '@renkei/core/domain/order/states.ts';
import type { RowOf } from '../db/codec.ts';
import { type Queryable, timestamp } from '../db/db.ts';
import { OPEN } from '../db/states.ts';
import { digits } from '../orders/order-place.ts';
import { ORDER } from '../orders/rows.ts';
import { type StoredSubscription, SUBSCRIPTION } from '../subscriptions/rows.ts';
import { WAITS } from './erasures.ts';

/** Whom a request to be erased is about: some orders, or one customer. */
export type Sought =
  | { readonly by: 'orders'; readonly orderNumbers: readonly string[] }
  | { readonly by: 'email' | 'phone' | 'name'; readonly value: string }
  /** Whoever is still here after the shop's retention. */
  | { readonly by: 'overdue' };

/** An order of whom was sought, with what may prevent the erasure. */
export type Erasable = {
  readonly order: Order;
  readonly customerName: string;
  readonly isOpen: boolean;
  readonly waits: ErasureWaits | null;
};

const CLAUSE: Readonly<Record<Sought['by'], string>> = {
  orders: 'order_number = any ($2::text[])',
  email: 'lower(customer_email) = lower($2)',
  phone: `(customer_phone = $2 or exists (
    select from jsonb_array_elements(details -> 'destinations') as sent
     where regexp_replace(sent ->> 'phone', '\\D', '', 'g') = $2))`,
  overdue: `$2 = '' and not customer_erased and (
    select orders.placed_at < now() - make_interval(years => s.retention_years)
       and j.at < now() - make_interval(years => s.retention_years)
      from shops s join journal j on j.shop_id = s.shop_id
     where s.shop_id = orders.shop_id and j.order_number = orders.order_number
       and j.version = orders.version)`,
  name: `(customer_name = $2 or exists (
    select from jsonb_array_elements(details -> 'destinations') as sent
     where regexp_replace(trim(sent ->> 'name'), '\\s+', ' ', 'g') = $2))`,
};

/** Finds the orders of whom is sought, as customer or as お届け先, newest first. */
export async function findOrdersOf(
  db: Queryable,
  shopId: string,
  sought: Sought,
  limit: number,
): Promise<Erasable[]> {
  const { rows } = await db.query<
    RowOf<Order> & { customer_name: string; is_open: boolean; waits: ErasureWaits | null }
  >(
    `select ${ORDER.select}, customer_name, ${WAITS} as waits,
        exists (select from operations o where o.shop_id = orders.shop_id
          and o.order_number = orders.order_number and o.state in ${OPEN}) as is_open
       from orders where shop_id = $1 and ${CLAUSE[sought.by]}
      order by placed_at desc, order_number limit $3`,
    [shopId, wordOf(sought), limit],
  );
  return rows.map((row) => ({
    order: ORDER.read(row),
    customerName: row.customer_name,
    isOpen: row.is_open,
    waits: row.waits,
  }));
}

/** Finds the applications of the customer; orders name none. */
export async function findApplicationsOf(
  db: Queryable,
  shopId: string,
  sought: Sought,
  limit: number,
): Promise<StoredSubscription[]> {
  if (sought.by === 'orders' || sought.by === 'overdue') return [];
  const field = {
    email: `lower(details #>> '{customer,email}') = lower($2)`,
    phone: `regexp_replace(details #>> '{customer,phone}', '\\D', '', 'g') = $2`,
    name: `regexp_replace(trim(customer_name), '\\s+', ' ', 'g') = $2`,
  }[sought.by];
  const { rows } = await db.query<RowOf<StoredSubscription>>(
    `select ${SUBSCRIPTION.select} from subscriptions
      where shop_id = $1 and ${field} order by code limit $3`,
    [shopId, wordOf(sought), limit],
  );
  return rows.map((row) => SUBSCRIPTION.read(row));
}

function wordOf(sought: Sought): string | readonly string[] {
  if (sought.by === 'orders') return sought.orderNumbers;
  if (sought.by === 'overdue') return '';
  if (sought.by === 'phone') return digits(sought.value);
  return sought.value.trim().replace(/\s+/gu, ' ');
}

/** A place in the walk over a shop's orders, from the oldest. */
export type Cursor = { readonly placedAt: number; readonly orderNumber: string };

/**
 * Returns the next closed orders whose last movement is older than so many years, of at most
 * `limit` looked at; `next` is null at the end of the walk.
 */
export async function nextDue(
  db: Queryable,
  shopId: string,
  { years, after, limit }: { years: number; after: Cursor | null; limit: number },
): Promise<{ readonly orderNumbers: readonly string[]; readonly next: Cursor | null }> {
  const { rows } = await db.query<Cursor & { isDue: boolean }>(
    `select placed_at as "placedAt", order_number as "orderNumber",
        status = any ($6) and not customer_erased and (
          select j.at < now() - make_interval(years => $2) from journal j
           where j.shop_id = seen.shop_id and j.order_number = seen.order_number
             and j.version = seen.version) as "isDue"
       from (select shop_id, order_number, version, placed_at, status, customer_erased from orders
              where shop_id = $1 and placed_at < now() - make_interval(years => $2)
                and ($3::timestamptz is null or (placed_at, order_number) > ($3, $4))
              order by placed_at, order_number limit $5) as seen
      order by placed_at, order_number`,
    [
      shopId,
      years,
      timestamp(after?.placedAt ?? null),
      after?.orderNumber ?? '',
      limit,
      CLOSED_STATUSES,
    ],
  );
  const last = rows.at(-1);
  return {
    orderNumbers: rows.filter(({ isDue }) => isDue).map(({ orderNumber }) => orderNumber),
    next: rows.length < limit || last === undefined ? null : last,
  };
}

/** Returns ended applications that nobody has changed for so many years. */
export async function listDueApplications(
  db: Queryable,
  shopId: string,
  years: number,
  limit: number,
): Promise<string[]> {
  const { rows } = await db.query<{ code: string }>(
    `select code from subscriptions s
      where shop_id = $1 and status <> 'active' and not customer_erased
        and coalesce((select max(at) from subscription_log l
          where l.shop_id = s.shop_id and l.code = s.code), created_at)
          < now() - make_interval(years => $2)
      order by code limit $3`,
    [shopId, years, limit],
  );
  return rows.map((row) => row.code);
}
