import type { Order, OrderRef } from '@renkei/core/domain/order/order.ts';
import type { OrderDetails } from '@renkei/core/domain/order/order-details.ts';
import type { Operation, Step } from '@renkei/core/turns/operation.ts';
import type { RowOf } from '../db/codec.ts';
import type { Queryable } from '../db/db.ts';
import { CANCEL_REQUEST_JSON, type CancelRequest } from './cancel-requests.ts';
import { JOURNAL, type JournalEntry, OPERATION, ORDER, STEP, STEPS_JSON } from './rows.ts';

/** An order as people read it: all stored facts, read without a lock. */
export type StoredOrder = {
  readonly order: Order;
  readonly details: OrderDetails;
  /** 初回受注情報: the details as first placed. */
  readonly firstDetails: OrderDetails;
  readonly customerName: string;
  readonly requestedDelivery: string;
  /** キャンセル依頼 while it stands. */
  readonly cancelRequest: CancelRequest | null;
  /** The open operation, otherwise the last one. */
  readonly operation: OperationWithSteps | null;
};

export type OperationWithSteps = { readonly operation: Operation; readonly steps: readonly Step[] };

export async function loadOrder(db: Queryable, ref: OrderRef): Promise<StoredOrder | null> {
  const values = [ref.shopId, ref.orderNumber];
  const { rows } = await db.query<StoredRecord>({ ...SELECT_ORDER, values });
  return rows[0] === undefined ? null : storedOf(rows[0]);
}

export function storedOf(row: StoredRecord): StoredOrder {
  const { details, customer_name: customerName, requested_delivery: requestedDelivery } = row;
  const { first_details: first } = row;
  // The erasure of an order that was never edited leaves first details without a destination.
  const firstDetails = first !== null && first.destinations.length > 0 ? first : details;
  return {
    order: ORDER.read(row),
    details,
    firstDetails,
    customerName,
    requestedDelivery,
    cancelRequest: row.cancel_request,
    operation: row.last && withSteps(row.last),
  };
}

type LoadedOperation = {
  readonly operation: RowOf<Operation>;
  readonly steps: readonly RowOf<Step>[] | null;
};

function withSteps({ operation, steps }: LoadedOperation): OperationWithSteps {
  return {
    operation: OPERATION.read(operation),
    steps: (steps ?? []).map((step) => STEP.read(step)),
  };
}

export type StoredRecord = RowOf<Order> & {
  details: OrderDetails;
  first_details: OrderDetails | null;
  customer_name: string;
  requested_delivery: string;
  cancel_request: CancelRequest | null;
  last: LoadedOperation | null;
};

/** The columns of {@link StoredRecord}. */
export const STORED_COLUMNS = `${ORDER.select}, details, first_details, customer_name,
  requested_delivery, ${CANCEL_REQUEST_JSON} as cancel_request,
  (select jsonb_build_object('operation', ${OPERATION.json('o')}, 'steps', ${STEPS_JSON})
     from operations o
    where o.shop_id = orders.shop_id and o.order_number = orders.order_number
    order by o.created_at desc, o.id desc limit 1) as last`;

const SELECT_ORDER = {
  name: 'select-order',
  text: `select ${STORED_COLUMNS} from orders where shop_id = $1 and order_number = $2`,
};

/** Loads an operation with every call that it has made, in order. */
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
  text: `select ${OPERATION.json('o')} as operation, ${STEPS_JSON} as steps
           from operations o where o.shop_id = $1 and o.id = $2`,
};

/** Finds the operation accepted under a caller's key, with the hash of its input. */
export async function findOperationByKey(
  db: Queryable,
  shopId: string,
  key: string,
): Promise<Pick<Operation, 'id' | 'orderNumber' | 'inputHash'> | null> {
  const { rows } = await db.query<Pick<Operation, 'id' | 'orderNumber' | 'inputHash'>>(
    `select id, order_number as "orderNumber", input_hash as "inputHash"
       from operations where shop_id = $1 and key = $2`,
    [shopId, key],
  );
  return rows[0] ?? null;
}

/** Loads the journal of an order from its first entry: its replay gives the order (promise 5). */
export async function loadJournal(db: Queryable, ref: OrderRef): Promise<JournalEntry[]> {
  const values = [ref.shopId, ref.orderNumber];
  const { rows } = await db.query<RowOf<JournalEntry>>({ ...SELECT_JOURNAL, values });
  return rows.map((row) => JOURNAL.read(row));
}

const SELECT_JOURNAL = {
  name: 'select-journal',
  text: `select ${JOURNAL.select} from journal
          where shop_id = $1 and order_number = $2 order by version limit 2000`,
};
