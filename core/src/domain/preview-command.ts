import { type Moved, movedBy } from './away.ts';
import { type Balance, balanceOf } from './balance.ts';
import type { CommandOf, LinkSettings } from './command.ts';
import { type Command, type Decision, decide } from './decide.ts';
import { type CaptureDays, captureByOf, captureDaysOf } from './drift/comparison.ts';
import { ALONE, type Books, objectionTo } from './drift/ownership.ts';
import { unaskedOf } from './effects.ts';
import { applyEvent, movementsOf, type OrderEvent } from './events.ts';
import {
  asksToGoal,
  type Goal,
  type Irreversible,
  irreversibleIn,
  VERB,
  type Verb,
} from './link.ts';
import { type MailPolicies, withheldBy } from './mail-policy.ts';
import { mailsAfter } from './mails-after.ts';
import type { JstDate, Order, Transaction } from './order.ts';
import { MANUAL_LINE, type Reason } from './reasons/index.ts';
import type { Unasked } from './states.ts';
import type { Yen } from './yen.ts';

/** What decisions rest on, which mails are never sent, and how long an approval lasts. */
export type PreviewSettings = LinkSettings & MailPolicies & CaptureDays;

/** One thing that F-REGI would be told. `seqno` is null where it is not known before. */
export type PreviewedAsk = {
  readonly verb: Verb;
  readonly seqno: string | null;
  readonly authCode: string | null;
  readonly amount: Yen;
};

/** What a command would come to. */
export type CommandPreview =
  | {
      readonly kind: 'refuse';
      readonly reason: Reason;
      readonly because: Reason | null;
      /** The manual's line of the error panel, where it has one (L5). */
      readonly line: string | null;
    }
  | {
      readonly kind: 'record';
      readonly gateway: Unasked;
      /** Of `left_alone`: what F-REGI goes on holding, or has taken (V4). */
      readonly left: Pick<Transaction, 'state' | 'amount'> | null;
      readonly mail: boolean;
      /** What the order's money then comes to (O2). */
      readonly balance: Balance;
    }
  | {
      readonly kind: 'pursue';
      readonly amount: Yen;
      readonly asks: readonly PreviewedAsk[];
      /** The verb among them that cannot be taken back. */
      readonly irreversible: Irreversible | null;
      /** C10: why F-REGI is expected to refuse it; null where nothing speaks against it. */
      readonly doubt: Reason | null;
      readonly mail: boolean;
    };

/**
 * Previews a command without carrying it out (rule M6): the same decision and the same table as
 * the command itself, and what it would ask of F-REGI, in order. `open`: an operation is underway.
 * `books`: only commands that name another transaction than the order's own ask them (O1).
 */
export function previewCommand(
  order: Order,
  open: boolean,
  command: Command,
  settings: PreviewSettings,
  today: JstDate,
  books: Books = ALONE,
): CommandPreview {
  if (open) return refused('operation_open', null);
  const objection = objectionTo(command, books);
  if (objection !== null) return refused(objection, null);
  const decision = decide(order, command, settings, today);
  switch (decision.kind) {
    case 'refuse':
      return refused(decision.reason, decision.because);
    case 'record': {
      const { event } = decision;
      const gateway = unaskedOf(order, event);
      const mail = sendsMail(order, event, settings);
      const left = gateway === 'left_alone' ? order.transaction : null;
      return { kind: 'record', gateway, left, mail, balance: balanceOf(applyEvent(order, event)) };
    }
    case 'pursue': {
      const { goal, amount, afterwards, stray = order.transaction } = decision;
      const asks = previewAsks(stray, goal, amount);
      const irreversible = irreversibleIn(asks.map(({ verb }) => verb));
      const mail = sendsMail(order, afterwards, settings);
      const doubt = goal === 'captured' ? doubtOfCapture(order, settings, today) : null;
      return { kind: 'pursue', amount, asks, irreversible, doubt, mail };
    }
    default:
      return decision satisfies never;
  }
}

/** An order as an edit would leave it. */
export type Edited = {
  readonly edited: Order;
  /** O4: what goes back to stock and points, or is taken. */
  readonly moved: Moved;
  /** What marking it paid would then come to; null of an order that is paid. */
  readonly markPaid: CommandPreview | null;
};

/**
 * The order as an edit of its amounts would leave it, and what marking that order paid would come
 * to: F-REGI is told of the edit only then (A1, C2). Null where the edit is refused.
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
  return { edited, moved, markPaid: foreseePayment(edited, settings, today) };
}

/**
 * What marking the order paid would come to once a command is carried out (M5); null where the
 * command is refused or asks something of F-REGI, or the order is paid then.
 */
export function foreseePaymentAfter(
  order: Order,
  command: Command,
  settings: PreviewSettings,
  today: JstDate,
): CommandPreview | null {
  const decision = decide(order, command, settings, today);
  if (decision.kind !== 'record') return null;
  return foreseePayment(applyEvent(order, decision.event), settings, today);
}

/** What marking an unpaid order paid would come to today; null for a paid one. */
function foreseePayment(
  order: Order,
  settings: PreviewSettings,
  today: JstDate,
): CommandPreview | null {
  if (order.paidOn !== null) return null;
  const paying = { kind: 'mark_paid', paidOn: today, mail: 'auto', from: 'detail' } as const;
  return previewCommand(order, false, { ...paying, withoutGateway: false }, settings, today);
}

/**
 * C10: F-REGI refuses a capture after the deadline, which the shop has set down in its settings. The
 * days are the shop's word and F-REGI's clock decides, so the operator is told and not stopped.
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

/** Does a mail go out with it by itself (C8, V6)? Not where the shop never sends it (S2). */
function sendsMail(order: Order, event: OrderEvent | null, settings: PreviewSettings): boolean {
  if (event === null) return false;
  const kinds = mailsAfter(event, order.version).map(({ kind }) => kind);
  return kinds.some((kind) => withheldBy(settings, kind, order.paymentKind) === null);
}

function previewAsks(transaction: Transaction | null, goal: Goal, amount: Yen) {
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
