import type { Instant } from '@renkei/core/domain/order.ts';
import type { Queryable } from '../db/db.ts';

/** The job that makes the orders of subscriptions, as a shop sees it. */
export type DeliveryJob = {
  /** The last look that came to its end, and the last that broke off; of all shops together. */
  readonly lookedAt: Instant | null;
  readonly failedAt: Instant | null;
  /** When it last made an order for this shop. */
  readonly madeAt: Instant | null;
};

/** Notes that deliveries were looked for, to the end or not. */
export async function noteDeliveryLook(db: Queryable, outcome: 'done' | 'failed'): Promise<void> {
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
