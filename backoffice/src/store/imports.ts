import type { Actor } from '../operations/operation.ts';
import { type Db, transaction } from './db.ts';
import { type IncomingOrder, newOrder, type Placed, placeOrders } from './order-place.ts';

const BATCH = 500;

/** True where this very file was imported into the shop before. */
export async function wasImported(db: Db, shopId: string, fileHash: string): Promise<boolean> {
  const { rowCount } = await db.query(
    'select 1 from imports where shop_id = $1 and file_hash = $2',
    [shopId, fileHash],
  );
  return rowCount === 1;
}

/**
 * Imports the orders of a file, all in one transaction: all of them or none. Orders that are there
 * with the same content stay as they are. Resolves to the outcomes in the orders' sequence; where
 * one is a conflict and `partial` is false, nothing is imported.
 */
export async function importOrders(
  db: Db,
  file: { readonly shopId: string; readonly fileHash: string; readonly actor: Actor },
  orders: readonly IncomingOrder[],
  partial: boolean,
): Promise<{ readonly outcomes: readonly Placed[]; readonly imported: boolean }> {
  const outcomes: Placed[] = [];
  const { shopId, fileHash, actor } = file;
  const work = transaction(db, async (client) => {
    for (let from = 0; from < orders.length; from += BATCH) {
      const batch = orders.slice(from, from + BATCH).map((order) => newOrder(shopId, order));
      outcomes.push(...(await placeOrders(client, batch, actor)));
    }
    if (!partial && outcomes.includes('conflict')) throw new NothingImported();
    const placed = outcomes.filter((outcome) => outcome === 'placed').length;
    await client.query(
      `insert into imports (shop_id, file_hash, actor, orders) values ($1, $2, $3, $4)
       on conflict do nothing`,
      [shopId, fileHash, actor, placed],
    );
  });
  try {
    await work;
    return { outcomes, imported: true };
  } catch (error) {
    if (error instanceof NothingImported) return { outcomes, imported: false };
    throw error;
  }
}

/** Rolls the transaction back where a file must not be imported in part. */
class NothingImported extends Error {}
