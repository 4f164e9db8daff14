import type { OrderView } from '@renkei/contract/orders/orders.ts';
import type { Preview } from '@renkei/contract/orders/previews.ts';
import type { CommandOf } from '@renkei/core/domain/commands/command.ts';
import type { Command } from '@renkei/core/domain/commands/decide.ts';
import type { Role } from '@renkei/core/domain/commands/permissions.ts';
import { previewCommand } from '@renkei/core/domain/commands/preview-command.ts';
import type { Order } from '@renkei/core/domain/order/order.ts';
import {
  hasLeft,
  OPEN_STATES,
  type OrderStatus,
  PAYMENT_KIND,
} from '@renkei/core/domain/order/states.ts';
import type { Locale } from '@renkei/core/domain/reasons/index.ts';
import { LEAVING } from '@renkei/core/domain/rules/cancel-transaction.ts';
import { methodsFor } from '@renkei/core/domain/rules/change-method.ts';
import {
  cancelBox,
  optionRefusal,
  STATUS_CHANGES,
} from '@renkei/core/domain/rules/change-status.ts';
import { revokeBoxRefusal } from '@renkei/core/domain/rules/revoke-payments.ts';
import { settleableOf, wholeSettlement } from '@renkei/core/domain/rules/settle.ts';
import { type Cancelling, cancelling } from '@renkei/core/domain/transaction/effects.ts';
import { FIRST_DATE, type JstDate, LAST_DATE } from '@renkei/core/domain/values/jst.ts';
import { isOpen, type Operation } from '@renkei/core/turns/operation.ts';
import type { Shop } from '../../../store/shops/shops.ts';
import { presentReason } from '../reasons.ts';
import { presentDenied } from './denials.ts';
import { presentAsk, presentPreview } from './previews.ts';
import { presentRemedies } from './remedies.ts';

type Actions = OrderView['actions'];
type CancelBoxView = Actions['cancelBox'];

/** The viewer of an order: shop, role, day and language. */
type Onlooker = {
  readonly shop: Shop;
  readonly role: Role;
  readonly today: JstDate;
  readonly locale: Locale;
};

/**
 * Returns the actions allowed on an order now, with the reasons against the others, by the same
 * decisions as the commands.
 */
export function presentActions(
  order: Order,
  last: Pick<Operation, 'state' | 'goal' | 'stray'> | null,
  { shop, role, today, locale }: Onlooker,
): Actions {
  const open = last !== null && isOpen(last);
  const look = (command: Command) =>
    presentPreview(order, previewCommand(order, open, command, shop, today), shop, locale);
  const paid = { kind: 'mark_paid', paidOn: today, mail: 'auto' } as const;
  const markPaid = { ...paid, withoutGateway: false, from: 'detail' } as const;
  return {
    markPaid: look(markPaid),
    markPaidAsAuthorized: look({ ...markPaid, amount: 'authorized' }),
    correctPaidOn: presentCorrectPaidOn(order, look),
    unmarkPaid: look({ kind: 'unmark_paid' }),
    unmarkPaidWithRefund: look({ kind: 'unmark_paid', refund: true }),
    editAmounts: look({ kind: 'edit_amounts', amounts: {} }),
    changeCaptured: presentChangeCaptured(
      look({ kind: 'edit_amounts', amounts: {}, changeCaptured: true }),
    ),
    authorize: look({ kind: 'authorize', cardToken: null }),
    ship: look(shipAll(order, today)),
    correctShipment: look({ ...shipAll(order, today), correction: true }),
    ...presentStatusChanges(order, (to) =>
      look({ kind: 'change_status', to, cancelTransaction: false }),
    ),
    cancelBox: presentStatusBox(order, shop, locale),
    revokeBox: presentRevokeBox(order, shop, locale),
    returnStock: presentBox(order, { returnStock: true }, locale),
    returnPoints: presentBox(order, { returnPoints: true }, locale),
    statusMail: presentBox(order, { mail: true }, locale),
    changeMethod: {
      kinds: open ? [] : methodsFor(order),
      oneWay: PAYMENT_KIND[order.paymentKind].linked,
      cancelBox: presentCancelling(order, cancelling(order, shop), shop, locale),
    },
    cancelTransaction: look({ kind: 'cancel_transaction' }),
    settle: presentSettle(order, today, look),
    remedies: presentRemedies({ order, ...standingOf(last), settings: shop, today }, role, locale),
    denied: presentDenied(order, role, locale),
  };
}

/** Returns the open or last certainly failed operation, the basis of remedies. */
function standingOf(last: Pick<Operation, 'state' | 'goal' | 'stray'> | null) {
  const { state = null, goal = null, stray = null } = last ?? {};
  const open = OPEN_STATES.find((one) => one === state) ?? null;
  const hasFailed = stray === null && (state === 'declined' || state === 'not_sent');
  return { open, failed: hasFailed ? goal : null };
}

/** O6: a person may confirm any day, so one other day stands for all of them. */
function presentCorrectPaidOn(
  { paidOn }: Order,
  look: (command: Command) => Preview,
): Actions['correctPaidOn'] {
  const other = paidOn === FIRST_DATE ? LAST_DATE : FIRST_DATE;
  const confirmed = { dayConfirmed: true, closed: null } as const;
  const preview = look({ kind: 'correct_paid_on', paidOn: other, ...confirmed });
  if (preview.decision === 'refuse') return { offered: false, reason: preview.reason };
  return { offered: true };
}

/** O3: proposes the whole open amount in its direction, if recording that would be accepted. */
function presentSettle(
  order: Order,
  today: JstDate,
  look: (command: Command) => Preview,
): Actions['settle'] {
  const whole = wholeSettlement(order, today);
  const preview = look(whole);
  if (preview.decision === 'refuse') return { offered: false, reason: preview.reason };
  const { direction, amount } = whole;
  return { offered: true, direction, amount, of: settleableOf(order)?.of ?? 'balance' };
}

/** Offered if nothing but a missing change of amount stands in its way. */
function presentChangeCaptured(preview: Preview): Actions['changeCaptured'] {
  if (preview.decision !== 'refuse' || preview.reason.code === 'captured_amount_same') {
    return { offered: true };
  }
  return { offered: false, reason: preview.reason };
}

function shipAll({ lines }: Order, today: JstDate): CommandOf<'ship'> {
  const shipments = lines.map((_, destination) => ({ destination, shippedOn: today }));
  return { kind: 'ship', shipments, complete: true, mail: 'auto' };
}

function presentStatusBox(order: Order, shop: Shop, locale: Locale): CancelBoxView {
  const box = cancelBox(order, shop);
  if (!box.offered) return { offered: false, reason: presentReason(box.reason, locale, order) };
  return presentCancelling(order, cancelling(order, shop), shop, locale);
}

/** K3: 発行取消を行う, as for the order's change to 取消, 返品 or 未回収. */
function presentRevokeBox(order: Order, shop: Shop, locale: Locale): Actions['revokeBox'] {
  const to = STATUS_CHANGES[order.status].find((status) => hasLeft({ status }));
  const reason = revokeBoxRefusal(order, to ?? 'processing', shop);
  if (reason === null) return { offered: true };
  return { offered: false, reason: presentReason(reason, locale, order) };
}

/** V5: with nothing to cancel the box is shown, and asks nothing. */
function presentCancelling(
  order: Order,
  found: Cancelling,
  shop: Shop,
  locale: Locale,
): CancelBoxView {
  if (found.kind === 'refuse') {
    return { offered: false, reason: presentReason(found.reason, locale, order) };
  }
  if (found.kind === 'nothing_to_cancel') {
    const because = presentReason('nothing_to_cancel', locale, order);
    return { offered: true, asks: [], because };
  }
  const { seqno, authCode, amount } = found.transaction;
  const ask = { verb: found.verb, seqno, authCode, amount };
  return { offered: true, asks: [presentAsk(order, ask, shop)] };
}

/** Returns the possible changes of status; if there are none, the reason against the first (V7). */
function presentStatusChanges(
  { status }: Order,
  look: (to: OrderStatus) => Preview,
): Pick<Actions, 'statusChanges' | 'noStatusChange'> {
  const looks = STATUS_CHANGES[status].map((to) => ({ to, preview: look(to) }));
  const statusChanges = looks
    .filter(({ preview }) => preview.decision !== 'refuse')
    .map(({ to }) => to);
  if (statusChanges.length > 0) return { statusChanges, noStatusChange: null };
  const [why = null] = looks.flatMap(({ preview }) =>
    preview.decision === 'refuse' ? preview.reason : [],
  );
  return { statusChanges, noStatusChange: why };
}

/** V6: returns a box of stock, points or mail, as for a change to one of the four statuses. */
function presentBox(
  order: Order,
  options: { readonly returnStock?: true; readonly returnPoints?: true; readonly mail?: true },
  locale: Locale,
): Actions['returnStock'] {
  const to = STATUS_CHANGES[order.status].find((status) => LEAVING.includes(status));
  const reason = optionRefusal(order, { to: to ?? 'processing', ...options });
  if (reason === null) return { offered: true };
  return { offered: false, reason: presentReason(reason, locale, order) };
}
