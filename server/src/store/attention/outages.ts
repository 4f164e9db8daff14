import type { Hold } from '@renkei/core/turns/operation.ts';
import type { Queryable } from '../db/db.ts';

/** Records that a shop's gateway is out of reach; keeps the first record. */
export async function beginOutage(db: Queryable, shopId: string, cause: string): Promise<void> {
  await db.query(
    `insert into outages (shop_id, cause)
       select shop_id, $2 from shops where shop_id = $1 on conflict do nothing`,
    [shopId, cause],
  );
}

export async function endOutage(db: Queryable, shopId: string): Promise<void> {
  await db.query('delete from outages where shop_id = $1', [shopId]);
}

export async function listOutages(db: Queryable): Promise<string[]> {
  const { rows } = await db.query<{ shop_id: string }>('select shop_id from outages');
  return rows.map((row) => row.shop_id);
}

/** The reason why a shop may not ask its gateway, for a select list over a table with shop_id. */
export const holdOf = (table: string): string => `case
  when exists (select from safe_modes where released_at is null) then 'safe_mode'
  when exists (select from outages where outages.shop_id = ${table}.shop_id) then 'gateway_down'
  end`;

/** Lists the reason why each shop may not ask its gateway; null if it may. */
export async function listHolds(db: Queryable): Promise<Map<string, Hold | null>> {
  const { rows } = await db.query<{ shop_id: string; hold: Hold | null }>(
    `select shop_id, ${holdOf('shops')} as hold from shops`,
  );
  return new Map(rows.map(({ shop_id, hold }) => [shop_id, hold]));
}
