import type { OrderRef } from '../domain/order.ts';
import { isOpen, type Operation, type Page, type Step } from '../operations/operation.ts';
import { OrderNotFound, type Store } from '../operations/store.ts';
import { type Connection, type Db, timestamp, transaction } from './db.ts';
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
 * The store on PostgreSQL. A turn locks the order's row, and only then reads the rest: what was
 * read before the lock was won could be another turn's past. Statements are prepared by name; a
 * turn is five round trips.
 */
export function createPgStore(db: Db): Store {
  return {
    turn: (ref, decide, key) => transaction(db, (client) => turnOn(client, ref, decide, key)),
    async due(limit) {
      const { rows } = await db.query<{ shop_id: string; order_number: string }>(DUE, [limit]);
      return rows.map((row) => ({ shopId: row.shop_id, orderNumber: row.order_number }));
    },
  };
}

/** A turn as a part of the caller's own transaction. */
export async function turnOn<T extends { readonly page: Page }>(
  client: Connection,
  ref: OrderRef,
  decide: (page: Page, earlier: Operation | null) => T,
  key?: string,
): Promise<T> {
  const { page, earlier } = await readPage(client, ref, key ?? null);
  // From here to the write nothing waits: what was decided rests on what was read.
  const result = decide(page, earlier);
  await writePage(client, page, result.page);
  return result;
}

const LOCK_ORDER = {
  name: 'lock-order',
  text: `select ${ORDER_COLUMNS} from orders where shop_id = $1 and order_number = $2 for update`,
};

/** Settings, the clock, the open operation with its last step, and the key's operation, if any. */
const READ_PAGE = {
  name: 'read-page',
  text: `
    select clock_timestamp() as now, shop.link_enabled, shop.inquiry,
      (select to_jsonb(o) || jsonb_build_object('due_at', extract(epoch from o.due_at) * 1000,
                'created_at', extract(epoch from o.created_at) * 1000, 'ended_at', null)
         from operations o
        where o.shop_id = $1 and o.order_number = $2 and o.state in ('asking', 'unknown', 'review')
      ) as open,
      (select to_jsonb(s) || jsonb_build_object('sent_at', extract(epoch from s.sent_at) * 1000,
                'answered_at', extract(epoch from s.answered_at) * 1000)
         from operations o join steps s on s.shop_id = o.shop_id and s.operation_id = o.id
        where o.shop_id = $1 and o.order_number = $2 and o.state in ('asking', 'unknown', 'review')
        order by s.n desc limit 1
      ) as step,
      (select to_jsonb(o) || jsonb_build_object('due_at', extract(epoch from o.due_at) * 1000,
                'created_at', extract(epoch from o.created_at) * 1000,
                'ended_at', extract(epoch from o.ended_at) * 1000)
         from operations o where o.shop_id = $1 and o.key = $3
      ) as earlier
    from shops shop where shop.shop_id = $1`,
};

type PageRecord = {
  now: number;
  link_enabled: boolean;
  inquiry: boolean;
  open: OperationRecord | null;
  step: StepRecord | null;
  earlier: OperationRecord | null;
};

async function readPage(
  client: Connection,
  ref: OrderRef,
  key: string | null,
): Promise<{ page: Page; earlier: Operation | null }> {
  const values = [ref.shopId, ref.orderNumber];
  const locked = await client.query<OrderRecord>({ ...LOCK_ORDER, values });
  const [order] = locked.rows;
  if (order === undefined) throw new OrderNotFound(ref);
  const read = await client.query<PageRecord>({ ...READ_PAGE, values: [...values, key] });
  const [row] = read.rows;
  if (row === undefined) throw new OrderNotFound(ref);
  const page: Page = {
    now: row.now,
    settings: { linkEnabled: row.link_enabled, inquiry: row.inquiry },
    order: orderOf(order),
    operation: row.open && operationOf(row.open),
    step: row.step && stepOf(row.step),
    closedStep: null,
    entries: [],
    mails: [],
  };
  return { page, earlier: row.earlier && operationOf(row.earlier) };
}

/** Writes what a turn has changed, and nothing else: a turn that only looked costs no write. */
async function writePage(client: Connection, before: Page, after: Page): Promise<void> {
  const { closedStep, step, operation } = after;
  // The step that is closed goes first: the index allows one open step per operation.
  if (closedStep !== null) await writeStep(client, after, closedStep);
  if (operation !== null && operation !== before.operation) {
    await client.query({ ...WRITE_OPERATION, values: operationValues(operation) });
  }
  if (step !== null && step !== before.step) await writeStep(client, after, step);
  if (after.entries.length > 0) await writeOrder(client, before, after);
  if (after.mails.length > 0) await writeMails(client, after);
}

const WRITE_OPERATION = {
  name: 'write-operation',
  text: `
    insert into operations (shop_id, id, order_number, key, input_hash, actor, goal, amount,
      afterwards, card_token, state, reason, due_at, unsent_tries, looks, created_at, ended_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
    on conflict (shop_id, id) do update set state = excluded.state, reason = excluded.reason,
      card_token = excluded.card_token, due_at = excluded.due_at, looks = excluded.looks,
      unsent_tries = excluded.unsent_tries, ended_at = excluded.ended_at`,
};

function operationValues(operation: Operation): unknown[] {
  const { shopId, id, orderNumber, key, inputHash, actor, goal, amount } = operation;
  const { afterwards, cardToken, state, reason, unsentTries, looks } = operation;
  const dueAt = timestamp(operation.dueAt);
  const createdAt = timestamp(operation.createdAt);
  const endedAt = isOpen(operation) ? null : timestamp(operation.endedAt);
  return [
    ...[shopId, id, orderNumber, key, inputHash, actor, goal, amount],
    ...[afterwards, cardToken, state, reason, dueAt, unsentTries, looks, createdAt, endedAt],
  ];
}

const WRITE_STEP = {
  name: 'write-step',
  text: `
    insert into steps (shop_id, operation_id, n, verb, seqno, amount, repeat, state, sent_at,
      answered_at, code, text)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
    on conflict (shop_id, operation_id, n) do update set state = excluded.state,
      answered_at = excluded.answered_at, code = excluded.code, text = excluded.text`,
};

async function writeStep(client: Connection, { order }: Page, step: Step): Promise<void> {
  const { operationId, n, verb, seqno, amount, repeat, state, code, text } = step;
  const sentAt = timestamp(step.sentAt);
  const answeredAt = timestamp(step.answeredAt);
  const values = [
    ...[order.shopId, operationId, n, verb, seqno, amount, repeat, state],
    ...[sentAt, answeredAt, code, text],
  ];
  await client.query({ ...WRITE_STEP, values });
}

/** The order's new state, and the journal entries that led to it (promise 5), in one statement. */
const WRITE_ORDER = {
  name: 'write-order',
  text: `
    with entries as (
      insert into journal (shop_id, order_number, version, at, actor, operation_id, event)
      select $1, $2, ($3::int + n)::int, $4::timestamptz, $5::jsonb, $6::uuid, event
        from jsonb_array_elements($7::jsonb) with ordinality as entry (event, n)
    )
    update orders set version = $8, status = $9, paid_on = $10, items = $11, shipping = $12,
      payment_fee = $13, wrapping = $14, points_used = $15, coupon_discount = $16,
      transaction_state = $17, seqno = $18, auth_code = $19, transaction_amount = $20,
      authorized_at = $21, transaction_as_of = $22, mail_sending = $23, mail_sent_count = $24,
      mail_last_sent_at = $25
    where shop_id = $1 and order_number = $2 and version = $3`,
};

const SYSTEM = { kind: 'system', id: 'renkei', name: 'Renkei' };

async function writeOrder(client: Connection, before: Page, after: Page): Promise<void> {
  const { order, operation, entries, now } = after;
  const { amounts, transaction: held, paymentMail } = order;
  const actor = operation?.actor ?? SYSTEM;
  const values = [
    ...[order.shopId, order.orderNumber, before.order.version, timestamp(now)],
    ...[JSON.stringify(actor), operation?.id ?? null, JSON.stringify(entries)],
    ...[order.version, order.status, order.paidOn, amounts.items, amounts.shipping],
    ...[amounts.paymentFee, amounts.wrapping, amounts.pointsUsed, amounts.couponDiscount],
    ...[held?.state ?? null, held?.seqno ?? null, held?.authCode ?? null, held?.amount ?? null],
    ...[timestamp(held?.authorizedAt ?? null), timestamp(held?.asOf ?? null)],
    ...[paymentMail.sending, paymentMail.sentCount, timestamp(paymentMail.lastSentAt)],
  ];
  const { rowCount } = await client.query({ ...WRITE_ORDER, values });
  if (rowCount !== 1) throw new Error(`order ${order.orderNumber} changed under its lock`);
}

const WRITE_MAIL = {
  name: 'write-mail',
  text: `insert into mails (shop_id, order_number, kind, occasion) values ($1, $2, $3, $4)`,
};

async function writeMails(client: Connection, { order, mails }: Page): Promise<void> {
  for (const { kind, occasion } of mails) {
    const values = [order.shopId, order.orderNumber, kind, occasion];
    await client.query({ ...WRITE_MAIL, values });
  }
}

const DUE = `
  select shop_id, order_number from operations
   where state in ('asking', 'unknown') and due_at <= now()
   order by due_at limit $1`;
