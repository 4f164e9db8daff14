import { type CaptureDays, captureByOf, captureDaysOf } from '../drift/comparison.ts';
import { ALONE, type Books, objectionTo } from '../drift/ownership.ts';
import { type DrawnLimits, waitsBy } from '../limits/limits.ts';
import { type MailPolicies, withheldBy } from '../mails/mail-policy.ts';
import { mailsAfter } from '../mails/mails-after.ts';
import { type Moved, movedBy } from '../order/away.ts';
import { type Balance, balanceOf } from '../order/balance.ts';
import { applyEvent, movementsOf, type OrderEvent } from '../order/events.ts';
import type { Order, Transaction } from '../order/order.ts';
import type { Unasked } from '../order/states.ts';
import { MANUAL_LINE, type Reason } from '../reasons/index.ts';
import { type Liability, liabilityAfter } from '../transaction/authentication.ts';
import { unaskedOf } from '../transaction/effects.ts';
import {
  asksToGoal,
  type Goal,
  type Irreversible,
  irreversibleIn,
  VERB,
  type Verb,
} from '../transaction/link.ts';
import { notMadeOf, type RedirectSeen } from '../transaction/redirect.ts';
import type { JstDate } from '../values/jst.ts';
import type { Yen } from '../values/yen.ts';
import { type AtStore, atStore } from './at-store.ts';
import type { CommandOf } from './command.ts';
import { type Command, type Decision, decide } from './decide.ts';
import type { LinkSettings } from './decision.ts';

/**
 * The settings behind decisions, the mails that the shop never sends, its capture deadlines, and
 * its limits.
 */
export type PreviewSettings = LinkSettings & MailPolicies & CaptureDays & DrawnLimits;

/** A previewed call to F-REGI. `seqno` is null if it is not known yet. */
export type PreviewedAsk = {
  readonly verb: Verb;
  readonly seqno: string | null;
  readonly authCode: string | null;
  readonly amount: Yen;
};

/** The previewed result of a command. */
export type CommandPreview =
  | {
      readonly kind: 'refuse';
      readonly reason: Reason;
      readonly because: Reason | null;
      /** The manual's line for the error panel, if it has one (L5). */
      readonly line: string | null;
    }
  | ({
      readonly kind: 'record';
      readonly gateway: Unasked;
      /** For `left_alone`: the amount that F-REGI still holds or has captured (V4). */
      readonly left: Pick<Transaction, 'state' | 'amount'> | null;
      readonly mail: boolean;
      /** F59: it would wait for a second person, and nothing else would happen. */
      readonly waits: boolean;
      /** L2: of 入金済, the order's payments at F-REGI, if the customer has made none of them. */
      readonly notMade: readonly RedirectSeen[];
      /** The order's balance after the command (O2). */
      readonly balance: Balance;
    } & AtStore)
  | ({
      readonly kind: 'pursue';
      readonly amount: Yen;
      readonly asks: readonly PreviewedAsk[];
      /** The irreversible verb among the asks; null if there is none. */
      readonly irreversible: Irreversible | null;
      /** C10: the reason why F-REGI will probably refuse; null if none is known. */
      readonly doubt: Reason | null;
      /** Y1: what the calls do to the liability for a chargeback; null if nothing. */
      readonly liability: Liability | null;
      readonly mail: boolean;
      /** F59: it would wait for a second person, and F-REGI would be told nothing. */
      readonly waits: boolean;
    } & AtStore);

/**
 * Previews a command without carrying it out (rule M6): makes the same decision by the same table,
 * and returns the calls to F-REGI in order. `open`: an operation is under way. `books` matters only
 * to commands that name a transaction other than the order's own (O1).
 */
export function previewCommand(
  order: Order,
  open: boolean,
  command: Command,
  settings: PreviewSettings,
  today: JstDate,
  books: Books = ALONE,
): CommandPreview {
  const decision = decideNow(order, open, command, settings, today, books);
  const waits = command.kind !== 'agree_to_proposal' && waitsBy(order, decision, settings, today);
  switch (decision.kind) {
    case 'refuse':
      return refused(decision.reason, decision.because);
    case 'record': {
      const { event } = decision;
      const gateway = unaskedOf(order, event);
      const mail = sendsMail(order, event, settings);
      const left = gateway === 'left_alone' ? order.transaction : null;
      const notMade = event.kind === 'order_marked_paid' ? notMadeOf(order) : [];
      const balance = balanceOf(applyEvent(order, event));
      const store = atStore(order, event);
      return { kind: 'record', gateway, left, mail, waits, notMade, balance, ...store };
    }
    case 'pursue': {
      const { goal, amount, afterwards, stray = order.transaction } = decision;
      const asks = previewAsks(stray, goal, amount);
      const verbs = asks.map(({ verb }) => verb);
      const irreversible = irreversibleIn(verbs);
      const byToken = command.kind === 'authorize' && command.cardToken !== null;
      const liability = liabilityAfter(order.authentication, verbs, byToken);
      const mail = sendsMail(order, afterwards, settings);
      const doubt = goal === 'captured' ? doubtOfCapture(order, settings, today) : null;
      const store = atStore(order, afterwards);
      const said = { irreversible, doubt, liability, mail, waits };
      return { kind: 'pursue', amount, asks, ...said, ...store };
    }
    default:
      return decision satisfies never;
  }
}

/** Returns the decision alone: enough to tell whether a command is possible. */
export function decideNow(
  order: Order,
  open: boolean,
  command: Command,
  settings: PreviewSettings,
  today: JstDate,
  books: Books = ALONE,
): Decision {
  if (open) return { kind: 'refuse', reason: 'operation_open', because: null };
  const objection = objectionTo(command, books);
  if (objection !== null) return { kind: 'refuse', reason: objection, because: null };
  return decide(order, command, settings, today);
}

/** An order after an edit. */
export type Edited = {
  readonly edited: Order;
  /** O4: stock and points that the edit returns or takes. */
  readonly moved: Moved;
  /** The result of marking the edited order as paid; null if it is paid already. */
  readonly markPaid: CommandPreview | null;
};

/**
 * Returns the order after an edit of its amounts, and the result of then marking it as paid: F-REGI
 * learns of the edit only at that point (A1, C2). Null if the edit is refused.
 */
export function previewEdited(
  order: Order,
  command: CommandOf<'edit_amounts'>,
  settings: PreviewSettings,
  today: JstDate,
): Edited | null {
  const decision = decide(order, command, settings, today);
  const event = eventOf(decision);
  if (event === null) return null;
  const edited = applyEvent(order, event);
  const moved = movedBy(movementsOf(event));
  return { edited, moved, markPaid: previewPayment(edited, settings, today) };
}

/**
 * Returns the result of marking the order as paid after a command (M5). Null if the command is
 * refused or asks F-REGI something, or if the order is paid then.
 */
export function previewPaymentAfter(
  order: Order,
  command: Command,
  settings: PreviewSettings,
  today: JstDate,
): CommandPreview | null {
  const decision = decide(order, command, settings, today);
  if (decision.kind !== 'record') return null;
  return previewPayment(applyEvent(order, decision.event), settings, today);
}

/** Returns the result of marking an unpaid order as paid today; null for a paid one. */
function previewPayment(
  order: Order,
  settings: PreviewSettings,
  today: JstDate,
): CommandPreview | null {
  if (order.paidOn !== null) return null;
  const paying = { kind: 'mark_paid', paidOn: today, mail: 'auto', from: 'detail' } as const;
  return previewCommand(order, false, { ...paying, withoutGateway: false }, settings, today);
}

/**
 * C10: F-REGI refuses a capture after the deadline. The shop's settings state the days, but
 * F-REGI's clock decides, so Renkei warns the operator and does not stop the capture.
 */
function doubtOfCapture(
  { transaction, paymentKind }: Order,
  settings: CaptureDays,
  today: JstDate,
): Reason | null {
  const dueOn = transaction && captureByOf(transaction, captureDaysOf(settings, paymentKind));
  return dueOn !== null && dueOn < today ? 'capture_deadline_passed' : null;
}

function eventOf(decision: Decision): OrderEvent | null {
  switch (decision.kind) {
    case 'refuse':
      return null;
    case 'record':
      return decision.event;
    case 'pursue':
      return decision.afterwards;
    default:
      return decision satisfies never;
  }
}

/** True if the event sends a mail by itself (C8, V6) and the shop allows that mail (S2). */
export function sendsMail(
  order: Order,
  event: OrderEvent | null,
  settings: PreviewSettings,
): boolean {
  if (event === null || order.customerErased) return false;
  const kinds = mailsAfter(event, order.version).map(({ kind }) => kind);
  return kinds.some((kind) => withheldBy(settings, kind, order.paymentKind) === null);
}

/** Returns the calls from a transaction to a goal, in order; none without a transaction. */
export function previewAsks(
  transaction: Transaction | null,
  goal: Goal,
  amount: Yen,
): PreviewedAsk[] {
  if (transaction === null) return [];
  let { seqno, authCode }: { seqno: string | null; authCode: string | null } = transaction;
  return asksToGoal(transaction.state, transaction.amount, goal, amount).map((verb) => {
    const ask: PreviewedAsk = { verb, seqno, authCode, amount };
    if (VERB[verb].makesTransaction) [seqno, authCode] = [null, null];
    return ask;
  });
}

function refused(reason: Reason, because: Reason | null): CommandPreview {
  return { kind: 'refuse', reason, because, line: MANUAL_LINE[because ?? reason] ?? null };
}
