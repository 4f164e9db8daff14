import type { OrderList } from '../../contract/order-list.ts';
import type { OrderRow, OrderView, Preview } from '../../contract/orders.ts';
import { type CancelBox, type Command, cancelBox, STATUS_CHANGES } from '../../domain/decide.ts';
import { addDays, jstDateOf } from '../../domain/jst.ts';
import {
  billedOf,
  type Instant,
  type Order,
  type Transaction,
  totalOf,
} from '../../domain/order.ts';
import type { Locale } from '../../domain/reasons.ts';
import { scrubCall } from '../../fregi/scrub.ts';
import { encodeAsk } from '../../fregi/wire.ts';
import { isOpen } from '../../operations/operation.ts';
import { type Foreseen, type ForeseenAsk, foresee } from '../../orders/foresee.ts';
import type { ListedOrder, ListedOrders } from '../../store/order-list.ts';
import type { StoredOrder } from '../../store/order-view.ts';
import type { Shop } from '../../store/shops.ts';
import { presentReason } from '../problems.ts';
import { presentOperation } from './operations.ts';

export function instant(at: Instant): string {
  return new Date(at).toISOString();
}

export function instantOrNull(at: Instant | null): string | null {
  return at === null ? null : instant(at);
}

export function presentList(list: ListedOrders, shop: Shop): OrderList {
  return { ...list, items: list.items.map((listed) => presentRow(listed, shop)) };
}

export function presentRow(listed: ListedOrder, shop: Shop): OrderRow {
  const { order, customerName, prefecture, multipleDestinations, requestedDelivery } = listed;
  const { openOperation } = listed;
  return {
    ...presentAxes(order),
    ...{ customerName, prefecture, multipleDestinations, requestedDelivery, openOperation },
    transaction: order.transaction && presentTransaction(order.transaction, shop),
  };
}

function presentAxes(order: Order) {
  const { orderNumber, version, type, status, channel, paidOn, shipped } = order;
  const { paymentKind, paymentMethod, amounts, placedAt } = order;
  return {
    ...{ orderNumber, version, type, status, channel, paidOn, shipped, paymentKind, paymentMethod },
    placedAt: instant(placedAt),
    total: totalOf(amounts),
    billed: billedOf(amounts),
  };
}

function presentTransaction(transaction: Transaction, shop: Shop) {
  const { state, seqno, amount, asOf, authorizedAt } = transaction;
  const counts = state === 'authorized' && authorizedAt !== null;
  const captureBy = counts ? addDays(jstDateOf(authorizedAt), shop.captureDeadlineDays) : null;
  return { state, seqno, amount, asOf: instant(asOf), captureBy };
}

export function presentOrder(
  stored: StoredOrder,
  timeline: OrderView['timeline'],
  shop: Shop,
  now: Instant,
  locale: Locale,
): OrderView {
  const { order, details, customerName, requestedDelivery, operation } = stored;
  const { transaction, paymentMail } = order;
  const open = operation !== null && isOpen(operation.operation);
  const look = (command: Command) =>
    presentPreview(order, foresee(order, open, command, shop, jstDateOf(now)), shop, locale);
  return {
    ...presentAxes(order),
    ...{ customerName, requestedDelivery, details, timeline, amounts: order.amounts },
    multipleDestinations: details.destinations.length > 1,
    prefecture: details.destinations[0]?.prefecture ?? '',
    transaction: transaction && {
      ...presentTransaction(transaction, shop),
      authCode: transaction.authCode,
      slipId: transaction.slipId,
      authorizedAt: instantOrNull(transaction.authorizedAt),
    },
    paymentMail: { ...paymentMail, lastSentAt: instantOrNull(paymentMail.lastSentAt) },
    operation: operation && presentOperation(operation, locale),
    openOperation: open ? openOf(operation.operation) : null,
    actions: {
      markPaid: look(markPaidToday(now)),
      unmarkPaid: look({ kind: 'unmark_paid' }),
      editAmounts: look({ kind: 'edit_amounts', amounts: order.amounts }),
      statusChanges: STATUS_CHANGES[order.status].filter(
        (to) => look({ kind: 'change_status', to, cancelTransaction: false }).decision !== 'refuse',
      ),
      cancelBox: presentCancelBox(order, cancelBox(order, shop), shop, locale),
    },
  };
}

function openOf({ id, state }: { id: string; state: string }): OrderRow['openOperation'] {
  return { id, state: state === 'asking' || state === 'unknown' ? state : 'review' };
}

function markPaidToday(now: Instant): Command {
  const common = { kind: 'mark_paid', mail: 'auto', withoutGateway: false } as const;
  return { ...common, paidOn: jstDateOf(now), from: 'detail' };
}

/** What a command would come to, with the calls as they go over the wire (rule M6). */
export function presentPreview(
  order: Order,
  foreseen: Foreseen,
  shop: Shop,
  locale: Locale,
): Preview {
  const { version } = order;
  switch (foreseen.kind) {
    case 'refuse': {
      const { reason, because, line } = foreseen;
      return {
        ...{ decision: 'refuse', version, line },
        reason: presentReason(reason, locale),
        because: because && presentReason(because, locale),
      };
    }
    case 'record':
      return { decision: 'record', version, gateway: foreseen.gateway, mail: foreseen.mail };
    case 'pursue': {
      const asks = foreseen.asks.map((ask) => presentAsk(order, ask, shop));
      return { decision: 'pursue', version, amount: foreseen.amount, asks, mail: foreseen.mail };
    }
    default:
      return foreseen satisfies never;
  }
}

/** Stands for the 取引番号 that F-REGI will give. */
const NEW_SEQNO = '（新しい取引番号）';

export function presentAsk(order: Order, { verb, seqno, amount }: ForeseenAsk, shop: Shop) {
  const { transaction, shopId } = order;
  const call = encodeAsk(shop.fregi.shopId, {
    ...{ shopId, verb, amount, seqno: seqno ?? NEW_SEQNO },
    authCode: seqno === null ? null : (transaction?.authCode ?? null),
    slipId: transaction?.slipId ?? '',
    card: verb === 'authorize' ? foreseenCard(transaction) : null,
  });
  return { verb, amount, call: scrubCall(call) };
}

/** By 顧客番号 where the card is registered, else by the token that comes with the command. */
function foreseenCard(transaction: Transaction | null) {
  const customerId = transaction?.customerId;
  return customerId ? { customerId } : { token: '***' };
}

function presentCancelBox(
  order: Order,
  box: CancelBox,
  shop: Shop,
  locale: Locale,
): OrderView['actions']['cancelBox'] {
  if (!box.offered) return { offered: false, reason: presentReason(box.reason, locale) };
  const { next } = box;
  if (next === 'reached' || next === 'no_way' || order.transaction === null) {
    return { offered: true, asks: [] };
  }
  const { seqno, amount } = order.transaction;
  return { offered: true, asks: [presentAsk(order, { verb: next, seqno, amount }, shop)] };
}
