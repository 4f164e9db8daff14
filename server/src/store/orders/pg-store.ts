import { type Drawn, limitsOf, type TwoPersonRule } from '@renkei/core/domain/limits/limits.ts';
import type { Order, OrderRef } from '@renkei/core/domain/order/order.ts';
import { type Caller, OrderNotFound, type Store } from '@renkei/core/ports/store.ts';
import type { Hold, Operation, Page, Step } from '@renkei/core/turns/operation.ts';
import { assertSound } from '@renkei/core/turns/sound.ts';
import { holdOf } from '../attention/outages.ts';
import type { RowOf } from '../db/codec.ts';
import { type Db, isUniqueViolation, type Queryable } from '../db/db.ts';
import { DUE, OPEN } from '../db/states.ts';
import { BOOKS_JSON, type BooksRecord, booksOf } from './books.ts';
import { cancelRequestRow } from './cancel-requests.ts';
import { drawnJson } from './draws.ts';
import { journalRows, movementRows, shipmentRows } from './page-rows.ts';
import { OPERATION, ORDER, operationRow, STEP, stepRow } from './rows.ts';

/**
 * The store on PostgreSQL. A turn is two statements: the first reads the page, the second writes
 * all of it, provided that nobody has written since (it compares and increments the order's
 * `turn`). The loser of a race writes nothing, reads again, and decides anew.
 */
export function createPgStore(db: Db): Store {
  return {
    turn: (ref, decide, given) => turnOn(db, ref, decide, given),
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
    const { page, earlier, turn } = await readPage(db, ref, given);
    const result = decide(page, earlier);
    assertSound(page, result.page);
    if (await writePage(db, turn, page, result.page)) return result;
  }
  throw new Error(`order ${ref.orderNumber} is written to without end`);
}

const OPEN_OPERATION = `o.shop_id = orders.shop_id and o.order_number = orders.order_number
  and o.state in ${OPEN}`;

/**
 * The order, the settings, the clock, the open operation, its last step, and the key's operation.
 */
const READ_PAGE = {
  name: 'read-page',
  text: `
    select clock_timestamp() as now, turn, link_enabled, inquiry, ${holdOf('orders')} as hold,
      confirm_orders, confirm_yen, limits,
      ${ORDER.select},
      ${BOOKS_JSON} as books,
      (select ${OPERATION.json('o')} from operations o where ${OPEN_OPERATION}) as open,
      (select ${STEP.json('s')} from operations o
         join steps s on s.shop_id = o.shop_id and s.operation_id = o.id
        where ${OPEN_OPERATION} order by s.n desc limit 1) as step,
      (select ${OPERATION.json('o')} from operations o
        where o.shop_id = orders.shop_id and o.key = $3) as earlier,
      ${drawnJson('$4')} as drawn
    from orders
    join (select shop_id, link_enabled, inquiry, confirm_orders, confirm_yen, limits
            from shops) as settings
      using (shop_id)
    where shop_id = $1 and order_number = $2`,
};

type PageRecord = RowOf<Order> & {
  now: number;
  turn: number;
  link_enabled: boolean;
  inquiry: boolean;
  hold: Hold | null;
  confirm_orders: number;
  confirm_yen: number;
  limits: Partial<TwoPersonRule>;
  books: BooksRecord;
  open: RowOf<Operation> | null;
  step: RowOf<Step> | null;
  earlier: RowOf<Operation> | null;
  drawn: Drawn;
};

async function readPage(
  db: Queryable,
  ref: OrderRef,
  given: Caller | undefined,
): Promise<{ page: Page; earlier: Operation | null; turn: number }> {
  const { key = null, actorId = null } = given ?? {};
  const values = [ref.shopId, ref.orderNumber, key, actorId];
  const { rows } = await db.query<PageRecord>({ ...READ_PAGE, values });
  const [row] = rows;
  if (row === undefined) throw new OrderNotFound(ref);
  const page: Page = {
    now: row.now,
    settings: {
      linkEnabled: row.link_enabled,
      inquiry: row.inquiry,
      hold: row.hold,
      confirm: { orders: row.confirm_orders, yen: row.confirm_yen },
      limits: limitsOf(row.limits),
    },
    order: ORDER.read(row),
    books: booksOf(row.books),
    operation: row.open && OPERATION.read(row.open),
    step: row.step && STEP.read(row.step),
    closedStep: null,
    drawn: row.drawn,
    entries: [],
    mails: [],
  };
  return { page, earlier: row.earlier && OPERATION.read(row.earlier), turn: row.turn };
}

/**
 * Writes the changes of a turn in one statement: all of them, or none if somebody else has written
 * since the page was read. A turn that only looked writes nothing. Resolves to true if the turn
 * stands.
 */
async function writePage(db: Queryable, turn: number, before: Page, after: Page): Promise<boolean> {
  const { order, operation, entries } = after;
  const steps = [after.closedStep, after.step].filter((step) => step !== before.step);
  const changed = operation !== null && operation !== before.operation ? operation : null;
  if (changed === null && steps.every((step) => step === null) && entries.length === 0) return true;
  const given = [
    ORDER.changes(order),
    changed && operationRow(changed),
    steps.flatMap((step) => (step === null ? [] : stepRow(order, step))),
    journalRows(before.order, after),
    after.mails,
    movementRows(before.order, after),
    cancelRequestRow(after),
  ];
  const details = [order.lines === before.order.lines ? null : order.lines, shipmentRows(after)];
  const hasDetails = details.some((rows) => rows !== null);
  const statement = hasDetails ? WRITE_PAGE_AND_DETAILS : WRITE_PAGE;
  const values = [
    order.shopId,
    order.orderNumber,
    turn,
    ...[...given, ...(hasDetails ? details : [])].map((rows) => rows && JSON.stringify(rows)),
  ];
  try {
    const { rows } = await db.query<{ written: number }>({ ...statement, values });
    return rows[0]?.written === 1;
  } catch (error) {
    // Another order's operation has taken the key meanwhile: the next reading finds it.
    if (isUniqueViolation(error, 'operations_shop_id_key_key')) return false;
    // F59: the same person has drawn meanwhile: the next reading counts it.
    if (isUniqueViolation(error, 'one_draw_per_number')) return false;
    // O1: another order has taken the transaction meanwhile: the next reading finds it.
    if (isUniqueViolation(error, 'one_owner_per_transaction')) return false;
    throw error;
  }
}

/** $11 products or null, $12 shipments or null. */
const SET_DETAILS = `
        first_details = coalesce(orders.first_details, orders.details),
        details = case when $12::jsonb is not null then with_shipments(orders.details, $12)
          else jsonb_set(orders.details, '{destinations}', (
            select jsonb_agg(destination || jsonb_build_object('lines', $11::jsonb -> (n - 1)::int)
                             order by n)
              from jsonb_array_elements(orders.details -> 'destinations')
                with ordinality as shown (destination, n))) end,`;

/**
 * $4 order, $5 operation or null, $6 steps, $7 entries, $8 mails, $9 movements, $10 the cancel
 * request or null.
 */
function writing(details: string): string {
  return `
    with won as (
      update orders set turn = orders.turn + 1,${details}
        ${ORDER.assignments('given')},
        cancel_requested_at = case when $10::jsonb is null then orders.cancel_requested_at
          else ($10::jsonb ->> 'at')::timestamptz end
      from jsonb_populate_record(null::orders, $4::jsonb) as given
      where orders.shop_id = $1 and orders.order_number = $2 and orders.turn = $3
      returning orders.version
    ), operation as (
      insert into operations
      select given.* from won, jsonb_populate_record(null::operations, $5::jsonb) as given
       where $5::jsonb is not null
      on conflict (shop_id, id) do update set ${OPERATION.assignments('excluded')}
    ), step as (
      -- In their order: the one that is closed goes first, for one only may be open.
      insert into steps
      select given.* from won, jsonb_populate_recordset(null::steps, $6::jsonb) as given
       order by given.n
      on conflict (shop_id, operation_id, n) do update set ${STEP.assignments('excluded')}
    ), entry as (
      insert into journal
      select given.* from won, jsonb_populate_recordset(null::journal, $7::jsonb) as given
       order by given.version
    ), mail as (
      insert into mails (shop_id, order_number, kind, occasion)
      select $1, $2, kind, occasion
        from won, jsonb_to_recordset($8::jsonb) as given (kind text, occasion text)
    ), counted as (
      insert into movement_counters as counters (shop_id, last)
      select $1, jsonb_array_length($9::jsonb) from won where $9::jsonb <> '[]'::jsonb
      on conflict (shop_id) do update set last = counters.last + excluded.last
      returning last
    ), movement as (
      insert into movements (shop_id, number, order_number, version, at, movement)
      select given.shop_id, last - jsonb_array_length($9::jsonb) + row_number() over (),
             given.order_number, given.version, given.at, given.movement
        from counted, jsonb_populate_recordset(null::movements, $9::jsonb) as given
    )
    select count(*) as written from won`;
}

const WRITE_PAGE = { name: 'write-page', text: writing('') };
/** Computes the columns derived from an order's details only if the details change. */
const WRITE_PAGE_AND_DETAILS = { name: 'write-page-and-details', text: writing(SET_DETAILS) };

const DUE_OPERATIONS = `
  select shop_id, order_number from operations
   where state in ${DUE} and due_at <= now()
   order by due_at limit $1`;
