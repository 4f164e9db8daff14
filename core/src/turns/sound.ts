import type { Decision } from '../domain/commands/decision.ts';
import { isAnothers } from '../domain/drift/ownership.ts';
import { isAboveLimit, limitedBy, NO_LIMITS, NOTHING_DRAWN } from '../domain/limits/limits.ts';
import { applyEvent } from '../domain/order/events.ts';
import type { TransactionState } from '../domain/order/states.ts';
import { isProtected } from '../domain/transaction/authentication.ts';
import { type Goal, isAlike, isCaptured, isLive, VERB } from '../domain/transaction/link.ts';
import { isEqual } from '../domain/values/equal.ts';
import { jstDateOf } from '../domain/values/jst.ts';
import { isOpen, isOpenStep, type Operation, type Page, type Step } from './operation.ts';
import { concerned } from './page.ts';
import { LIMITS } from './timing.ts';

/**
 * The rules of every turn, whatever code decided it. The store checks them in production, too,
 * before it writes a turn. Tests prove the turns; these rules catch what the tests did not think
 * of.
 */
export class UnsoundTurn extends Error {
  constructor({ order }: Page, rule: string) {
    super(`order ${order.orderNumber} was left unchanged: a turn would break “${rule}”`);
    this.name = 'UnsoundTurn';
  }
}

/** Throws UnsoundTurn if the page after a turn cannot follow from the page before it. */
export function assertSound(was: Page, is: Page): void {
  const rule = unsoundness(was, is);
  if (rule !== null) throw new UnsoundTurn(was, rule);
}

/** Returns the first rule that a turn breaks; null if the turn is sound. */
export function unsoundness(was: Page, is: Page): string | null {
  return Object.entries(RULES).find(([, holds]) => !holds(was, is))?.[0] ?? null;
}

type Rule = (was: Page, is: Page) => boolean;

const RULES: Readonly<Record<string, Rule>> = {
  'INV-13: an order changes by its entries': (was, is) =>
    is.entries.length === 0
      ? is.order === was.order
      : isEqual(is.entries.reduce(applyEvent, was.order), is.order),
  'M1: what an operation wants is written once': ({ operation: was }, { operation: is }) =>
    was === null ||
    (is !== null &&
      (['id', 'key', 'goal', 'amount', 'afterwards', 'draw', 'createdAt'] as const).every(
        (fact) => was[fact] === is[fact],
      ) &&
      was.stray?.seqno === is.stray?.seqno),
  'M2: what is asked is what was approved, and may be asked now': (was, is) => {
    const { operation, settings } = is;
    const step = stepBegunIn(was, is);
    if (step?.state !== 'sent') return true;
    const transaction = concerned(is);
    const isApproved = operation?.id === step.operationId && operation.amount === step.amount;
    const isFit =
      transaction?.seqno === step.seqno && VERB[step.verb].from.includes(transaction.state);
    return operation?.state === 'asking' && isApproved && isFit && !settings.hold;
  },
  'Y1: a transaction made in place of another is not authenticated by it': (was, is) => {
    const before = was.order.transaction?.seqno ?? null;
    const isReplaced = before !== null && is.order.transaction?.seqno !== before;
    return !isReplaced || !isProtected(is.order.authentication);
  },
  'Y2: who waits for the cardholder has the page for them, and nobody else has': (_was, is) => {
    const isWaiting = is.operation?.state === 'confirming';
    const isInDoubt = is.operation?.state === 'unknown' && is.step?.state === 'challenged';
    const hasPage = (is.operation?.challengePage ?? null) !== null;
    return isWaiting === hasPage && !isInDoubt && (!isWaiting || is.step?.state === 'challenged');
  },
  'O1: another order’s transaction is neither moved nor taken': (was, is) => {
    const step = stepBegunIn(was, is);
    const { transaction } = is.order;
    const taken = transaction !== was.order.transaction ? (transaction?.seqno ?? null) : null;
    return [step?.seqno ?? null, taken].every(
      (seqno) => seqno === null || !isAnothers(seqno, is.books),
    );
  },
  'M2: one ask is settled before the next, and they are counted': (was, is) => {
    const step = stepBegunIn(was, is);
    if (step === null) return is.step !== null || was.step === null;
    const former = was.step?.operationId === step.operationId ? was.step : null;
    const isSettled =
      !isOpenStep(was.step) || (isSame(is.closedStep, was.step) && !isOpenStep(is.closedStep));
    return step.n === (former?.n ?? 0) + 1 && step.n <= LIMITS.asks && isSettled;
  },
  'C6: a repeat follows an ask that was never answered, and nothing else does': (was, is) => {
    const step = stepBegunIn(was, is);
    const isRepeated = is.closedStep?.state === 'repeated';
    if (step === null) return !isRepeated || is.closedStep === was.step;
    return step.repeat === (isRepeated && is.closedStep?.verb === step.verb);
  },
  'INV-12: what was asked, and what became of it, stays as it is': (was, is) =>
    [is.closedStep, is.step].every((step) => {
      if (step === null || step === was.step || !isSame(step, was.step)) return true;
      const asked = ['verb', 'seqno', 'amount', 'repeat', 'sentAt'] as const;
      return isOpenStep(was.step) && asked.every((fact) => was.step?.[fact] === step[fact]);
    }),
  'INV-12: what has ended has an end, and nothing in doubt': (
    _was,
    { operation, step, entries },
  ) => {
    if (operation === null || isOpen(operation)) return operation?.endedAt == null;
    if (operation.endedAt === null || isOpenStep(step)) return false;
    const { id, goal, state: outcome, reason } = operation;
    return (
      goal === null ||
      entries.some(
        (entry) =>
          entry.kind === 'operation_ended' &&
          isEqual([entry.operationId, entry.outcome, entry.reason], [id, outcome, reason]),
      )
    );
  },
  'INV-3: succeeded means that the goal is reached': (_was, is) => {
    const { operation } = is;
    if (operation?.state !== 'succeeded' || operation.goal === null) return true;
    const transaction = concerned(is);
    const isFor = operation.goal === 'cancelled' || transaction?.amount === operation.amount;
    return transaction !== null && isFor && REACHED[operation.goal](transaction.state);
  },
  'INV-3: paid by the link means captured, for what was approved': (_was, is) => {
    const isPaid = is.entries.some(
      (entry) => entry.kind === 'order_marked_paid' && entry.gateway === 'captured',
    );
    const { operation, order } = is;
    const { state, amount } = order.transaction ?? {};
    if (!isPaid || operation?.state !== 'succeeded') return !isPaid;
    return state !== undefined && isCaptured(state) && amount === operation.amount;
  },
  'K3: a payment is revoked by order of a person, by one counted call after another': (was, is) =>
    is.entries.every((entry) => {
      if (entry.kind !== 'revocation_asked') return true;
      const payment = was.order.redirects.find(({ settleno }) => settleno === entry.settleno);
      const { outcome, asks = 0, asksMax = 0 } = payment?.revocation ?? {};
      return outcome === null && entry.n === asks + 1 && entry.n <= asksMax && !is.settings.hold;
    }),
  'INV-25: above a limit money moves by two persons, and counts once below it': (was, is) => {
    const { operation } = is;
    const begun = operation !== null && operation.id !== was.operation?.id ? operation : null;
    if (begun === null || begun.actor.kind === 'system') return true;
    const limited = limitedBy(was.order, decisionIn(is, begun));
    if (limited === null) return true;
    const agreed = is.entries.find((entry) => entry.kind === 'proposal_ended');
    if (agreed?.kind === 'proposal_ended') {
      const { proposal } = was.order;
      return agreed.outcome === 'agreed' && proposal !== null && proposal.by.id !== begun.actor.id;
    }
    const { drawn = NOTHING_DRAWN, settings, now } = was;
    const isAbove = isAboveLimit(limited, drawn, settings.limits ?? NO_LIMITS, jstDateOf(now));
    const { kind, amount, n } = begun.draw ?? {};
    return !isAbove && isEqual({ kind, amount }, limited) && n === drawn.last + 1;
  },
  'INV-8: cancelled means that it is not live': (_was, { entries, order }) => {
    const isCancelled = entries.some(
      (entry) => 'gateway' in entry && entry.gateway === 'cancelled',
    );
    return !isCancelled || order.transaction === null || !isLive(order.transaction.state);
  },
  'C6: what we have done is a normal step, and nothing else is': (_was, { entries }) =>
    entries.every((entry) => {
      if (entry.kind !== 'transaction_moved') return true;
      const { verb, transaction } = entry;
      const isDeclined = verb === 'authorize' && DECLINED.includes(transaction.state);
      return isDeclined || isAlike(transaction.state, VERB[verb].to);
    }),
};

/** For each goal, whether a state reaches it. */
const REACHED: Readonly<Record<Goal, (state: TransactionState) => boolean>> = {
  captured: isCaptured,
  adjusted: isCaptured,
  authorized: (state) => state === 'authorized',
  cancelled: (state) => !isLive(state),
};

/** Returns the decision that the first turn of an operation carries out. */
function decisionIn({ entries }: Page, { goal, amount, afterwards, stray }: Operation): Decision {
  if (goal === null) {
    const settled = entries.find(({ kind }) => kind === 'settled_otherwise');
    return settled === undefined ? NO_DECISION : { kind: 'record', event: settled };
  }
  const pursued = { kind: 'pursue', goal, amount, afterwards } as const;
  return stray === null ? pursued : { ...pursued, stray };
}

const NO_DECISION: Decision = { kind: 'refuse', reason: 'no_proposal', because: null };

/** B2: the states after a declined authorization. */
const DECLINED: readonly TransactionState[] = ['authorization_failed', 'validated_unauthorized'];

/** Returns the step that a turn has begun, or has presumed to be begun; null if none. */
function stepBegunIn({ step: was }: Page, { step: is }: Page): Step | null {
  return is === null || isSame(is, was) ? null : is;
}

function isSame(one: Step | null, other: Step | null): boolean {
  return one?.operationId === other?.operationId && one?.n === other?.n;
}
