import type { OrderEvent } from '@renkei/core/domain/events.ts';
import { type Order, settledOf } from '@renkei/core/domain/order.ts';
import { isOpen, type Operation, type Page, type Step } from '@renkei/core/turns/operation.ts';
import { timestamp } from '../db/db.ts';

/**
 * What a turn writes, as rows with the columns' names: they go to PostgreSQL as JSON, and become
 * records of the same tables there.
 */
export type Row = Readonly<Record<string, unknown>>;

/** What a turn may change of an order's row, by column. The products stand in its details. */
const CHANGING: Readonly<Record<string, (order: Order) => unknown>> = {
  version: ({ version }) => version,
  changed_in: ({ changedIn }) => changedIn,
  status: ({ status }) => status,
  paid_on: ({ paidOn }) => paidOn,
  payment_kind: ({ paymentKind }) => paymentKind,
  payment_method: ({ paymentMethod }) => paymentMethod,
  items: ({ amounts }) => amounts.items,
  shipping: ({ amounts }) => amounts.shipping,
  payment_fee: ({ amounts }) => amounts.paymentFee,
  wrapping: ({ amounts }) => amounts.wrapping,
  cool_fee: ({ amounts }) => amounts.coolFee,
  other_fee: ({ amounts }) => amounts.otherFee,
  points_used: ({ amounts }) => amounts.pointsUsed,
  coupon_discount: ({ amounts }) => amounts.couponDiscount,
  discount: ({ amounts }) => amounts.discount,
  transaction_state: ({ transaction }) => transaction?.state,
  seqno: ({ transaction }) => transaction?.seqno,
  auth_code: ({ transaction }) => transaction?.authCode,
  transaction_amount: ({ transaction }) => transaction?.amount,
  authorized_at: ({ transaction }) => timestamp(transaction?.authorizedAt ?? null),
  transaction_as_of: ({ transaction }) => timestamp(transaction?.asOf ?? null),
  mail_sending: ({ paymentMail }) => paymentMail.sending,
  mail_sent_count: ({ paymentMail }) => paymentMail.sentCount,
  mail_last_sent_at: ({ paymentMail }) => timestamp(paymentMail.lastSentAt),
  shipped: ({ shipped }) => shipped,
  stock_returned: ({ stockReturned }) => stockReturned,
  points_returned: ({ pointsReturned }) => pointsReturned,
  settlements: ({ settlements }) => settlements,
  settled_otherwise: settledOf,
};

/** The columns of {@link orderRow}. */
export const CHANGING_COLUMNS = Object.keys(CHANGING);

export function orderRow(order: Order): Row {
  return Object.fromEntries(Object.entries(CHANGING).map(([name, of]) => [name, of(order)]));
}

export function operationRow(operation: Operation): Row {
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
    stray: operation.stray,
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

export function stepRow({ shopId }: Order, step: Step): Row {
  return {
    shop_id: shopId,
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

const SYSTEM = { kind: 'system', id: 'renkei', name: 'Renkei' };

/** The entries of a turn, numbered on from the version that the order had before. */
export function journalRows(before: Order, { entries, operation, now }: Page): Row[] {
  const { shopId, orderNumber, version } = before;
  return entries.map((event, index) => ({
    shop_id: shopId,
    order_number: orderNumber,
    version: version + index + 1,
    at: timestamp(now),
    actor: operation?.actor ?? SYSTEM,
    operation_id: operation?.id,
    event,
  }));
}

/** V6: what goes back to stock and points, with the entry that says so. */
export function movementRows(before: Order, { entries, now }: Page): Row[] {
  const { shopId, orderNumber } = before;
  return entries.flatMap((event, index) =>
    movementsOf(event).map((movement) => ({
      shop_id: shopId,
      order_number: orderNumber,
      version: before.version + index + 1,
      at: timestamp(now),
      movement,
    })),
  );
}

function movementsOf(event: OrderEvent): readonly object[] {
  return event.kind === 'status_changed' ? (event.movements ?? []) : [];
}

/** What was sent to which destination, for the order's details; null where nothing was. */
export function shipmentRows({ entries }: Page): Row[] | null {
  const sent = entries.flatMap((event) =>
    event.kind === 'order_shipped' ? [...event.shipments] : [],
  );
  return sent.length === 0 ? null : sent;
}

/**
 * キャンセル依頼 stands from when it was asked for until a change of status, whatever it is, or until
 * it is dismissed. Null where the turn says nothing of it.
 */
export function cancelRequestRow({ entries, now }: Page): Row | null {
  const last = entries.findLast(({ kind }) => ON_REQUESTS.includes(kind));
  if (last === undefined) return null;
  return { at: last.kind === 'cancel_requested' ? timestamp(now) : null };
}

const ON_REQUESTS: readonly OrderEvent['kind'][] = [
  'cancel_requested',
  'cancel_request_dismissed',
  'status_changed',
];
