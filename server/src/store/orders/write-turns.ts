import type { Order } from '@renkei/core/domain/order/order.ts';
import type { DecidedTurn } from '@renkei/core/ports/store.ts';
import type { Page, Step } from '@renkei/core/turns/operation.ts';
import pg from 'pg';
import { namesOf, type Row } from '../db/codec.ts';
import { isUnavailable, isUniqueViolation, type Queryable } from '../db/db.ts';
import { cancelRequestRow } from './cancel-requests.ts';
import { journalRows, movementRows, shipmentRows } from './page-rows.ts';
import { OPERATION, ORDER, operationRow, STEP, stepRow } from './rows.ts';

/**
 * Writes turns of different orders in one statement, which is one commit. Resolves to true for each
 * turn that stands. False: somebody has written the order since it was read, or the database
 * refused all for the sake of one; then nothing of the turn is written. A turn that only looked
 * writes nothing and stands.
 */
export async function writeTurns(
  db: Queryable,
  decided: readonly DecidedTurn[],
): Promise<readonly boolean[]> {
  const changed = decided.filter(changes);
  // Details are written one by one: the columns that derive from them are computed anew.
  const [detailed, plain] = [changed.filter(changesDetails), changed.filter(notDetailed)];
  const written = new Set<DecidedTurn>();
  const [alone] = decided.length === 1 ? detailed : [];
  if (alone !== undefined) await write(db, [alone], written);
  else if (plain.length > 0) await write(db, plain, written);
  return decided.map((one) => !changes(one) || written.has(one));
}

/** Writes the turns, and adds those that stand. */
async function write(
  db: Queryable,
  turns: readonly DecidedTurn[],
  written: Set<DecidedTurn>,
): Promise<void> {
  const [first] = turns;
  const detailed = turns.length === 1 && first !== undefined && changesDetails(first);
  const given = [
    turns.map(orderRow),
    turns.flatMap(operationRows),
    turns.flatMap(stepRows),
    turns.flatMap(({ read, after }) => journalRows(read.page.order, after)),
    turns.flatMap(({ after }) => after.mails.map((mail) => ({ ...refOf(after.order), ...mail }))),
    turns.flatMap(({ read, after }) => movementRows(read.page.order, after)),
  ];
  const details = detailed ? [linesOf(first), shipmentRows(first.after)] : [];
  const values = [...given, ...details].map((rows) => rows && JSON.stringify(rows));
  try {
    const statement = detailed ? WRITE_TURN_AND_DETAILS : WRITE_TURNS;
    const { rows } = await db.query<Row>({ ...statement, values });
    const won = new Set(rows.map((row) => `${row['shop_id']} ${row['order_number']}`));
    for (const turn of turns) {
      const { shopId, orderNumber } = turn.after.order;
      if (won.has(`${shopId} ${orderNumber}`)) written.add(turn);
    }
  } catch (error) {
    if (turns.length === 1 ? !isRace(error) : !isRefusal(error)) throw error;
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

function changes(turn: DecidedTurn): boolean {
  const isLook = stepsOf(turn).length === 0 && operationRows(turn).length === 0;
  return !isLook || turn.after.entries.length > 0;
}

function changesDetails(turn: DecidedTurn): boolean {
  return linesOf(turn) !== null || shipmentRows(turn.after) !== null;
}

function notDetailed(turn: DecidedTurn): boolean {
  return !changesDetails(turn);
}

function linesOf({ read, after }: DecidedTurn): Order['lines'] | null {
  return after.order.lines === read.page.order.lines ? null : after.order.lines;
}

function refOf({ shopId, orderNumber }: Order): Row {
  return { shop_id: shopId, order_number: orderNumber };
}

function orderRow({ read, after }: DecidedTurn): Row {
  const request = cancelRequestRow(after);
  return {
    ...refOf(after.order),
    turn: read.turn,
    ...ORDER.changes(after.order),
    moves_request: request !== null,
    requested_at: request?.['at'] ?? null,
  };
}

function operationRows({ read, after: { operation } }: DecidedTurn): Row[] {
  const isChanged = operation !== null && operation !== read.page.operation;
  return isChanged ? [operationRow(operation)] : [];
}

function stepsOf({ read, after }: DecidedTurn): Step[] {
  return [after.closedStep, after.step].filter(
    (step): step is Step => step !== null && step !== read.page.step,
  );
}

function stepRows(turn: DecidedTurn): Row[] {
  const { order }: Page = turn.after;
  return stepsOf(turn).map((step) => ({ ...refOf(order), ...stepRow(order, step) }));
}

/** $7 the products of each destination or null, $8 shipments or null. */
const SET_DETAILS = `
        first_details = coalesce(orders.first_details, orders.details),
        details = case when $8::jsonb is not null then with_shipments(orders.details, $8)
          else jsonb_set(orders.details, '{destinations}', (
            select jsonb_agg(destination || jsonb_build_object('lines', $7::jsonb -> (n - 1)::int)
                             order by n)
              from jsonb_array_elements(orders.details -> 'destinations')
                with ordinality as shown (destination, n))) end,`;

/** $1 orders, $2 operations, $3 steps, $4 entries, $5 mails, $6 movements: of those who win. */
function writing(details: string): string {
  const of = (rows: string) => `won join ${rows} using (shop_id, order_number)`;
  return `
    with given as materialized (
      select * from jsonb_to_recordset($1::jsonb) as row (
        shop_id text, order_number text, turn integer, moves_request boolean,
        requested_at timestamptz, ${ORDER.changingDefinitions})
    ), locked as materialized (
      -- In one order, so that two servers never wait for each other.
      select shop_id, order_number
        from orders join given using (shop_id, order_number)
       where orders.turn = given.turn
       order by shop_id, order_number for no key update of orders
    ), won as (
      update orders set turn = orders.turn + 1,${details}
        ${ORDER.assignments('given')},
        cancel_requested_at = case when given.moves_request then given.requested_at
          else orders.cancel_requested_at end
      from given join locked using (shop_id, order_number)
      where orders.shop_id = given.shop_id and orders.order_number = given.order_number
      returning orders.shop_id, orders.order_number
    ), operation as (
      insert into operations
      select given.* from ${of('jsonb_populate_recordset(null::operations, $2::jsonb) as given')}
       order by shop_id, order_number
      on conflict (shop_id, id) do update set ${OPERATION.assignments('excluded')}
    ), step as (
      -- In their order: the one that is closed goes first, for one only may be open.
      insert into steps (shop_id, ${namesOf(STEP.columns)})
      select shop_id, ${namesOf(STEP.columns)}
        from ${of(`jsonb_to_recordset($3::jsonb) as given (
          shop_id text, order_number text, ${STEP.definitions})`)}
       order by shop_id, order_number, n
      on conflict (shop_id, operation_id, n) do update set ${STEP.assignments('excluded')}
    ), entry as (
      insert into journal
      select given.* from ${of('jsonb_populate_recordset(null::journal, $4::jsonb) as given')}
       order by shop_id, order_number, given.version
    ), mail as (
      insert into mails (shop_id, order_number, kind, occasion)
      select shop_id, order_number, kind, occasion
        from ${of(`jsonb_to_recordset($5::jsonb) as given (
          shop_id text, order_number text, kind text, occasion text)`)}
       order by shop_id, order_number
    ), moved as materialized (
      select given.*, count(*) over (partition by shop_id) as places,
             row_number() over (partition by shop_id order by order_number, version, ordinality)
               as place
        from ${of('jsonb_populate_recordset(null::movements, $6::jsonb) with ordinality as given')}
    ), counted as (
      insert into movement_counters as counters (shop_id, last)
      select shop_id, count(*) from moved group by shop_id order by shop_id
      on conflict (shop_id) do update set last = counters.last + excluded.last
      returning shop_id, last
    ), movement as (
      insert into movements (shop_id, number, order_number, version, at, movement)
      select shop_id, last - places + place, order_number, version, at, movement
        from moved join counted using (shop_id)
    )
    select shop_id, order_number from won`;
}

const WRITE_TURNS = { name: 'write-turns', text: writing('') };
const WRITE_TURN_AND_DETAILS = { name: 'write-turn-and-details', text: writing(SET_DETAILS) };
