import { nameOf, type OrderRef } from '@renkei/core/domain/order/order.ts';
import type { PageWrite } from '@renkei/core/ports/store.ts';
import type { Step } from '@renkei/core/turns/operation.ts';
import pg from 'pg';
import { isUnavailable, isUniqueViolation, type Queryable } from '../db/db.ts';
import { cancelRequestRow } from './cancel-requests.ts';
import { journalRows, movementRows, shipmentRows } from './page-rows.ts';
import { type PageRows, writingOf } from './page-statements.ts';
import { ORDER, operationRow, stepRow } from './rows.ts';

/**
 * Writes turns of different orders in one statement, which is one commit. Resolves to true for each
 * turn that stands; a turn that only looked writes nothing and stands. False: nothing of the turn is
 * written. Somebody has written its order since it was read; or the database refused all for the
 * sake of one; or it changes the order's details and has company, though the columns that derive
 * from them are computed for one order only.
 */
export async function writePages(
  db: Queryable,
  decided: readonly PageWrite[],
): Promise<readonly boolean[]> {
  const rows = decided.map(rowsOf);
  const changing = rows.filter((of) => of !== null);
  const together = changing.filter(({ details }) => details.length === 0 || changing.length === 1);
  const won = together.length === 0 ? new Set() : await write(db, together);
  return decided.map(({ after }, at) => rows[at] === null || won.has(nameOf(after.order)));
}

/** Resolves to the names of the orders whose turns stand. */
async function write(db: Queryable, turns: readonly PageRows[]): Promise<Set<string>> {
  const all = (part: keyof PageRows) => turns.flatMap((rows) => rows[part]);
  const statement = writingOf({
    orders: all('orders'),
    operations: all('operations'),
    steps: all('steps'),
    entries: all('entries'),
    mails: all('mails'),
    movements: all('movements'),
    details: all('details'),
  });
  try {
    const { rows } = await db.query<OrderRef>(statement);
    return new Set(rows.map(nameOf));
  } catch (error) {
    if (turns.length === 1 ? isRace(error) : isRefusal(error)) return new Set();
    throw error;
  }
}

/** True if another order's turn came first: the next reading finds what it wrote. */
function isRace(error: unknown): boolean {
  return [
    'operations_shop_id_key_key', // it has taken the key
    'one_draw_per_number', // F59: the same person has drawn
    'one_owner_per_transaction', // O1: it has taken the transaction
  ].some((index) => isUniqueViolation(error, index));
}

/** True if the database has surely written nothing, and might write each turn by itself. */
function isRefusal(error: unknown): boolean {
  return error instanceof pg.DatabaseError && !isUnavailable(error);
}

/** Returns the rows that a turn writes; null if it only looked. */
function rowsOf({ read: { page: before, turn }, after }: PageWrite): PageRows | null {
  const { order, operation, entries } = after;
  const ref = { shop_id: order.shopId, order_number: order.orderNumber };
  const operations = operation !== null && operation !== before.operation ? [operation] : [];
  const steps = [after.closedStep, after.step].filter(
    (step): step is Step => step !== null && step !== before.step,
  );
  if (operations.length + steps.length + entries.length === 0) return null;
  const request = cancelRequestRow(after);
  const moved = { moves_request: request !== null, requested_at: request?.at ?? null };
  const lines = order.lines === before.order.lines ? null : order.lines;
  const shipments = shipmentRows(after);
  return {
    orders: [{ ...ref, turn, ...ORDER.changes(order), ...moved }],
    operations: operations.map(operationRow),
    steps: steps.map((step) => ({ ...ref, ...stepRow(order, step) })),
    entries: journalRows(before.order, after),
    mails: after.mails.map((mail) => ({ ...ref, ...mail })),
    movements: movementRows(before.order, after),
    details: lines === null && shipments === null ? [] : [{ lines, shipments }],
  };
}
