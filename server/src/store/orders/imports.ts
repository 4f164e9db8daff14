import { type IncomingOrder, newOrder } from '@renkei/core/domain/order/place-order.ts';
import type { Actor } from '@renkei/core/turns/operation.ts';
import { type Db, type Queryable, transaction } from '../db/db.ts';
import { judgePlacing, type Placed, placeOrders } from './order-place.ts';

const BATCH = 500;

/** True if the same file was imported into the shop before. */
export async function wasImported(db: Db, shopId: string, fileHash: string): Promise<boolean> {
  const { rowCount } = await db.query(
    'select 1 from imports where shop_id = $1 and file_hash = $2',
    [shopId, fileHash],
  );
  return rowCount === 1;
}

/** Returns the orders whose 取引番号 is, or once was, another order's of the shop (O1). */
export async function findTakenSeqnos(
  db: Queryable,
  shopId: string,
  orders: readonly IncomingOrder[],
): Promise<ReadonlySet<string>> {
  const wanted = orders.flatMap(({ orderNumber, transaction: paid }) =>
    paid?.kind === 'authorized' ? [{ orderNumber, seqno: paid.seqno }] : [],
  );
  const { rows } = await db.query<{ order_number: string }>(
    `select wanted."orderNumber" as order_number
       from jsonb_to_recordset($2) as wanted ("orderNumber" text, seqno text)
       join transaction_owners o on o.shop_id = $1 and o.seqno = wanted.seqno
      where o.order_number <> wanted."orderNumber"`,
    [shopId, JSON.stringify(wanted)],
  );
  return new Set(rows.map((row) => row.order_number));
}

/** Returns the outcomes of placing orders, in sequence. Writes and locks nothing. */
export async function judgeOrders(
  db: Queryable,
  shopId: string,
  orders: readonly IncomingOrder[],
): Promise<readonly Placed[]> {
  const outcomes: Placed[] = [];
  for (let from = 0; from < orders.length; from += BATCH) {
    const batch = orders.slice(from, from + BATCH).map((order) => newOrder(shopId, order));
    outcomes.push(...(await judgePlacing(db, batch)));
  }
  return outcomes;
}

export type ImportFile = {
  readonly shopId: string;
  readonly fileHash: string;
  readonly actor: Actor;
};

/**
 * Imports the orders of a file, all in one transaction. Existing orders with the same content stay
 * as they are; a conflict is never overwritten. `keep` sees the outcomes, in the orders' sequence,
 * and decides whether to commit or roll back.
 */
export async function importOrders(
  db: Db,
  { shopId, fileHash, actor }: ImportFile,
  orders: readonly IncomingOrder[],
  keep: (outcomes: readonly Placed[]) => boolean,
): Promise<{ readonly outcomes: readonly Placed[]; readonly kept: boolean }> {
  const outcomes: Placed[] = [];
  const work = transaction(db, async (client) => {
    for (let from = 0; from < orders.length; from += BATCH) {
      const batch = orders.slice(from, from + BATCH).map((order) => newOrder(shopId, order));
      outcomes.push(...(await placeOrders(client, batch, actor)));
    }
    if (!keep(outcomes)) throw new NotKept();
    const placed = outcomes.filter(({ kind }) => kind === 'placed').length;
    await client.query(
      `insert into imports (shop_id, file_hash, actor, orders) values ($1, $2, $3, $4)
       on conflict do nothing`,
      [shopId, fileHash, actor, placed],
    );
  });
  try {
    await work;
    return { outcomes, kept: true };
  } catch (error) {
    if (error instanceof NotKept) return { outcomes, kept: false };
    throw error;
  }
}

/** Rolls the transaction back. */
class NotKept extends Error {}
