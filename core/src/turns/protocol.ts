import { isAnothers } from '../domain/drift/ownership.ts';
import type { CorrectionEvidence } from '../domain/order/events.ts';
import type { Transaction } from '../domain/order/order.ts';
import { nextAsk, type Verb } from '../domain/transaction/link.ts';
import type { Instant } from '../domain/values/jst.ts';
import type { Answer, InquiryResult, Seen } from './asks.ts';
import { awaitCardholder, endUnconfirmed } from './cardholder/challenge.ts';
import { correct, declineAuthorization, end, giveUp, review } from './ending.ts';
import { hearUnknown, inDoubt, keepDoubt, restInDoubt, settlesAt } from './in-doubt.ts';
import { readRefusal, readSighting, withoutDispute } from './judge.ts';
import {
  type Hold,
  isOpen,
  isOpenStep,
  type Operation,
  type Page,
  type Step,
  type Turn,
} from './operation.ts';
import {
  asSeen,
  closeStep,
  concerned,
  concerning,
  type GatewayWords,
  moved,
  movedBy,
  operationOn,
  rest,
  withOperation,
  writeMove,
} from './page.ts';
import { proofOf, proofWithoutLooks } from './proof.ts';
import { backoffMs, LIMITS, type Timing } from './timing.ts';

/**
 * The protocol of a money operation (rules M1–M5), as pure turns of an order's page. Each turn is
 * one database transaction; at most one call to the gateway lies between two turns. There is no
 * recovery code: after a crash the last step on the page is still open.
 */

/** Takes an operation up in whatever state it is. Two processes may both try: the page decides. */
export function take(page: Page, timing: Timing): Turn {
  const { operation, step, now } = page;
  if (operation === null || !isOpen(operation) || operation.state === 'review') {
    return rest(page, null);
  }
  if (now < operation.dueAt) return rest(page, operation.dueAt);
  if (page.settings.hold === 'safe_mode') return rest(page, null);
  return isOpenStep(step) ? doubt(page, operation, step, timing) : advance(page, timing);
}

/** Applies an answer. An answer to any step but the open one comes too late and changes nothing. */
export function hear(
  page: Page,
  asked: { readonly operationId: string; readonly n: number },
  answer: Answer,
  timing: Timing,
): Turn {
  const { operation, step } = page;
  if (!isAwaited(page, asked) || operation === null || step === null) return rest(page, null);
  if (step.state === 'challenged') return rest(page, operation.dueAt);
  switch (answer.kind) {
    case 'done':
      return settle(page, step, 'done', movedBy(page, step, answer), null, timing);
    case 'challenge':
      return awaitCardholder(page, operation, step, answer.page, timing);
    case 'refused':
      return hearRefusal(page, operation, step, answer, timing);
    case 'unsent':
      return hearUnsent(page, operation, step, answer, timing);
    case 'unknown':
      return hearUnknown(page, operation, step, { code: null, text: answer.cause }, timing);
    default:
      return answer satisfies never;
  }
}

/**
 * Applies the result of an inquiry about the open step. The age of a sighting counts from before
 * the inquiry was sent, because the process may have slept before it read the result.
 */
export function see(
  page: Page,
  looked: { readonly operationId: string; readonly n: number; readonly from: Instant },
  sighting: InquiryResult,
  timing: Timing,
): Turn {
  const { operation, step } = page;
  const before = concerned(page);
  if (!isAwaited(page, looked) || operation === null || step === null || before === null) {
    return rest(page, null);
  }
  const tried = withOperation(page, { ...operation, looks: operation.looks + 1 });
  if (sighting.kind === 'unsupported') return withoutEvidence(tried, step, timing);
  if (sighting.kind === 'failed') return lookLater(tried, step, timing);

  const transactions = concerning(page, sighting.transactions);
  const read = readSighting(step, before, { ...sighting, transactions });
  const meaning = withoutDispute(read, { step, operation }, transactions, page.books);
  if (meaning.kind === 'done') {
    return settle(tried, step, 'proven', asSeen(page, meaning.seen), null, timing);
  }
  if (looked.from < settlesAt(step, timing)) return lookLater(tried, step, timing);
  switch (meaning.kind) {
    case 'not_done':
      if (step.state === 'challenged') return endUnconfirmed(tried, step);
      return advance(closeStep(tried, step, 'disproven', null), timing);
    case 'found':
      return correct(tried, step, 'inquiry', asSeen(page, meaning.seen));
    case 'two_live':
      return review(tried, step, 'two_live_transactions');
    default:
      return review(tried, step, 'outcome_needs_review');
  }
}

/**
 * Applies a person's finding at the gateway's console to an operation in review. Null: none of the
 * order's transactions is live. Ignores another order's transaction (O1).
 */
export function resolveReview(
  page: Page,
  seen: Seen | null,
  timing: Timing,
  evidence: CorrectionEvidence = 'person',
): Turn {
  const { operation, step } = page;
  const before = concerned(page);
  if (operation?.state !== 'review' || step === null || before === null) return rest(page, null);
  if (seen !== null && isAnothers(seen.seqno, page.books)) return rest(page, null);
  const transactions = seen === null ? [] : [seen];
  const meaning = readSighting(step, before, { transactions, complete: true });
  if (meaning.kind === 'done') {
    return settle(page, step, 'proven', asSeen(page, meaning.seen), null, timing);
  }
  if (meaning.kind === 'not_done') {
    const closed = closeStep(page, step, 'disproven', null);
    return end(closed, 'declined', 'confirmed_not_executed');
  }
  return seen === null ? rest(page, null) : correct(page, step, evidence, asSeen(page, seen));
}

/** Asks for the next step toward the goal, or ends the operation. */
export function advance(page: Page, timing: Timing): Turn {
  const operation = operationOn(page);
  if (operation.goal === null) throw new Error(`operation ${operation.id} has no goal`);
  const transaction = concerned(page);
  if (transaction === null) return end(page, 'declined', 'not_authorized');
  const next = nextAsk(transaction.state, transaction.amount, operation.goal, operation.amount);
  if (next === 'reached') return end(page, 'succeeded', null);
  if (next === 'no_way') return end(page, 'declined', 'not_authorized');
  if (page.settings.hold) return wait(page, operation, page.settings.hold, timing);
  return ask(page, operation, transaction, next, false, timing);
}

/** Renkei may not ask now: the operation stays open without doubt, and tries again later. */
function wait(page: Page, operation: Operation, reason: Hold, timing: Timing): Turn {
  const dueAt = page.now + timing.holdMs;
  return rest(withOperation(page, { ...operation, state: 'asking', reason, dueAt }), dueAt);
}

// --- asking -------------------------------------------------------------------------------------

function ask(
  page: Page,
  operation: Operation,
  transaction: Transaction,
  verb: Verb,
  repeat: boolean,
  timing: Timing,
): Turn {
  const n = (page.step?.n ?? 0) + 1;
  if (n > LIMITS.asks) return giveUp(page);
  const step: Step = {
    operationId: operation.id,
    n,
    verb,
    seqno: transaction.seqno,
    amount: operation.amount,
    repeat,
    state: 'sent',
    sentAt: page.now,
    answeredAt: null,
    code: null,
    text: null,
  };
  const dueAt = page.now + timing.takeoverMs;
  const asking: Operation = { ...operation, state: 'asking', reason: null, dueAt, looks: 0 };
  const asked: Page = { ...page, operation: asking, step, closedStep: page.step };
  return { page: asked, next: { kind: 'ask', step } };
}

// --- hearing ------------------------------------------------------------------------------------

function isAwaited(page: Page, { operationId, n }: { operationId: string; n: number }): boolean {
  return page.operation?.id === operationId && page.step?.n === n && isOpenStep(page.step);
}

/** F-REGI carried a step out: writes the transaction as F-REGI reports it, and goes on. */
function settle(
  page: Page,
  step: Step,
  state: 'done' | 'proven',
  transaction: Transaction,
  words: GatewayWords | null,
  timing: Timing,
): Turn {
  const closed = closeStep(page, step, state, words);
  const tried = withOperation(closed, { ...operationOn(page), unsentTries: 0 });
  return advance(writeMove(tried, step, transaction), timing);
}

function hearRefusal(
  page: Page,
  operation: Operation,
  step: Step,
  answer: Extract<Answer, { kind: 'refused' }>,
  timing: Timing,
): Turn {
  const meaning = readRefusal(step.verb, answer.refusal, step.repeat);
  switch (meaning.kind) {
    case 'proven':
      return settle(page, step, 'proven', moved(page, step), answer, timing);
    case 'found': {
      const found = { ...moved(page, step), state: meaning.state };
      return correct(page, step, 'refusal', found, answer);
    }
    case 'declined': {
      const closed = closeStep(page, step, 'refused', answer);
      return end(declineAuthorization(closed, step), 'declined', meaning.reason);
    }
    default:
      return hearUnknown(page, operation, step, answer, timing);
  }
}

function hearUnsent(
  page: Page,
  operation: Operation,
  step: Step,
  { cause, because = 'gateway_unreachable' }: Extract<Answer, { kind: 'unsent' }>,
  timing: Timing,
): Turn {
  const { hold } = page.settings;
  const unsentTries = operation.unsentTries + (hold ? 0 : 1);
  const closed = closeStep(page, step, 'unsent', { code: null, text: cause });
  if (step.repeat) return keepDoubt(closed, operation, step, timing, unsentTries);
  if (hold) return wait(closed, operation, hold, timing);
  if (unsentTries >= LIMITS.unsent) return end(closed, 'not_sent', because);
  const dueAt = page.now + backoffMs(timing.resendMs, unsentTries - 1);
  const waiting: Operation = { ...operation, state: 'asking', reason: null, unsentTries, dueAt };
  return rest(withOperation(closed, waiting), dueAt);
}

// --- doubt --------------------------------------------------------------------------------------

/** The open step has no answer, and its sender is gone or has given up. */
function doubt(page: Page, operation: Operation, step: Step, timing: Timing): Turn {
  const doubted = inDoubt(page, operation, step, page.now + timing.takeoverMs);
  if (proofOf(operation, step, page.settings) === 'inquiry') {
    // The gateway is out of reach, so a look would fail: look soon after it is back.
    if (page.settings.hold) return restInDoubt(doubted, page.now + timing.holdMs);
    const look = { kind: 'look', operationId: operation.id, n: step.n, from: page.now } as const;
    return { page: doubted, next: look };
  }
  return withoutEvidence(doubted, step, timing);
}

/** No inquiry can help. Repeats an ask that F-REGI guards; a person answers any other (M4). */
function withoutEvidence(page: Page, step: Step, timing: Timing): Turn {
  const operation = operationOn(page);
  const settledAt = settlesAt(step, timing);
  if (page.now < settledAt) return restInDoubt(page, settledAt);
  const transaction = concerned(page);
  if (proofWithoutLooks(step.verb) === 'person' || transaction === null) {
    return review(page, step, 'outcome_needs_review');
  }
  if (page.settings.hold) return restInDoubt(page, page.now + timing.holdMs);
  const repeated: Page = { ...page, step: { ...step, state: 'repeated' } };
  return ask(repeated, operation, transaction, step.verb, true, timing);
}

/** Doubles the wait each time, but always looks when the quarantine ends and a look decides. */
function lookLater(page: Page, step: Step, timing: Timing): Turn {
  const operation = operationOn(page);
  if (operation.looks >= LIMITS.looks) return withoutEvidence(page, step, timing);
  const next = page.now + backoffMs(timing.lookMs, operation.looks);
  const settledAt = settlesAt(step, timing);
  return restInDoubt(page, page.now < settledAt ? Math.min(next, settledAt) : next);
}
