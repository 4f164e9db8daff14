import type { CAPTURE_DELAYS } from '@renkei/contract/lists/home.ts';
import type { Reason } from '@renkei/core/domain/reasons/index.ts';
import type { Sum } from '@renkei/core/domain/reconciliation/match.ts';
import type { Verb } from '@renkei/core/domain/transaction/link.ts';
import type { Instant, JstDate } from '@renkei/core/domain/values/jst.ts';
import type { Queryable } from '../db/db.ts';
import { DOUBTFUL } from '../db/states.ts';
import { lastKeyOf } from '../runs/row-key.ts';

/** The numbers of ホーム, each from the index that its list uses. */
export type HomeNumbers = {
  readonly unpaidCards: Sum;
  readonly inDoubt: {
    readonly unknown: number;
    readonly review: number;
    readonly oldestSince: Instant | null;
  };
  readonly failedRuns: number;
  readonly capturesPerDay: readonly (Sum & { readonly on: JstDate })[];
  readonly captureDelays: readonly { readonly delay: Delay; readonly count: number }[];
  readonly refusals: readonly { readonly reason: Reason; readonly count: number }[];
  readonly gatewayTimes: readonly GatewayTime[];
};
type Delay = (typeof CAPTURE_DELAYS)[number];
type GatewayTime = {
  readonly verb: Verb;
  readonly calls: number;
  readonly unanswered: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
};

export async function loadHome(
  db: Queryable,
  shopId: string,
  cards: readonly string[],
): Promise<HomeNumbers> {
  const rows = async <T extends object>(sql: string, ...more: unknown[]): Promise<T[]> =>
    (await db.query<T>(sql, [shopId, ...more])).rows;
  const [unpaid, doubt, runs, days, delays, refusals, times] = await Promise.all([
    rows<Sum>(UNPAID, cards),
    rows<HomeNumbers['inDoubt']>(IN_DOUBT),
    rows<{ count: number }>(FAILED_RUNS),
    rows<Sum & { on: JstDate }>(CAPTURES),
    rows<{ delay: Delay; count: number }>(DELAYS),
    rows<{ reason: Reason; count: number }>(REFUSALS),
    rows<GatewayTime>(TIMES),
  ]);
  return {
    unpaidCards: unpaid[0] ?? { count: 0, amount: 0 },
    inDoubt: doubt[0] ?? { unknown: 0, review: 0, oldestSince: null },
    failedRuns: runs[0]?.count ?? 0,
    capturesPerDay: days,
    captureDelays: delays,
    refusals,
    gatewayTimes: times,
  };
}

const UNPAID = `
  select coalesce(sum(orders), 0)::bigint as count, coalesce(sum(billed), 0)::bigint as amount
    from order_tallies
   where shop_id = $1 and status = 'processing' and not paid and payment_kind = any($2)`;

const IN_DOUBT = `
  select count(*) filter (where state = 'unknown') as unknown,
    count(*) filter (where state = 'review') as review, min(created_at) as "oldestSince"
    from operations where shop_id = $1 and state in ${DOUBTFUL}`;

const FAILED_RUNS = `
  select count(*) as count from runs r
   where r.shop_id = $1 and r.created_at > now() - interval '7 days' and exists (
     select 1 from run_rows row
       left join operations o on o.shop_id = row.shop_id
        and o.key = ${lastKeyOf('row')}
      where row.shop_id = r.shop_id and row.run_id = r.id
        and (row.state = 'refused' or o.state in ('declined', 'not_sent')))`;

/** The last thirty days in Japan, today included. */
const SINCE = `((now() at time zone 'Asia/Tokyo')::date - 29)::timestamp at time zone 'Asia/Tokyo'`;
const CAPTURED = `
  select at, (event -> 'transaction' ->> 'amount')::int as amount,
    to_timestamp((event -> 'transaction' ->> 'authorizedAt')::float8 / 1000) as authorized_at
    from journal where shop_id = $1 and at >= ${SINCE}
     and event ->> 'kind' = 'transaction_moved' and event ->> 'verb' = 'capture'`;

const CAPTURES = `
  with captured as (${CAPTURED})
  select day::date as on, count(captured.at) as count, coalesce(sum(amount), 0)::bigint as amount
    from generate_series((now() at time zone 'Asia/Tokyo')::date - 29,
      (now() at time zone 'Asia/Tokyo')::date, interval '1 day') as day
    left join captured on (captured.at at time zone 'Asia/Tokyo')::date = day::date
   group by day order by day`;

const DELAYS = `
  with captured as (${CAPTURED}), delays as (
    select (at at time zone 'Asia/Tokyo')::date
      - (authorized_at at time zone 'Asia/Tokyo')::date as days
      from captured where authorized_at is not null)
  select case when days <= 0 then 'd0' when days = 1 then 'd1' when days <= 3 then 'd2_3'
      when days <= 7 then 'd4_7' when days <= 14 then 'd8_14' else 'd15' end as delay,
    count(*) as count
    from delays group by 1`;

const REFUSALS = `
  select reason, count(*) as count from operations
   where shop_id = $1 and created_at >= ${SINCE} and state in ('declined', 'not_sent')
     and reason is not null
   group by 1 order by 2 desc, 1 limit 5`;

const TIMES = `
  select s.verb, count(*) as calls,
    count(*) filter (where s.state not in ('done', 'refused')) as unanswered,
    coalesce(percentile_cont(0.5) within group (order by took), 0)::int as "p50Ms",
    coalesce(percentile_cont(0.95) within group (order by took), 0)::int as "p95Ms"
    from operations o
    join steps s on s.shop_id = o.shop_id and s.operation_id = o.id
    cross join lateral (select case when s.state in ('done', 'refused')
      then extract(epoch from s.answered_at - s.sent_at) * 1000 end as took) as time
   where o.shop_id = $1 and o.created_at > now() - interval '7 days'
   group by 1 order by 2 desc`;
