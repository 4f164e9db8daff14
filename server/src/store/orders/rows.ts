import type { Afterwards } from '@renkei/core/domain/decide.ts';
import type { Goal, Verb } from '@renkei/core/domain/link.ts';
import type {
  Lines,
  MailCounter,
  Order,
  Settlement,
  Transaction,
} from '@renkei/core/domain/order.ts';
import type { Reason } from '@renkei/core/domain/reasons/index.ts';
import type {
  Channel,
  OrderStatus,
  OrderType,
  PaymentKind,
  TransactionState,
} from '@renkei/core/domain/states.ts';
import { yen } from '@renkei/core/domain/yen.ts';
import type {
  Actor,
  Operation,
  OperationState,
  Step,
  StepState,
} from '@renkei/core/turns/operation.ts';

/**
 * The rows of the tables as statements return them, and what the domain calls them. The states
 * need no mapping: they are the same strings, and CHECKs and foreign keys hold them.
 */
export type OrderRecord = {
  shop_id: string;
  order_number: string;
  version: number;
  changed_in: number;
  type: OrderType;
  status: OrderStatus;
  channel: Channel;
  placed_at: number;
  paid_on: string | null;
  shipped: boolean;
  payment_kind: PaymentKind;
  payment_method: string;
  items: number;
  shipping: number;
  payment_fee: number;
  wrapping: number;
  cool_fee: number;
  other_fee: number;
  points_used: number;
  coupon_discount: number;
  discount: number;
  lines: Lines;
  transaction_state: TransactionState | null;
  seqno: string | null;
  auth_code: string | null;
  slip_id: string | null;
  customer_id: string | null;
  transaction_amount: number | null;
  authorized_at: number | null;
  transaction_as_of: number | null;
  mail_sending: MailCounter['sending'];
  mail_sent_count: number;
  mail_last_sent_at: number | null;
  stock_returned: boolean;
  points_returned: number;
  settlements: readonly Settlement[];
};

/** The columns of {@link OrderRecord}, for a select list; the products stand in the details. */
export const ORDER_COLUMNS = `shop_id, order_number, version, changed_in, type, status, channel, placed_at,
  paid_on, shipped, payment_kind, payment_method, items, shipping, payment_fee, wrapping, cool_fee,
  other_fee, points_used, coupon_discount, discount, transaction_state, seqno, auth_code, slip_id,
  customer_id, transaction_amount, authorized_at, transaction_as_of, mail_sending, mail_sent_count,
  mail_last_sent_at, stock_returned, points_returned, settlements,
  jsonb_path_query_array(details, '$.destinations[*].lines') as lines`;

export function orderOf(row: OrderRecord): Order {
  return {
    shopId: row.shop_id,
    orderNumber: row.order_number,
    version: row.version,
    changedIn: row.changed_in,
    type: row.type,
    status: row.status,
    channel: row.channel,
    placedAt: row.placed_at,
    paidOn: row.paid_on,
    shipped: row.shipped,
    paymentKind: row.payment_kind,
    paymentMethod: row.payment_method,
    amounts: {
      items: yen(row.items),
      shipping: yen(row.shipping),
      paymentFee: yen(row.payment_fee),
      wrapping: yen(row.wrapping),
      coolFee: yen(row.cool_fee),
      otherFee: yen(row.other_fee),
      pointsUsed: yen(row.points_used),
      couponDiscount: yen(row.coupon_discount),
      discount: yen(row.discount),
    },
    lines: row.lines,
    transaction: transactionOf(row),
    paymentMail: {
      sending: row.mail_sending,
      sentCount: row.mail_sent_count,
      lastSentAt: row.mail_last_sent_at,
    },
    stockReturned: row.stock_returned,
    pointsReturned: yen(row.points_returned),
    settlements: row.settlements,
  };
}

function transactionOf(row: OrderRecord): Transaction | null {
  const { transaction_state: state, slip_id: slipId, transaction_amount: amount } = row;
  if (state === null || slipId === null || amount === null) return null;
  return {
    state,
    seqno: row.seqno,
    authCode: row.auth_code,
    slipId,
    customerId: row.customer_id,
    amount: yen(amount),
    authorizedAt: row.authorized_at,
    asOf: row.transaction_as_of ?? row.placed_at,
  };
}

/** A row as JSON, for a part of another's; its instants are milliseconds, as in the domain. */
export function jsonOf(row: string, ...instants: readonly string[]): string {
  const milliseconds = instants.map(
    (column) => `'${column}', floor(extract(epoch from ${row}."${column}") * 1000)`,
  );
  return `(to_jsonb(${row}) || jsonb_build_object(${milliseconds.join(', ')}))`;
}

/** A row `o` of operations as an {@link OperationRecord}. */
export const OPERATION_JSON = jsonOf('o', 'due_at', 'created_at', 'ended_at');

/** A row `s` of steps as a {@link StepRecord}. */
export const STEP_JSON = jsonOf('s', 'sent_at', 'answered_at');

/** The steps of a row `o` of operations, in their order; null where there is none. */
export const STEPS_JSON = `(select jsonb_agg(${STEP_JSON} order by s.n) from steps s
  where s.shop_id = o.shop_id and s.operation_id = o.id)`;

export type OperationRecord = {
  shop_id: string;
  id: string;
  order_number: string;
  key: string;
  input_hash: string;
  actor: Actor;
  goal: Goal | null;
  amount: number;
  afterwards: Afterwards | null;
  stray: Transaction | null;
  card_token: string | null;
  state: OperationState;
  reason: Reason | null;
  due_at: number;
  unsent_tries: number;
  looks: number;
  created_at: number;
  ended_at: number | null;
};

export function operationOf(row: OperationRecord): Operation {
  return {
    shopId: row.shop_id,
    id: row.id,
    orderNumber: row.order_number,
    key: row.key,
    inputHash: row.input_hash,
    actor: row.actor,
    goal: row.goal,
    amount: yen(row.amount),
    afterwards: row.afterwards,
    stray: row.stray,
    cardToken: row.card_token,
    state: row.state,
    reason: row.reason,
    dueAt: row.due_at,
    unsentTries: row.unsent_tries,
    looks: row.looks,
    createdAt: row.created_at,
    endedAt: row.ended_at,
  };
}

export type StepRecord = {
  operation_id: string;
  n: number;
  verb: Verb;
  seqno: string | null;
  amount: number;
  repeat: boolean;
  state: StepState;
  sent_at: number;
  answered_at: number | null;
  code: string | null;
  text: string | null;
};

export function stepOf(row: StepRecord): Step {
  return {
    operationId: row.operation_id,
    n: row.n,
    verb: row.verb,
    seqno: row.seqno,
    amount: yen(row.amount),
    repeat: row.repeat,
    state: row.state,
    sentAt: row.sent_at,
    answeredAt: row.answered_at,
    code: row.code,
    text: row.text,
  };
}
