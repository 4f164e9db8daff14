import type { DeadlineQuery } from '@renkei/contract/lists/deadlines.ts';
import { LINKED_KINDS, type OrderStatus } from '@renkei/core/domain/order/states.ts';
import {
  DEADLINE_LEVELS,
  type DeadlineLevel,
  lastDayOf,
} from '@renkei/core/domain/transaction/deadline.ts';
import type { Instant, JstDate } from '@renkei/core/domain/values/jst.ts';
import { BadCursor } from '../db/cursor.ts';
import { type Queryable, timestamp } from '../db/db.ts';
import { LEFT } from '../db/states.ts';

/** An authorization not captured yet, and its deadline. */
export type Deadline = {
  readonly orderNumber: string;
  readonly version: number;
  readonly customerName: string;
  readonly status: OrderStatus;
  readonly paidOn: JstDate | null;
  readonly billed: number;
  readonly authorized: number;
  readonly authorizedAt: Instant;
  readonly captureBy: JstDate;
  readonly daysLeft: number;
};

const CARDS = LINKED_KINDS.map((kind) => `'${kind}'`).join(', ');

/** C10: everything authorized; counts days in Japan, like domain/drift/comparison.ts. */
export const AUTHORIZED = `
  select o.shop_id, o.order_number, o.version, o.customer_name, o.status, o.paid_on, o.billed,
    o.transaction_amount, o.authorized_at, o.payment_kind,
    (o.authorized_at at time zone 'Asia/Tokyo')::date + capture_days(s, o.payment_kind) as capture_by,
    (now() at time zone 'Asia/Tokyo')::date as today
    from orders o join shops s on s.shop_id = o.shop_id
   where o.transaction_state = 'authorized' and o.authorized_at is not null`;

/** Orders paid, or to be paid, by their authorization: they lose its money. */
export const AT_RISK = `status not in ${LEFT}
  and payment_kind in (${CARDS})`;

export async function listDeadlines(
  db: Queryable,
  shopId: string,
  query: DeadlineQuery,
): Promise<{ readonly items: readonly Deadline[]; readonly nextCursor: string | null }> {
  const after = query.cursor === undefined ? null : parseCursor(query.cursor);
  const { rows } = await db.query<Deadline>(
    `with authorized as (${AUTHORIZED} and o.shop_id = $1)
     select order_number as "orderNumber", version, customer_name as "customerName", status,
       paid_on as "paidOn", billed, transaction_amount as authorized,
       authorized_at as "authorizedAt", capture_by as "captureBy", capture_by - today as "daysLeft"
       from authorized
      where ($2 or (${AT_RISK})) and ($3::int is null or capture_by - today <= $3)
        and ($4::date is null or (capture_by, authorized_at, order_number) > ($4, $5, $6))
      order by capture_by, authorized_at, order_number limit $7`,
    [
      shopId,
      query.all ?? false,
      query.within ?? null,
      after?.captureBy ?? null,
      timestamp(after?.authorizedAt ?? null),
      after?.orderNumber ?? '',
      query.limit + 1,
    ],
  );
  const items = rows.slice(0, query.limit);
  const last = items.at(-1);
  const nextCursor = rows.length > query.limit && last ? formatCursor(last) : null;
  return { items, nextCursor };
}

/**
 * Base64, because the guard may refuse an instant of thirteen digits in a URL as a card number.
 */
function formatCursor({ captureBy, authorizedAt, orderNumber }: Deadline): string {
  return Buffer.from(`${captureBy}.${authorizedAt}.${orderNumber}`).toString('base64url');
}

function parseCursor(cursor: string) {
  const [, captureBy, at, orderNumber] =
    /^(\d{4}-\d\d-\d\d)\.(\d{1,15}(?:\.\d+)?)\.(\d{12})$/.exec(
      Buffer.from(cursor, 'base64url').toString(),
    ) ?? [];
  if (captureBy === undefined || at === undefined || orderNumber === undefined) {
    throw new BadCursor(cursor);
  }
  return { captureBy, authorizedAt: Number(at), orderNumber };
}

/** The band of a row in SQL, as `deadlineLevel` (domain/transaction/deadline.ts) computes it. */
const LEVEL = `case ${DEADLINE_LEVELS.filter((level) => level !== 'later')
  .map((level) => `when capture_by - today <= ${lastDayOf(level)} then '${level}'`)
  .join(' ')} else 'later' end`;

export type DeadlineSum = { readonly count: number; readonly amount: number };

/** Sums the yen at risk by level. */
export async function sumDeadlines(
  db: Queryable,
  shopId: string,
): Promise<(DeadlineSum & { readonly level: DeadlineLevel })[]> {
  const { rows } = await db.query<DeadlineSum & { level: DeadlineLevel }>(
    `with authorized as (${AUTHORIZED} and o.shop_id = $1)
     select ${LEVEL} as level,
       count(*) as count, sum(transaction_amount)::bigint as amount
       from authorized where ${AT_RISK} group by 1`,
    [shopId],
  );
  return rows;
}

/** Sums the yen at risk by week, from Monday: eight weeks, this one first. */
export async function sumWeeks(
  db: Queryable,
  shopId: string,
): Promise<(DeadlineSum & { readonly from: JstDate; readonly to: JstDate })[]> {
  const { rows } = await db.query<DeadlineSum & { from: JstDate; to: JstDate }>(
    `with authorized as (${AUTHORIZED} and o.shop_id = $1),
     weeks as (
       select date_trunc('week', (now() at time zone 'Asia/Tokyo'))::date + n * 7 as monday
         from generate_series(0, 7) as n
     )
     select monday as from, monday + 6 as to, count(order_number) as count,
       coalesce(sum(transaction_amount), 0)::bigint as amount
       from weeks left join authorized
         on capture_by between monday and monday + 6 and capture_by >= today and ${AT_RISK}
      group by monday order by monday`,
    [shopId],
  );
  return rows;
}
