import type { OrderEvent } from '@renkei/core/domain/order/events.ts';
import type { TransactionState } from '@renkei/core/domain/order/states.ts';
import {
  type BookEntry,
  isIn,
  listUnseen,
  type OwnEntry,
  type Period,
  type TheirEntry,
  withAnswers,
} from '@renkei/core/domain/reconciliation/match.ts';
import { ourEntriesOf } from '@renkei/core/domain/reconciliation/our-entries.ts';
import { isCaptured, isRefunded } from '@renkei/core/domain/transaction/link.ts';
import {
  addDaysWithin,
  endOfJstDate,
  type Instant,
  type JstDate,
  jstDateOf,
  startOfJstDate,
} from '@renkei/core/domain/values/jst.ts';
import { type Queryable, timestamp } from '../db/db.ts';

/** Both sides of a period, with partner entries from outside of it. */
export type BothSides = {
  readonly ours: readonly OwnEntry[];
  readonly theirs: readonly TheirEntry[];
};

/**
 * Loads both sides' entries of a period. Ours come from the journals of orders that moved in it, or
 * that F-REGI shows as moved; F-REGI's come from sightings, and from its answers that no look has
 * followed. A sighting about a closed period that was unknown at its closing corrects the first
 * open day; once that day is closed, too, the correction stays there.
 */
export async function loadBothSides(
  db: Queryable,
  shopId: string,
  period: Period,
  closed: Period | null,
): Promise<BothSides> {
  const bounds = [timestamp(startOfJstDate(period.from)), timestamp(endOfJstDate(period.to))];
  const seen = await selectSeen(db, shopId, period, closed);
  const moved = await selectMoved(db, shopId, bounds, seen);
  const booked = [...Map.groupBy(moved, (row) => row.order_number)].flatMap(([orderNumber, rows]) =>
    ourEntriesOf(orderNumber, rows),
  );
  const missing = listUnseen(booked, seen);
  const others = missing.length === 0 ? [] : await selectBySeqno(db, shopId, missing);
  const shown = [...seen, ...others].flatMap((row) => theirEntriesOf(row, closed));
  const looks = await loadLooks(db, shopId, booked);
  const ours = booked.map((entry) => ({ ...entry, lookedAt: looks.get(entry.seqno) ?? null }));
  return { ours, theirs: withAnswers(ours, shown) };
}

/**
 * Loads the last look that would have shown each transaction, by 取引番号: a sighting of it, a complete
 * inquiry about its slip, or a file that covers the day of its order's authorization.
 */
async function loadLooks(
  db: Queryable,
  shopId: string,
  entries: readonly Pick<BookEntry, 'seqno' | 'orderNumber'>[],
): Promise<Map<string, Instant>> {
  const asked = entries.map(({ seqno, orderNumber }) => {
    return { seqno, order_number: orderNumber };
  });
  const { rows } = await db.query<{ seqno: string; at: number }>(SELECT_LOOKS, [
    shopId,
    JSON.stringify(asked),
  ]);
  return new Map(rows.map(({ seqno, at }) => [seqno, at]));
}

const SELECT_LOOKS = `
  with asked as (
    select distinct seqno, order_number
      from jsonb_to_recordset($2::jsonb) as given (seqno text, order_number text)
  ), files as (
    select covers_from, covers_to, max(seen_at) as seen_at from sightings
     where shop_id = $1 and covers_from is not null group by 1, 2
  ), looks as (
    select asked.seqno, greatest(
        (select seen_at from seen_transactions seen
          where seen.shop_id = $1 and seen.seqno = asked.seqno),
        (select seen_at from seen_slips slip
          where slip.shop_id = $1 and slip.slip_id = o.slip_id),
        (select max(seen_at) from files where
          (o.authorized_at at time zone 'Asia/Tokyo')::date between covers_from and covers_to)
      ) as at
      from asked left join orders o on o.shop_id = $1 and o.order_number = asked.order_number
  )
  select seqno, max(at) as at from looks where at is not null group by seqno`;

type SeenRow = {
  seqno: string;
  slip_id: string;
  order_number: string | null;
  state: TransactionState;
  amount: number;
  captured_at: number | null;
  cancelled_at: number | null;
  booked: Partial<Record<BookEntry['kind'], JstDate>> | null;
};

const SEEN = `
  select seen.seqno, seen.slip_id, seen.state, seen.amount, seen.captured_at, seen.cancelled_at,
    -- O1: whose it is. Where no order has it, and one alone has its slip, it is told as that one's.
    coalesce(
      (select t.order_number from transaction_owners t
        where t.shop_id = seen.shop_id and t.seqno = seen.seqno),
      (select min(o.order_number) from orders o
        where o.shop_id = seen.shop_id and o.slip_id = seen.slip_id having count(*) = 1)
    ) as order_number,
    (select jsonb_object_agg(kind, on_date) from booked_entries b
      where b.shop_id = seen.shop_id and b.seqno = seen.seqno) as booked
    from seen_transactions seen`;
const MONEY = `seen.state like any (array['captured%', 'refunded%'])`;

/** If F-REGI shows no time, the time of the authorization counts, or else of the sighting. */
async function selectSeen(
  db: Queryable,
  shopId: string,
  period: Period,
  closed: Period | null,
): Promise<SeenRow[]> {
  const start = (on: JstDate) => timestamp(startOfJstDate(on));
  const late = closed !== null && isIn(firstOpenOf(closed), period) ? closed : null;
  const values = [
    shopId,
    start(period.from),
    timestamp(endOfJstDate(period.to)),
    late && start(late.from),
    late && timestamp(endOfJstDate(late.to)),
    period.from,
    period.to,
  ];
  const { rows } = await db.query<SeenRow>(
    `${SEEN} where seen.shop_id = $1 and ${MONEY} and (
        (captured_at >= $2 and captured_at < $3) or (cancelled_at >= $2 and cancelled_at < $3)
        or (captured_at is null and coalesce(authorized_at, seen_at) >= $2
            and coalesce(authorized_at, seen_at) < $3)
        or ($4::timestamptz is not null and captured_at >= $4 and captured_at < $5)
        or ($4::timestamptz is not null and cancelled_at >= $4 and cancelled_at < $5)
        or seen.seqno in (select b.seqno from booked_entries b
             where b.shop_id = $1 and b.on_date between $6 and $7))`,
    values,
  );
  return rows;
}

async function selectBySeqno(
  db: Queryable,
  shopId: string,
  seqnos: readonly string[],
): Promise<SeenRow[]> {
  const { rows } = await db.query<SeenRow>(
    `${SEEN} where seen.shop_id = $1 and ${MONEY} and seen.seqno = any($2)`,
    [shopId, seqnos],
  );
  return rows;
}

async function selectMoved(
  db: Queryable,
  shopId: string,
  bounds: readonly (string | null)[],
  seen: readonly Pick<SeenRow, 'slip_id' | 'seqno'>[],
) {
  const slipIds = [...new Set(seen.map((row) => row.slip_id))];
  const seqnos = seen.map(({ seqno }) => seqno);
  const { rows } = await db.query<{ order_number: string; at: number; event: OrderEvent }>(
    `with moved as (
       select order_number from journal where shop_id = $1 and at >= $2 and at < $3
          and event ->> 'kind' in ('transaction_moved', 'transaction_corrected', 'stray_moved')
       union
       select order_number from orders where shop_id = $1 and slip_id = any($4)
       union
       select order_number from transaction_owners where shop_id = $1 and seqno = any($5)
     )
     select j.order_number, j.at, j.event from journal j join moved using (order_number)
      where j.shop_id = $1 and j.event ->> 'kind'
         in ('order_placed', 'transaction_moved', 'transaction_corrected', 'stray_moved')
      order by j.order_number, j.version`,
    [shopId, ...bounds, slipIds, seqnos],
  );
  return rows;
}

/** Returns F-REGI's entries for a transaction; corrections if their period is closed. */
function theirEntriesOf(row: SeenRow, closed: Period | null): TheirEntry[] {
  const { seqno, amount, order_number: orderNumber, state, booked } = row;
  const entry = (kind: BookEntry['kind'], at: number | null): TheirEntry => {
    const on = at === null ? null : jstDateOf(at);
    const common = { kind, seqno, amount, orderNumber, evidence: 'seen' as const };
    const late = closed !== null && on !== null && isIn(on, closed) ? firstOpenOf(closed) : null;
    const bookedOn = booked?.[kind] ?? late;
    if (bookedOn === null || on === null || bookedOn === on) return { ...common, on };
    return { ...common, on: bookedOn, correctionOf: on };
  };
  if (isCaptured(state)) return [entry('capture', row.captured_at)];
  if (!isRefunded(state)) return [];
  return [entry('capture', row.captured_at), entry('refund', row.cancelled_at)];
}

/** The JST date that takes corrections of a closed period. */
function firstOpenOf({ to }: Period): JstDate {
  return addDaysWithin(to, 1);
}

/** Returns the business date of either side's first record before a day; null if there is none. */
export async function findFirstRecord(
  db: Queryable,
  shopId: string,
  before: JstDate,
): Promise<JstDate | null> {
  const { rows } = await db.query<{ at: number | null }>(
    `select least(
        (select min(at) from journal where shop_id = $1 and at < $2
            and event ->> 'kind' in ('transaction_moved', 'transaction_corrected', 'stray_moved')),
        (select min(captured_at) from seen_transactions seen
          where shop_id = $1 and captured_at < $2 and ${MONEY})) as at`,
    [shopId, timestamp(startOfJstDate(before))],
  );
  const at = rows[0]?.at ?? null;
  return at === null ? null : jstDateOf(at);
}
