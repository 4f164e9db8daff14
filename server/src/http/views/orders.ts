import type { OrderList } from '@renkei/contract/lists/order-list.ts';
import type { OrderRow, OrderView } from '@renkei/contract/orders/orders.ts';
import type { Role } from '@renkei/core/domain/commands/permissions.ts';
import { captureByOf, captureDaysOf } from '@renkei/core/domain/drift/comparison.ts';
import { withheldBy } from '@renkei/core/domain/mails/mail-policy.ts';
import { amountDiffers, balanceOf } from '@renkei/core/domain/order/balance.ts';
import { replay } from '@renkei/core/domain/order/events.ts';
import { itemsGapOf } from '@renkei/core/domain/order/items-gap.ts';
import {
  billedOf,
  givenBackOf,
  type Order,
  type Transaction,
  totalOf,
} from '@renkei/core/domain/order/order.ts';
import { OPEN_STATES } from '@renkei/core/domain/order/states.ts';
import { taxesOf } from '@renkei/core/domain/order/tax.ts';
import type { Locale, Reason } from '@renkei/core/domain/reasons/index.ts';
import { isLeftBehind } from '@renkei/core/domain/rules/cancel-transaction.ts';
import { decideRevokePayments } from '@renkei/core/domain/rules/revoke-payments.ts';
import { MISFITS, misfitOf } from '@renkei/core/domain/transaction/redirect.ts';
import { type Instant, jstDateOf } from '@renkei/core/domain/values/jst.ts';
import type { RedirectPayment } from '@renkei/core/ports/redirect-payments.ts';
import { type Actor, isOpen } from '@renkei/core/turns/operation.ts';
import { proofOf } from '@renkei/core/turns/proof.ts';
import type { ListedOrder, ListedOrders } from '../../store/lists/order-list.ts';
import type { CancelRequest } from '../../store/orders/cancel-requests.ts';
import type { OrderFile } from '../../store/orders/order-file.ts';
import type { OperationWithSteps, StoredOrder } from '../../store/orders/order-view.ts';
import type { Shop } from '../../store/shops/shops.ts';
import { presentActions } from './actions/actions.ts';
import { presentProposal } from './actions/proposals.ts';
import { instant, instantOrNull } from './instant.ts';
import { presentOperation, presentTimeline } from './operations.ts';
import { presentReason } from './reasons.ts';
import { presentRows } from './rows.ts';

export function presentList(list: ListedOrders, shop: Shop, locale: Locale): OrderList {
  const idOf = ({ order }: ListedOrder) => order.orderNumber;
  const rows = presentRows(list.items, { idOf, locale }, (listed) => presentRow(listed, shop));
  return { ...list, ...rows };
}

function presentRow(listed: ListedOrder, shop: Shop): OrderRow {
  const { order, customerName, prefecture, multipleDestinations, requestedDelivery } = listed;
  const { openOperation, cancelRequest } = listed;
  return {
    ...presentAxes(order),
    customerName,
    prefecture,
    multipleDestinations,
    requestedDelivery,
    openOperation,
    cancelRequest: cancelRequest && presentCancelRequest(cancelRequest),
    transaction: order.transaction && presentTransaction(order.transaction, order, shop),
  };
}

function presentCancelRequest({ at, message }: CancelRequest) {
  return { at: instant(at), message };
}

function presentAxes(order: Order) {
  const { orderNumber, version, type, status, channel, paidOn, shipped } = order;
  const { paymentKind, paymentMethod, amounts, placedAt, customerErased } = order;
  return {
    orderNumber,
    version,
    type,
    status,
    channel,
    paidOn,
    shipped,
    paymentKind,
    paymentMethod,
    customerErased,
    placedAt: instant(placedAt),
    total: totalOf(amounts),
    billed: billedOf(amounts),
    balance: balanceOf(order),
    amountDiffers: amountDiffers(order),
  };
}

function paymentMailPolicy({ paymentKind }: Order, shop: Shop) {
  const isKept = withheldBy(shop, 'payment_confirmation', paymentKind) !== null;
  return isKept ? 'never' : shop.paymentPolicies[paymentKind].paymentMail;
}

function presentTransaction(
  transaction: Transaction,
  { paymentKind, authentication }: Order,
  shop: Shop,
) {
  const { state, seqno, amount, asOf } = transaction;
  const captureBy = captureByOf(transaction, captureDaysOf(shop, paymentKind));
  const customerId = transaction.customerId && maskCustomerId(transaction.customerId);
  return { state, seqno, amount, asOf: instant(asOf), authentication, captureBy, customerId };
}

/** Masks a 顧客番号 except for its end: enough to tell two cards apart, not to use one. */
export function maskCustomerId(customerId: string): string {
  const shown = Math.min(4, Math.floor(customerId.length / 2));
  return `•••${customerId.slice(customerId.length - shown)}`;
}

/** The facts that a view of an order depends on besides its file. */
type Onlook = {
  readonly health: OrderView['health'];
  readonly role: Role;
  readonly actor: Actor;
  /** Since when the viewer works in the shop. */
  readonly memberSince: Instant;
  readonly now: Instant;
};

/**
 * Returns an order as people see it: its file, its agreement with F-REGI, and the allowed actions.
 */
export function presentOrder(
  { stored, journal, steps, redirects, shop: stands, drawn }: OrderFile,
  { health, now, ...viewer }: Onlook,
  locale: Locale,
): OrderView {
  const { order, details, customerName, requestedDelivery, operation, cancelRequest } = stored;
  const shop = { ...stands, drawn };
  const { transaction, paymentMail, amounts, lines } = order;
  const open = operation !== null && isOpen(operation.operation);
  const payments = redirects.map((payment) => presentRedirect(payment, order, shop, locale));
  const canFollow = order.status === 'processing';
  return {
    ...presentAxes(order),
    customerName,
    requestedDelivery,
    details,
    amounts,
    health,
    timeline: presentTimeline(journal, steps, order),
    cancelRequest: canFollow && cancelRequest ? presentCancelRequest(cancelRequest) : null,
    itemsGap: itemsGapOf(order),
    taxes: taxesOf(amounts, lines),
    ...givenBackOf(order),
    multipleDestinations: details.destinations.length > 1,
    prefecture: details.destinations[0]?.prefecture ?? '',
    firstPlaced: presentFirst(firstOf(journal), stored),
    redirectPayment: payments[0] ?? null,
    otherRedirectPayments: payments.slice(1),
    transaction: transaction && {
      ...presentTransaction(transaction, order, shop),
      authCode: transaction.authCode,
      slipId: transaction.slipId,
      authorizedAt: instantOrNull(transaction.authorizedAt),
    },
    leftBehind: isLeftBehind(order),
    settlements: presentSettlements(order, journal),
    paymentMail: {
      ...paymentMail,
      policy: paymentMailPolicy(order, shop),
      lastSentAt: instantOrNull(paymentMail.lastSentAt),
    },
    operation: operation && presentOperation(operation, locale),
    proposal: presentProposal(order, open, { shop, now, ...viewer }, locale),
    openOperation: open ? openOf(operation.operation) : null,
    proof: operation && proofIn(operation, shop),
    actions: presentActions(order, operation?.operation ?? null, {
      shop,
      role: viewer.role,
      today: jstDateOf(now),
      locale,
    }),
  };
}

/** M4: returns how Renkei learns the outcome; null if the operation is not in doubt. */
function proofIn({ operation, steps }: OperationWithSteps, shop: Shop): OrderView['proof'] {
  const step = steps.at(-1);
  return operation.state === 'unknown' && step ? proofOf(operation, step, shop) : null;
}

/** O3: returns settlements with their actors and times, which the journal knows. */
function presentSettlements(
  { settlements }: Order,
  journal: OrderFile['journal'],
): OrderView['settlements'] {
  return settlements.flatMap((settlement) => {
    const entry = journal.find(({ version }) => version === settlement.version);
    if (entry === undefined) return [];
    return {
      ...settlement,
      corrected: settlements.some(({ corrects }) => corrects === settlement.version),
      recordedBy: entry.actor.name,
      recordedAt: instant(entry.at),
    };
  });
}

/** 初回受注情報: the first entry of every journal. */
function firstOf(journal: OrderFile['journal']): Order {
  return replay(journal.slice(0, 1).map(({ event }) => event));
}

function presentFirst(first: Order, { firstDetails }: StoredOrder): OrderView['firstPlaced'] {
  const { amounts, paymentKind, paymentMethod } = first;
  const sums = { total: totalOf(amounts), billed: billedOf(amounts) };
  return { amounts, ...sums, paymentKind, paymentMethod, details: firstDetails };
}

function presentRedirect(
  payment: RedirectPayment,
  order: Order,
  shop: Shop,
  locale: Locale,
): NonNullable<OrderView['redirectPayment']> {
  const { settleno, amount, status, checkedAt, noticedAt } = payment;
  const obstacle = obstacleNow(payment, order);
  const known = order.redirects.find((one) => one.settleno === settleno);
  const { revocation } = known ?? {};
  const command = { kind: 'revoke_payments', settlenos: [settleno] } as const;
  const decision = decideRevokePayments(order, command, shop);
  return {
    settleno,
    amount,
    status,
    revocation: revocation === undefined ? null : { outcome: revocation.outcome },
    revoke:
      decision.kind === 'refuse'
        ? { offered: false, reason: presentReason(decision.reason, locale, order) }
        : { offered: true },
    checkedAt: instantOrNull(checkedAt),
    noticedAt: instantOrNull(noticedAt),
    obstacle: obstacle && presentReason(obstacle, locale, payment),
  };
}

/**
 * Returns what keeps a confirmed payment from making the order paid by itself, as both are now: the
 * order may have changed since the payment was looked at.
 */
function obstacleNow(payment: RedirectPayment, order: Order): Reason | null {
  const { obstacle } = payment;
  if (obstacle === null || order.paidOn !== null) return null;
  const misfit = misfitOf(order, payment);
  const isOver = MISFITS.some((one) => one === obstacle);
  return misfit ?? (isOver ? null : obstacle);
}

function openOf({ id, state }: { id: string; state: string }): OrderRow['openOperation'] {
  return { id, state: OPEN_STATES.find((open) => open === state) ?? 'review' };
}
