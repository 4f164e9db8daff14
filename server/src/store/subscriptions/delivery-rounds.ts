import type { Instant } from '@renkei/core/domain/values/jst.ts';
import type { Queryable } from '../db/db.ts';

/** The job that makes the orders of subscriptions, from a shop's view. */
export type DeliveryJob = {
  /** The last complete round and the last failed one, for all shops together. */
  readonly lookedAt: Instant | null;
  readonly failedAt: Instant | null;
  /** The last time it made an order for this shop. */
  readonly madeAt: Instant | null;
};

/** Records a round of due deliveries, complete or failed. */
export async function noteDeliveryRound(db: Queryable, outcome: 'done' | 'failed'): Promise<void> {
  const column = outcome === 'done' ? 'looked_at' : 'failed_at';
  await db.query(
    `insert into delivery_look (looked_at, failed_at)
     values (case when $1 = 'done' then now() end, case when $1 = 'failed' then now() end)
     on conflict (single) do update set ${column} = now()`,
    [outcome],
  );
}

export async function loadDeliveryJob(db: Queryable, shopId: string): Promise<DeliveryJob> {
  const { rows } = await db.query<DeliveryJob>(
    `select (select looked_at from delivery_look) as "lookedAt",
        (select failed_at from delivery_look where failed_at > coalesce(looked_at, '-infinity')) as "failedAt",
        (select max(at) from subscription_deliveries
          where shop_id = $1 and state = 'ordered') as "madeAt"`,
    [shopId],
  );
  return rows[0] ?? { lookedAt: null, failedAt: null, madeAt: null };
}
