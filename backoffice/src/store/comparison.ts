import type { ComparisonFacts } from '../domain/comparison.ts';
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
  const { rows } = await db.query<FactsRecord>({ ...SELECT, values: [shopId, orderNumbers] });
  const slipIds = rows.flatMap(({ slip_id }) => slip_id ?? []);
  const slips = await loadSlips(db, shopId, slipIds);
  return rows.map((row) => {
    const slip = slips.get(row.slip_id ?? '');
    const { open_state: state, open_since: since } = row;
    return {
      order: orderOf(row),
      sighted: slip?.sighted ?? [],
      lookedAt: latest(slip?.lookedAt ?? null, row.covered_at),
      open: state === null || since === null ? null : { state, since, operationId: row.open_id },
      captureDeadlineDays: row.capture_deadline_days,
    };
  });
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

const SELECT = {
  name: 'select-comparison-facts',
  text: `
    select ${ORDER_COLUMNS}, open.state as open_state, open.created_at as open_since,
      open.id as open_id,
      (select capture_deadline_days from shops where shops.shop_id = orders.shop_id),
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
