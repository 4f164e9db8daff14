import type { DriftKind } from '@renkei/core/domain/drift/drift.ts';
import { AT_RISK, AUTHORIZED } from '../lists/deadlines.ts';
import type { Queryable } from './db.ts';
import { DOUBTFUL } from './states.ts';

/**
 * Returns the age in seconds of the oldest operation that is unknown or in review; 0 if there is
 * none.
 */
export async function ageOfUnresolved(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ age: number }>(
    `select coalesce(extract(epoch from now() - min(created_at)), 0)::float8 as age
       from operations where state in ${DOUBTFUL}`,
  );
  return rows[0]?.age ?? 0;
}

/** Counts open attention items, by shop and kind. */
export async function countOpenByShop(
  db: Queryable,
): Promise<{ readonly shop: string; readonly kind: DriftKind; readonly count: number }[]> {
  const { rows } = await db.query<{ shop: string; kind: DriftKind; count: number }>(
    `select shop_id as shop, kind, count(*) as count from attention
      where closed_at is null group by 1, 2`,
  );
  return rows;
}

/** Sums by shop the yen that are lost unless captured within so many days. */
export async function sumAtRiskByShop(
  db: Queryable,
  days: number,
): Promise<{ readonly shop: string; readonly amount: number }[]> {
  const { rows } = await db.query<{ shop: string; amount: number }>(
    `with authorized as (${AUTHORIZED})
     select shop_id as shop, sum(transaction_amount)::bigint as amount
       from authorized where ${AT_RISK} and capture_by - today <= $1 group by 1`,
    [days],
  );
  return rows;
}
