import type { OrderRef } from '@renkei/core/domain/order/order.ts';
import type { BatchStore, Caller } from '@renkei/core/ports/store.ts';
import type { Operation, Page } from '@renkei/core/turns/operation.ts';
import { assertSound } from '@renkei/core/turns/sound.ts';
import type { Db, Queryable } from '../db/db.ts';
import { DUE } from '../db/states.ts';
import { readPages } from './read-pages.ts';
import { writePages } from './write-pages.ts';

/**
 * The store on PostgreSQL. A turn, or a batch of turns, is two statements: the first reads the
 * pages, the second writes all changes of each order that nobody has written since (it compares and
 * increments the order's `turn`). The loser of a race writes nothing, reads again, and decides anew.
 */
export function createPgStore(db: Db): BatchStore {
  return {
    turn: (ref, decide, given) => turnOn(db, ref, decide, given),
    readPages: (asked) => readPages(db, asked),
    writePages: (decided) => writePages(db, decided),
    async due(limit) {
      const { rows } = await db.query<{ shop_id: string; order_number: string }>(DUE_OPERATIONS, [
        limit,
      ]);
      return rows.map((row) => ({ shopId: row.shop_id, orderNumber: row.order_number }));
    },
  };
}

const TRIES_MAX = 200;

/** Runs a turn on the pool, or in the caller's own transaction. Throws UnsoundTurn. */
export async function turnOn<T extends { readonly page: Page }>(
  db: Queryable,
  ref: OrderRef,
  decide: (page: Page, earlier: Operation | null) => T,
  given?: Caller,
): Promise<T> {
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const [read] = await readPages(db, [{ ref, given }]);
    if (read === undefined || read instanceof Error) throw read;
    const result = decide(read.page, read.earlier);
    assertSound(read.page, result.page);
    const [stands] = await writePages(db, [{ read, after: result.page }]);
    if (stands === true) return result;
  }
  throw new Error(`order ${ref.orderNumber} is written to without end`);
}

const DUE_OPERATIONS = `
  select shop_id, order_number from operations
   where state in ${DUE} and due_at <= now()
   order by due_at limit $1`;
