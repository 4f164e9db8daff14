import { namesOf, type Row } from '../db/codec.ts';
import { OPERATION, ORDER, STEP } from './rows.ts';

/** The rows of turns, by what they become; each row names its order. */
export type PageRows = {
  /** With the `turn` at which each was read. */
  readonly orders: readonly Row[];
  readonly operations: readonly Row[];
  readonly steps: readonly Row[];
  readonly entries: readonly Row[];
  readonly mails: readonly Row[];
  readonly movements: readonly Row[];
  /** The products of each destination, or the shipments, of the only order; usually neither. */
  readonly details: readonly Row[];
};

/**
 * Returns the statement that writes turns: of each order that nobody has written since, all rows; of
 * the others nothing. It returns the shop and number of those that stand. It has only the parts
 * that have rows, because an empty part costs as much as another.
 */
export function writingOf(rows: PageRows) {
  const parts = PARTS.filter((part) => rows[part].length > 0);
  const shape = [rows.orders.length > 1 ? 'orders' : 'order', ...parts].join(' ');
  const text = texts.get(shape) ?? textOf(parts, rows.orders.length > 1);
  texts.set(shape, text);
  const values = [rows.orders, ...parts.map((part) => rows[part])].map((of) => JSON.stringify(of));
  // PostgreSQL cuts names at 63 bytes.
  return { name: `write ${shape}`.slice(0, 63), text, values };
}

/** The texts by shape: each is prepared once on a connection. */
const texts = new Map<string, string>();

type RowKind = Exclude<keyof PageRows, 'orders'>;

/** `rows` is the parameter with the part's rows, as JSON. */
const SQL: { readonly [P in Exclude<RowKind, 'details'>]: (rows: string) => string } = {
  operations: (rows) => `operation as (
      insert into operations
      select given.* from ${won(`jsonb_populate_recordset(null::operations, ${rows}) as given`)}
       order by shop_id, order_number
      on conflict (shop_id, id) do update set ${OPERATION.assignments('excluded')})`,

  // In their order: the one that is closed goes first, for one only may be open.
  steps: (rows) => `step as (
      insert into steps (shop_id, ${namesOf(STEP.columns)})
      select shop_id, ${namesOf(STEP.columns)}
        from ${won(`jsonb_to_recordset(${rows}) as given (${REF}, ${STEP.definitions})`)}
       order by shop_id, order_number, n
      on conflict (shop_id, operation_id, n) do update set ${STEP.assignments('excluded')})`,

  entries: (rows) => `entry as (
      insert into journal
      select given.* from ${won(`jsonb_populate_recordset(null::journal, ${rows}) as given`)}
       order by shop_id, order_number, given.version)`,

  mails: (rows) => `mail as (
      insert into mails (shop_id, order_number, kind, occasion)
      select shop_id, order_number, kind, occasion
        from ${won(`jsonb_to_recordset(${rows}) as given (${REF}, kind text, occasion text)`)}
       order by shop_id, order_number)`,

  movements: (rows) => `moved as (
      select given.*, count(*) over (partition by shop_id) as places,
             row_number() over (partition by shop_id order by order_number, version, ordinality)
               as place
        from ${won(`jsonb_populate_recordset(null::movements, ${rows}) with ordinality as given`)}
    ), counted as (
      insert into movement_counters as counters (shop_id, last)
      select shop_id, count(*) from moved group by shop_id order by shop_id
      on conflict (shop_id) do update set last = counters.last + excluded.last
      returning shop_id, last
    ), movement as (
      insert into movements (shop_id, number, order_number, version, at, movement)
      select shop_id, last - places + place, order_number, version, at, movement
        from moved join counted using (shop_id))`,
};

const PARTS = [...(Object.keys(SQL) as (keyof typeof SQL)[]), 'details'] as const;
const REF = 'shop_id text, order_number text';

/** Returns the rows of the orders that have won. */
function won(rows: string): string {
  return `won join ${rows} using (shop_id, order_number)`;
}

function textOf(parts: readonly RowKind[], isOfSeveral: boolean): string {
  const parameterOf = (part: RowKind) => `$${parts.indexOf(part) + 2}::jsonb`;
  const inserts = parts.filter((part) => part !== 'details');
  const details = parts.includes('details') ? detailsFrom(`${parameterOf('details')} -> 0`) : '';
  const queries = [
    `given as materialized (
      select * from jsonb_to_recordset($1::jsonb) as given (
        ${REF}, turn integer, moves_request boolean, requested_at timestamptz,
        ${ORDER.changingDefinitions}) limit ${isOfSeveral ? 32 : 1})`,
    ...(isOfSeveral ? [LOCKED] : []),
    `won as (
      update orders set turn = orders.turn + 1,${details}
        ${ORDER.assignments('given')},
        cancel_requested_at = case when given.moves_request then given.requested_at
          else orders.cancel_requested_at end
      from given ${isOfSeveral ? 'join locked using (shop_id, order_number)' : ''}
      where orders.shop_id = given.shop_id and orders.order_number = given.order_number
        and orders.turn = given.turn
      returning orders.shop_id, orders.order_number)`,
    ...inserts.map((part) => SQL[part](parameterOf(part))),
  ];
  return `with ${queries.join(',\n    ')}
    select shop_id as "shopId", order_number as "orderNumber" from won`;
}

/** In one sequence, so that two servers never wait for each other in a circle. */
const LOCKED = `locked as materialized (
      select shop_id, order_number
        from orders join given using (shop_id, order_number)
       where orders.turn = given.turn
       order by shop_id, order_number for no key update of orders)`;

function detailsFrom(row: string): string {
  return `
        first_details = coalesce(orders.first_details, orders.details),
        details = case when jsonb_typeof(${row} -> 'shipments') = 'array'
          then with_shipments(orders.details, ${row} -> 'shipments')
          else jsonb_set(orders.details, '{destinations}', (
            select jsonb_agg(destination
                     || jsonb_build_object('lines', ${row} -> 'lines' -> (n - 1)::int) order by n)
              from jsonb_array_elements(orders.details -> 'destinations')
                with ordinality as shown (destination, n))) end,`;
}
