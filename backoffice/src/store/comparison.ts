import { type Answered, asAnswered, type ComparisonFacts } from '../domain/comparison.ts';
import { leftIn, type Verb } from '../domain/link.ts';
import type { Instant } from '../domain/order.ts';
import type { Queryable } from './db.ts';
import { loadSlips } from './observations.ts';
import { ORDER_COLUMNS, type OrderRecord, orderOf } from './rows.ts';

/** What the comparison of some orders rests on; orders without a transaction are left out. */
export async function loadComparisonFacts(
  db: Queryable,
  shopId: string,
  orderNumbers: readonly string[],
): Promise<ComparisonFacts[]> {
  const { rows } = await db.query<FactsRecord>({
    ...SELECT_FACTS,
    values: [shopId, orderNumbers],
  });
  const slipIds = rows.flatMap(({ slip_id }) => slip_id ?? []);
  const [slips, answered] = await Promise.all([
    loadSlips(db, shopId, slipIds),
    loadAnswered(db, shopId, orderNumbers),
  ]);
  return rows.map((row) => {
    const slip = slips.get(row.slip_id ?? '');
    const answers = answered.get(row.order_number) ?? [];
    const { open_state: state, open_since: since } = row;
    return {
      order: orderOf(row),
      sighted: asAnswered(slip?.sighted ?? [], answers),
      lookedAt: latest(slip?.lookedAt ?? null, row.covered_at),
      open: state === null || since === null ? null : { state, since, operationId: row.open_id },
      captureDeadlineDays: row.capture_deadline_days,
    };
  });
}

/** What F-REGI has carried out for us, by order, oldest first. */
async function loadAnswered(
  db: Queryable,
  shopId: string,
  orderNumbers: readonly string[],
): Promise<ReadonlyMap<string, readonly Answered[]>> {
  const { rows } = await db.query<{ number: string; seqno: string; verb: Verb; at: number }>({
    name: 'select-answered',
    text: `select o.order_number as number, s.seqno, s.verb, s.answered_at as at
             from operations o join steps s on s.shop_id = o.shop_id and s.operation_id = o.id
            where o.shop_id = $1 and o.order_number = any($2) and s.seqno is not null
              and s.state in ('done', 'proven') and s.answered_at is not null
            order by s.answered_at`,
    values: [shopId, orderNumbers],
  });
  const answers = Map.groupBy(rows, ({ number }) => number);
  const answeredOf = ({ seqno, verb, at }: (typeof rows)[number]): Answered => ({
    ...{ seqno, at, state: leftIn(verb) },
  });
  return new Map([...answers].map(([number, of]) => [number, of.map(answeredOf)]));
}

type FactsRecord = OrderRecord & {
  open_state: 'asking' | 'unknown' | 'review' | null;
  open_since: number | null;
  open_id: string | null;
  capture_deadline_days: number;
  covered_at: number | null;
};

function latest(a: Instant | null, b: Instant | null): Instant | null {
  return a === null || (b !== null && b > a) ? b : a;
}

/** $1 shop, $2 受注コード. */
export const SELECT_FACTS = {
  name: 'select-comparison-facts',
  text: `
    select ${ORDER_COLUMNS}, open.state as open_state, open.created_at as open_since,
      open.id as open_id,
      (select capture_days(shops, orders.payment_kind) from shops
        where shops.shop_id = orders.shop_id) as capture_deadline_days,
      -- A file that covers the day of the authorization shows all of that day's transactions.
      (select max(seen_at) from sightings s where s.shop_id = orders.shop_id
          and (authorized_at at time zone 'Asia/Tokyo')::date between s.covers_from and s.covers_to
      ) as covered_at
    from orders
    left join lateral (
      select o.id, o.state, o.created_at from operations o
       where o.shop_id = orders.shop_id and o.order_number = orders.order_number
         and o.state in ('asking', 'unknown', 'review')) as open on true
    where shop_id = $1 and order_number = any($2) and transaction_state is not null`,
};
