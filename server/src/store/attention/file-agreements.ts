import type { Actor } from '@renkei/core/turns/operation.ts';
import type { Queryable } from '../db/db.ts';

/**
 * S6: notes that a second person has imported the same file, and queues the orders that it concerns;
 * false if the person is the first one, or if somebody else was the second.
 */
export async function agreeToFile(
  db: Queryable,
  shopId: string,
  fileHash: string,
  actor: Actor,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `with agreed as (
       insert into file_agreements (shop_id, sighting_id, actor)
       select shop_id, id, $3 from sightings
        where shop_id = $1 and file_hash = $2 and actor ->> 'id' <> $3::jsonb ->> 'id'
       on conflict do nothing returning shop_id, sighting_id
     ), touched as (
       insert into touched_orders (shop_id, order_number)
       select distinct o.shop_id, o.order_number
         from agreed join observations seen using (shop_id, sighting_id)
         join orders o on o.shop_id = seen.shop_id and o.slip_id = seen.slip_id
     )
     select from agreed`,
    [shopId, fileHash, actor],
  );
  return rowCount === 1;
}
