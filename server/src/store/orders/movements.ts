import type { Movement } from '@renkei/core/domain/order/movement.ts';
import type { Instant } from '@renkei/core/domain/values/jst.ts';
import type { Queryable } from '../db/db.ts';

/** A movement of stock or points (V6), written together with the change of status. */
export type StoredMovement = {
  readonly number: number;
  readonly at: Instant;
  readonly orderNumber: string;
  readonly version: number;
  readonly movement: Movement;
};

/** Lists the movements of a shop after a number, oldest first. */
export async function listMovements(
  db: Queryable,
  shopId: string,
  after: number,
  limit: number,
): Promise<StoredMovement[]> {
  const { rows } = await db.query<StoredMovement>(
    `select number, at, order_number as "orderNumber", version, movement from movements
      where shop_id = $1 and number > $2 order by number limit $3`,
    [shopId, after, limit],
  );
  return rows;
}
