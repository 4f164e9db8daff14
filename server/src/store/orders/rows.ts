import type { OrderEvent } from '@renkei/core/domain/order/events.ts';
import {
  type Amounts,
  type Order,
  settledOf,
  type Transaction,
} from '@renkei/core/domain/order/order.ts';
import type { Instant } from '@renkei/core/domain/values/jst.ts';
import { type Actor, isOpen, type Operation, type Step } from '@renkei/core/turns/operation.ts';
import {
  computed,
  day,
  fixed,
  flag,
  group,
  instant,
  int,
  json,
  nullable,
  type Row,
  RowCodec,
  selected,
  selectedAs,
  text,
  uuid,
  yen,
} from '../db/codec.ts';

/** 商品合計, fees and deductions. */
const AMOUNTS = group<Amounts>({
  items: yen('items'),
  shipping: yen('shipping'),
  paymentFee: yen('payment_fee'),
  wrapping: yen('wrapping'),
  coolFee: yen('cool_fee'),
  otherFee: yen('other_fee'),
  pointsUsed: yen('points_used'),
  couponDiscount: yen('coupon_discount'),
  discount: yen('discount'),
});

/** An order's transaction at F-REGI; CHECKs keep its first columns null together. */
const TRANSACTION = group<Transaction>({
  state: text('transaction_state'),
  seqno: nullable(text('seqno')),
  authCode: nullable(text('auth_code')),
  slipId: fixed(text('slip_id')),
  customerId: fixed(nullable(text('customer_id'))),
  amount: yen('transaction_amount'),
  authorizedAt: nullable(instant('authorized_at')),
  asOf: selectedAs('coalesce(transaction_as_of, placed_at)', instant('transaction_as_of')),
});

/**
 * A row of `orders`, as decisions need it. Fixed columns are written once, when the order arrives;
 * turns write the rest. The details hold the products.
 */
export const ORDER = new RowCodec<Order>(
  {
    shopId: fixed(text('shop_id')),
    orderNumber: fixed(text('order_number')),
    version: int('version'),
    changedIn: int('changed_in'),
    type: fixed(text('type')),
    status: text('status'),
    channel: fixed(text('channel')),
    placedAt: fixed(instant('placed_at')),
    paidOn: nullable(day('paid_on')),
    shipped: flag('shipped'),
    paymentKind: text('payment_kind'),
    paymentMethod: text('payment_method'),
    amounts: AMOUNTS,
    lines: selected('lines', `jsonb_path_query_array(details, '$.destinations[*].lines')`),
    transaction: nullable(TRANSACTION),
    authentication: text('authentication'),
    paymentMail: group({
      sending: text('mail_sending'),
      sentCount: int('mail_sent_count'),
      lastSentAt: nullable(instant('mail_last_sent_at')),
    }),
    stockReturned: flag('stock_returned'),
    pointsReturned: yen('points_returned'),
    settlements: json('settlements'),
    redirects: json('redirects'),
    paidAtStore: nullable(yen('paid_at_store')),
    customerErased: flag('customer_erased'),
    proposal: nullable(json('proposal')),
  },
  [computed('settled_otherwise', 'integer', settledOf)],
);

/** A row of `operations`. */
export const OPERATION = new RowCodec<Operation>({
  shopId: fixed(text('shop_id')),
  id: fixed(uuid('id')),
  orderNumber: fixed(text('order_number')),
  key: fixed(text('key')),
  inputHash: fixed(text('input_hash')),
  actor: fixed(json('actor')),
  goal: fixed(nullable(text('goal'))),
  amount: fixed(yen('amount')),
  afterwards: fixed(nullable(json('afterwards'))),
  stray: fixed(nullable(json('stray'))),
  draw: fixed(nullable(json('draw'))),
  cardToken: nullable(text('card_token')),
  returnUrl: fixed(nullable(text('return_url'))),
  challengePage: nullable(text('challenge_page')),
  state: text('state'),
  reason: nullable(text('reason')),
  dueAt: instant('due_at'),
  unsentTries: int('unsent_tries'),
  looks: int('looks'),
  createdAt: fixed(instant('created_at')),
  endedAt: nullable(instant('ended_at')),
});

/** A row of `steps` without its shop, which its operation has. */
export const STEP = new RowCodec<Step>({
  operationId: fixed(uuid('operation_id')),
  n: fixed(int('n')),
  verb: fixed(text('verb')),
  seqno: fixed(nullable(text('seqno'))),
  amount: fixed(yen('amount')),
  repeat: fixed(flag('repeat')),
  state: text('state'),
  sentAt: fixed(instant('sent_at')),
  answeredAt: nullable(instant('answered_at')),
  code: nullable(text('code')),
  text: nullable(text('text')),
});

/** One entry of an order's journal. */
export type JournalEntry = {
  readonly version: number;
  readonly at: Instant;
  readonly actor: Actor;
  readonly operationId: string | null;
  readonly event: OrderEvent;
};

/** A row of `journal` without its order. */
export const JOURNAL = new RowCodec<JournalEntry>({
  version: int('version'),
  at: instant('at'),
  actor: json('actor'),
  operationId: nullable(uuid('operation_id')),
  // With the texts that the journal keeps apart (decision 26), while they are there.
  event: selectedAs('told_event(shop_id, order_number, version, event)', json('event')),
});

/** Returns an operation's row: an open operation has no end. */
export function operationRow(operation: Operation): Row {
  return OPERATION.row(isOpen(operation) ? { ...operation, endedAt: null } : operation);
}

export function stepRow({ shopId }: Pick<Order, 'shopId'>, step: Step): Row {
  return { shop_id: shopId, ...STEP.row(step) };
}

/** The steps of a row `o` of operations, in order; null if there are none. */
export const STEPS_JSON = `(select jsonb_agg(${STEP.json('s')} order by s.n) from steps s
  where s.shop_id = o.shop_id and s.operation_id = o.id)`;
