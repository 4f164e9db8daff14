import type { OrderRef } from '@renkei/core/domain/order/order.ts';
import type { Instant } from '@renkei/core/domain/values/jst.ts';
import { type Queryable, timestamp } from '../db/db.ts';
import { gatherOn } from '../db/gather.ts';
import { CAPTURED, UNSETTLED } from '../db/states.ts';

/** A sweep: looks at all live transactions of a shop. */
export type Sweep = {
  readonly shopId: string;
  readonly id: string;
  readonly startedAt: Instant;
  readonly finishedAt: Instant | null;
  /** The number of orders to look at; of these, looks made and looks failed. */
  readonly orders: number;
  readonly looked: number;
  readonly failed: number;
};

/** An order's slip to look at, and the time of its newest evidence. */
export type LastLook = {
  readonly slipId: string | null;
  readonly inquiry: boolean;
  readonly knownAt: Instant | null;
  readonly now: Instant;
};

/** Reads when an order was last looked at; null if there is no such order. */
export const readLook = gatherOn(async (db, refs: readonly OrderRef[]) => {
  const values = [refs.map(({ shopId }) => shopId), refs.map(({ orderNumber }) => orderNumber)];
  const { rows } = await db.query<LastLook & { at: number }>({ ...READ_LOOKS, values });
  const found: (LastLook | null)[] = refs.map(() => null);
  for (const row of rows) found[row.at - 1] = row;
  return found;
});

const READ_LOOKS = {
  name: 'read-looks',
  text: `select asked.at::int, o.slip_id as "slipId", s.inquiry, clock_timestamp() as now,
           greatest(o.transaction_as_of, (select seen_at from seen_slips
             where shop_id = o.shop_id and slip_id = o.slip_id)) as "knownAt"
          from unnest($1::text[], $2::text[]) with ordinality as asked (shop_id, order_number, at)
          join orders o using (shop_id, order_number)
          join shops s using (shop_id)`,
};

/**
 * The orders of a sweep: live ones and ones that may still change by themselves, captures of the
 * last 120 days, orders that ended within two weeks, and orders that need attention.
 */
const TO_LOOK = `
  o.shop_id = $1 and o.slip_id is not null and o.seqno is not null
  and (o.transaction_state in ${UNSETTLED}
    or (o.transaction_state in ${CAPTURED} and o.placed_at > now() - interval '120 days')
    or o.transaction_as_of > now() - interval '14 days'
    or exists (select 1 from attention a where a.shop_id = o.shop_id
                and a.order_number = o.order_number and a.closed_at is null))`;

/**
 * Joins a sweep in progress, unless it is so old that its process must be gone; otherwise begins
 * one.
 */
export async function beginSweep(
  db: Queryable,
  shopId: string,
  id: string,
): Promise<{ readonly sweep: Sweep; readonly isNew: boolean; readonly before: Instant }> {
  const going = await db.query<Sweep>(
    `select ${COLUMNS} from sweeps where shop_id = $1 and finished_at is null
        and started_at > now() - interval '30 minutes' order by started_at desc limit 1`,
    [shopId],
  );
  const [underway] = going.rows;
  if (underway !== undefined) return { sweep: underway, isNew: false, before: underway.startedAt };
  const { rows } = await db.query<Sweep>(
    `insert into sweeps (shop_id, id, orders)
     select $1, $2, count(*) from orders o where ${TO_LOOK} returning ${COLUMNS}`,
    [shopId, id],
  );
  const [sweep] = rows;
  if (sweep === undefined) throw new Error('a sweep was not begun');
  return { sweep, isNew: true, before: sweep.startedAt };
}

/**
 * Returns the next orders, by number, that were neither looked at nor moved by us since an instant.
 */
export async function nextToLook(
  db: Queryable,
  shopId: string,
  before: Instant,
  after: string,
  limit: number,
): Promise<string[]> {
  const { rows } = await db.query<{ order_number: string }>(
    `select o.order_number from orders o
      where ${TO_LOOK} and o.order_number > $2 and o.transaction_as_of < $3 and not exists (
        select 1 from seen_slips seen where seen.shop_id = o.shop_id and seen.slip_id = o.slip_id
           and seen.seen_at >= $3)
      order by o.order_number limit $4`,
    [shopId, after, timestamp(before), limit],
  );
  return rows.map((row) => row.order_number);
}

/**
 * Adds to a sweep's counts, and ends it when it is done. An order that came in meanwhile is looked
 * at, too, and is one more to look at.
 */
export async function finishSweep(
  db: Queryable,
  { shopId, id }: Pick<Sweep, 'shopId' | 'id'>,
  { looked, failed, done }: { looked: number; failed: number; done: boolean },
): Promise<void> {
  await db.query(
    `update sweeps set looked = looked + $3, failed = failed + $4,
       orders = greatest(orders, looked + $3 + failed + $4),
       finished_at = case when $5 then now() end
      where shop_id = $1 and id = $2`,
    [shopId, id, looked, failed, done],
  );
}

/** Ends sweeps that began before an instant; their processes may be gone. */
export async function endSweepsBefore(
  db: Queryable,
  shopId: string,
  before: Instant,
): Promise<void> {
  await db.query(
    `update sweeps set finished_at = now()
      where shop_id = $1 and finished_at is null and started_at < $2`,
    [shopId, timestamp(before)],
  );
}

/** Loads a sweep. */
export async function loadSweep(db: Queryable, shopId: string, id: string): Promise<Sweep | null> {
  const { rows } = await db.query<Sweep>(
    `select ${COLUMNS} from sweeps where shop_id = $1 and id = $2`,
    [shopId, id],
  );
  return rows[0] ?? null;
}

/** Loads the shop's last finished sweep, and the one in progress. */
export async function loadSweeps(
  db: Queryable,
  shopId: string,
): Promise<{ readonly last: Sweep | null; readonly underway: Sweep | null }> {
  const { rows } = await db.query<Sweep>(
    `select ${COLUMNS} from sweeps where shop_id = $1 order by started_at desc limit 20`,
    [shopId],
  );
  const underway = rows[0]?.finishedAt === null ? rows[0] : null;
  return { last: rows.find(({ finishedAt }) => finishedAt !== null) ?? null, underway };
}

/** Lists shops that answer inquiries and had no sweep for `everyMs` milliseconds. */
export async function listShopsToSweep(db: Queryable, everyMs: number): Promise<string[]> {
  const { rows } = await db.query<{ shop_id: string }>(
    `select shop_id from shops where inquiry and not exists (
       select 1 from sweeps where sweeps.shop_id = shops.shop_id
          and started_at > now() - $1 * interval '1 millisecond')`,
    [everyMs],
  );
  return rows.map((row) => row.shop_id);
}

const COLUMNS = `shop_id as "shopId", id, started_at as "startedAt", finished_at as "finishedAt",
  orders, looked, failed`;
