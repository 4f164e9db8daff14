import type { OrderRef } from '../domain/order.ts';
import { isOpen, type Operation, type Page, type Step } from '../operations/operation.ts';
import { OrderNotFound, type Store } from '../operations/store.ts';
import { type Db, isUniqueViolation, type Queryable, timestamp } from './db.ts';
import {
  type OperationRecord,
  ORDER_COLUMNS,
  type OrderRecord,
  operationOf,
  orderOf,
  type StepRecord,
  stepOf,
} from './rows.ts';

/**
 * The store on PostgreSQL. A turn is two statements: one that reads the page, and one that writes
 * all of it, provided that nobody has written since (the order's `turn` is compared and counted up).
 * Whoever comes second writes nothing, reads again, and decides anew.
 */
export function createPgStore(db: Db): Store {
  return {
    turn: (ref, decide, key) => turnOn(db, ref, decide, key),
    async due(limit) {
      const { rows } = await db.query<{ shop_id: string; order_number: string }>(DUE, [limit]);
      return rows.map((row) => ({ shopId: row.shop_id, orderNumber: row.order_number }));
    },
  };
}

const TRIES_MAX = 200;

/** A turn, on the pool or as a part of the caller's own transaction. */
export async function turnOn<T extends { readonly page: Page }>(
  db: Queryable,
  ref: OrderRef,
  decide: (page: Page, earlier: Operation | null) => T,
  key?: string,
): Promise<T> {
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const { page, earlier, turn } = await readPage(db, ref, key ?? null);
    const result = decide(page, earlier);
    if (await writePage(db, turn, page, result.page)) return result;
  }
  throw new Error(`order ${ref.orderNumber} is written to without end`);
}

const OPEN = `o.shop_id = orders.shop_id and o.order_number = orders.order_number
  and o.state in ('asking', 'unknown', 'review')`;

/** In JSON an instant is milliseconds, as everywhere in the domain. */
const millisecondsOf = (row: string, ...columns: readonly string[]) =>
  columns.map((column) => `'${column}', extract(epoch from ${row}.${column}) * 1000`).join(', ');
const OPERATION_JSON = `to_jsonb(o) || jsonb_build_object(
  ${millisecondsOf('o', 'due_at', 'created_at', 'ended_at')})`;
const STEP_JSON = `to_jsonb(s) || jsonb_build_object(${millisecondsOf('s', 'sent_at', 'answered_at')})`;

/** The order, settings, the clock, the open operation, its last step, and the key's operation. */
const READ_PAGE = {
  name: 'read-page',
  text: `
    select clock_timestamp() as now, turn, link_enabled, inquiry, ${ORDER_COLUMNS},
      (select ${OPERATION_JSON} from operations o where ${OPEN}) as open,
      (select ${STEP_JSON} from operations o
         join steps s on s.shop_id = o.shop_id and s.operation_id = o.id
        where ${OPEN} order by s.n desc limit 1) as step,
      (select ${OPERATION_JSON} from operations o
        where o.shop_id = orders.shop_id and o.key = $3) as earlier
    from orders
    join (select shop_id, link_enabled, inquiry from shops) as settings using (shop_id)
    where shop_id = $1 and order_number = $2`,
};

type PageRecord = OrderRecord & {
  now: number;
  turn: number;
  link_enabled: boolean;
  inquiry: boolean;
  open: OperationRecord | null;
  step: StepRecord | null;
  earlier: OperationRecord | null;
};

async function readPage(
  db: Queryable,
  ref: OrderRef,
  key: string | null,
): Promise<{ page: Page; earlier: Operation | null; turn: number }> {
  const values = [ref.shopId, ref.orderNumber, key];
  const { rows } = await db.query<PageRecord>({ ...READ_PAGE, values });
  const [row] = rows;
  if (row === undefined) throw new OrderNotFound(ref);
  const page: Page = {
    now: row.now,
    settings: { linkEnabled: row.link_enabled, inquiry: row.inquiry },
    order: orderOf(row),
    operation: row.open && operationOf(row.open),
    step: row.step && stepOf(row.step),
    closedStep: null,
    entries: [],
    mails: [],
  };
  return { page, earlier: row.earlier && operationOf(row.earlier), turn: row.turn };
}

/**
 * Writes what a turn has changed, in one statement: all of it, or, where somebody else has written
 * since the page was read, nothing. A turn that only looked writes nothing. True if it stands.
 */
async function writePage(db: Queryable, turn: number, before: Page, after: Page): Promise<boolean> {
  const { operation, entries } = after;
  const steps = [after.closedStep, after.step].filter(
    (step) => step !== null && step !== before.step,
  );
  const isNew = operation !== null && operation !== before.operation;
  if (!isNew && steps.length === 0 && entries.length === 0) return true;
  const values = [
    ...orderValues(turn, before, after),
    isNew ? JSON.stringify(operationRow(operation)) : null,
    JSON.stringify(steps.map((step) => step && stepRow(after, step))),
    JSON.stringify(after.mails),
    after.order.lines === before.order.lines ? null : JSON.stringify(after.order.lines),
    JSON.stringify(movementRows(before, after)),
    ...laterValues(after),
  ];
  try {
    const { rows } = await db.query<{ written: number }>({ ...WRITE_PAGE, values });
    return rows[0]?.written === 1;
  } catch (error) {
    // Another order's operation has taken the key in the meantime: the next reading finds it.
    if (isUniqueViolation(error, 'operations_shop_id_key_key')) return false;
    throw error;
  }
}

const WRITE_PAGE = {
  name: 'write-page',
  text: `
    with won as (
      update orders set turn = turn + 1, version = $8, status = $9, paid_on = $10, items = $11,
        shipping = $12, payment_fee = $13, wrapping = $14, points_used = $15,
        coupon_discount = $16, transaction_state = $17, seqno = $18, auth_code = $19,
        transaction_amount = $20, authorized_at = $21, transaction_as_of = $22,
        mail_sending = $23, mail_sent_count = $24, mail_last_sent_at = $25,
        payment_kind = $31, payment_method = $32, cool_fee = $33, other_fee = $34, discount = $35,
        stock_returned = $36, points_returned = $37,
        first_details = case when $29::jsonb is null then first_details
          else coalesce(first_details, details) end,
        details = case when $29::jsonb is null then details
          else jsonb_set(details, '{destinations}', (
            select jsonb_agg(destination || jsonb_build_object('lines', $29::jsonb -> (n - 1)::int)
                             order by n)
              from jsonb_array_elements(details -> 'destinations')
                with ordinality as given (destination, n))) end
      where shop_id = $1 and order_number = $2 and turn = $3
      returning version
    ), operation as (
      insert into operations
      select given.* from won, jsonb_populate_record(null::operations, $26::jsonb) as given
       where $26::jsonb is not null
      on conflict (shop_id, id) do update set state = excluded.state, reason = excluded.reason,
        card_token = excluded.card_token, due_at = excluded.due_at, looks = excluded.looks,
        unsent_tries = excluded.unsent_tries, ended_at = excluded.ended_at
    ), step as (
      -- In their order: the one that is closed goes first, for one only may be open.
      insert into steps
      select given.* from won, jsonb_populate_recordset(null::steps, $27::jsonb) as given
       order by given.n
      on conflict (shop_id, operation_id, n) do update set state = excluded.state,
        answered_at = excluded.answered_at, code = excluded.code, text = excluded.text
    ), entry as (
      insert into journal (shop_id, order_number, version, at, actor, operation_id, event)
      select $1, $2, ($4::int + n)::int, $5::timestamptz, $6::jsonb,
             nullif($7::jsonb ->> 'operationId', '')::uuid, event
        from won, jsonb_array_elements($7::jsonb -> 'events') with ordinality as given (event, n)
       order by n
    ), mail as (
      insert into mails (shop_id, order_number, kind, occasion)
      select $1, $2, kind, occasion
        from won, jsonb_to_recordset($28::jsonb) as given (kind text, occasion text)
    ), counted as (
      insert into movement_counters as counters (shop_id, last)
      select $1, jsonb_array_length($30::jsonb) from won where $30::jsonb <> '[]'::jsonb
      on conflict (shop_id) do update set last = counters.last + excluded.last
      returning last
    ), movement as (
      insert into movements (shop_id, number, order_number, version, at, movement)
      select $1, last - jsonb_array_length($30::jsonb) + n, $2,
             (given.moved ->> 'version')::int, $5::timestamptz, given.moved -> 'movement'
        from counted, jsonb_array_elements($30::jsonb) with ordinality as given (moved, n)
    )
    select count(*) as written from won`,
};

const SYSTEM = { kind: 'system', id: 'renkei', name: 'Renkei' };

function orderValues(turn: number, before: Page, after: Page): unknown[] {
  const { order, operation, entries, now } = after;
  const { amounts, transaction: held, paymentMail } = order;
  const actor = operation?.actor ?? SYSTEM;
  return [
    ...[order.shopId, order.orderNumber, turn, before.order.version, timestamp(now)],
    ...[JSON.stringify(actor), JSON.stringify({ operationId: operation?.id, events: entries })],
    ...[order.version, order.status, order.paidOn, amounts.items, amounts.shipping],
    ...[amounts.paymentFee, amounts.wrapping, amounts.pointsUsed, amounts.couponDiscount],
    ...[held?.state ?? null, held?.seqno ?? null, held?.authCode ?? null, held?.amount ?? null],
    ...[timestamp(held?.authorizedAt ?? null), timestamp(held?.asOf ?? null)],
    ...[paymentMail.sending, paymentMail.sentCount, timestamp(paymentMail.lastSentAt)],
  ];
}

/** The parameters of an order's row that came later, in the order of the statement. */
function laterValues({ order }: Page): unknown[] {
  const { amounts, paymentKind, paymentMethod, stockReturned, pointsReturned } = order;
  return [
    ...[paymentKind, paymentMethod, amounts.coolFee, amounts.otherFee, amounts.discount],
    ...[stockReturned, pointsReturned],
  ];
}

/** V6: what goes back to stock and points, with the version of the entry that says so. */
function movementRows(before: Page, { entries }: Page): object[] {
  return entries.flatMap((event, index) => {
    const movements = event.kind === 'status_changed' ? (event.movements ?? []) : [];
    const version = before.order.version + index + 1;
    return movements.map((movement) => ({ version, movement }));
  });
}

/** The rows of the tables as JSON, with the columns' names. */
function operationRow(operation: Operation): Record<string, unknown> {
  return {
    shop_id: operation.shopId,
    id: operation.id,
    order_number: operation.orderNumber,
    key: operation.key,
    input_hash: operation.inputHash,
    actor: operation.actor,
    goal: operation.goal,
    amount: operation.amount,
    afterwards: operation.afterwards,
    card_token: operation.cardToken,
    state: operation.state,
    reason: operation.reason,
    due_at: timestamp(operation.dueAt),
    unsent_tries: operation.unsentTries,
    looks: operation.looks,
    created_at: timestamp(operation.createdAt),
    ended_at: isOpen(operation) ? null : timestamp(operation.endedAt),
  };
}

function stepRow({ order }: Page, step: Step): Record<string, unknown> {
  return {
    shop_id: order.shopId,
    operation_id: step.operationId,
    n: step.n,
    verb: step.verb,
    seqno: step.seqno,
    amount: step.amount,
    repeat: step.repeat,
    state: step.state,
    sent_at: timestamp(step.sentAt),
    answered_at: timestamp(step.answeredAt),
    code: step.code,
    text: step.text,
  };
}

const DUE = `
  select shop_id, order_number from operations
   where state in ('asking', 'unknown') and due_at <= now()
   order by due_at limit $1`;
