import type { OrderDetails } from '../contract/order-content.ts';
import type { OrderEvent } from '../domain/events.ts';
import type { Instant, Order, OrderRef } from '../domain/order.ts';
import type { Actor, Operation, Step } from '../operations/operation.ts';
import type { Queryable } from './db.ts';
import {
  OPERATION_JSON,
  type OperationRecord,
  ORDER_COLUMNS,
  type OrderRecord,
  operationOf,
  orderOf,
  STEPS_JSON,
  type StepRecord,
  stepOf,
} from './rows.ts';

/** An order as people read it: all that is stored, without a lock. */
export type StoredOrder = {
  readonly order: Order;
  readonly details: OrderDetails;
  /** 初回受注情報: the details as first placed. */
  readonly firstDetails: OrderDetails;
  readonly customerName: string;
  readonly requestedDelivery: string;
  /** Since when a キャンセル依頼 stands; null where there is none. */
  readonly cancelRequestedAt: Instant | null;
  /** The open operation, else the last one. */
  readonly operation: OperationWithSteps | null;
};

export type OperationWithSteps = { readonly operation: Operation; readonly steps: readonly Step[] };

export async function loadOrder(db: Queryable, ref: OrderRef): Promise<StoredOrder | null> {
  const values = [ref.shopId, ref.orderNumber];
  const { rows } = await db.query<StoredRecord>({ ...SELECT_ORDER, values });
  const [row] = rows;
  if (row === undefined) return null;
  const { details, customer_name: customerName, requested_delivery: requestedDelivery } = row;
  const firstDetails = row.first_details ?? details;
  return {
    ...{ order: orderOf(row), details, firstDetails, customerName, requestedDelivery },
    cancelRequestedAt: row.cancel_requested_at,
    operation: row.last && withSteps(row.last),
  };
}

type LoadedOperation = {
  readonly operation: OperationRecord;
  readonly steps: readonly StepRecord[] | null;
};

function withSteps({ operation, steps }: LoadedOperation): OperationWithSteps {
  return { operation: operationOf(operation), steps: (steps ?? []).map(stepOf) };
}

type StoredRecord = OrderRecord & {
  details: OrderDetails;
  first_details: OrderDetails | null;
  customer_name: string;
  requested_delivery: string;
  cancel_requested_at: number | null;
  last: LoadedOperation | null;
};

const SELECT_ORDER = {
  name: 'select-order',
  text: `
    select ${ORDER_COLUMNS}, details, first_details, customer_name, requested_delivery,
      cancel_requested_at,
      (select jsonb_build_object('operation', ${OPERATION_JSON}, 'steps', ${STEPS_JSON})
         from operations o
        where o.shop_id = orders.shop_id and o.order_number = orders.order_number
        order by o.created_at desc, o.id desc limit 1) as last
    from orders where shop_id = $1 and order_number = $2`,
};

/** An operation with every call that it has made, in order. */
export async function loadOperation(
  db: Queryable,
  shopId: string,
  id: string,
): Promise<OperationWithSteps | null> {
  const { rows } = await db.query<LoadedOperation>({ ...SELECT_OPERATION, values: [shopId, id] });
  return rows[0] === undefined ? null : withSteps(rows[0]);
}

const SELECT_OPERATION = {
  name: 'select-operation',
  text: `select ${OPERATION_JSON} as operation, ${STEPS_JSON} as steps
           from operations o where o.shop_id = $1 and o.id = $2`,
};

/** The operation that was accepted under a caller's key, with the hash of what was asked with it. */
export async function findOperationByKey(
  db: Queryable,
  shopId: string,
  key: string,
): Promise<{ readonly id: string; readonly inputHash: string } | null> {
  const { rows } = await db.query<{ id: string; inputHash: string }>(
    'select id, input_hash as "inputHash" from operations where shop_id = $1 and key = $2',
    [shopId, key],
  );
  return rows[0] ?? null;
}

/** One entry of an order's journal. */
export type JournalEntry = {
  readonly version: number;
  readonly at: Instant;
  readonly actor: Actor;
  readonly operationId: string | null;
  readonly event: OrderEvent;
};

/** The journal of an order from its first entry: replaying it gives the order (promise 5). */
export async function loadJournal(db: Queryable, ref: OrderRef): Promise<JournalEntry[]> {
  const values = [ref.shopId, ref.orderNumber];
  const { rows } = await db.query<JournalRecord>({ ...SELECT_JOURNAL, values });
  return rows.map(({ operation_id: operationId, ...entry }) => ({ ...entry, operationId }));
}

type JournalRecord = Omit<JournalEntry, 'operationId'> & { readonly operation_id: string };

const SELECT_JOURNAL = {
  name: 'select-journal',
  text: `select version, at, actor, operation_id, event from journal
          where shop_id = $1 and order_number = $2 order by version limit 2000`,
};

/** Every call to F-REGI ever made for an order, oldest first. */
export async function loadSteps(
  db: Queryable,
  ref: OrderRef,
): Promise<(Step & { readonly actor: Actor })[]> {
  const values = [ref.shopId, ref.orderNumber];
  const { rows } = await db.query<StepRecord & { actor: Actor }>({ ...SELECT_STEPS, values });
  return rows.map((row) => ({ ...stepOf(row), actor: row.actor }));
}

const SELECT_STEPS = {
  name: 'select-steps',
  text: `select s.*, o.actor from operations o
           join steps s on s.shop_id = o.shop_id and s.operation_id = o.id
          where o.shop_id = $1 and o.order_number = $2
          order by s.sent_at, s.n limit 2000`,
};
