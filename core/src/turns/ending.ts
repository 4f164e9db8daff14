import type { CorrectionEvidence } from '../domain/order/events.ts';
import type { Transaction } from '../domain/order/order.ts';
import type { Reason } from '../domain/reasons/index.ts';
import { reasonOfState } from '../domain/reasons/of-state.ts';
import { leftBy } from '../domain/transaction/effects.ts';
import type { Operation, Page, Step, Turn } from './operation.ts';
import {
  closeStep,
  type GatewayWords,
  operationOn,
  rest,
  withOperation,
  write,
  writeCorrection,
} from './page.ts';

/** How an operation ends, and how it reaches a person. No call follows either. */

/** Ends an operation. On success the same turn also writes `afterwards`. */
export function end(
  page: Page,
  outcome: 'succeeded' | 'declined' | 'not_sent',
  reason: Reason | null,
): Turn {
  const { now } = page;
  const operation = operationOn(page);
  const ended: Operation = {
    ...operation,
    state: outcome,
    reason,
    endedAt: now,
    dueAt: now,
    cardToken: null,
    challengePage: null,
  };
  const event = { operationId: operation.id, outcome, reason } as const;
  const closed = write(withOperation(page, ended), { kind: 'operation_ended', ...event });
  const { afterwards } = operation;
  const goesOn = outcome === 'succeeded' || isDeclinedPreorder(operation, closed);
  const done = goesOn && afterwards !== null ? write(closed, afterwards) : closed;
  return rest(done, null);
}

/** B2: a pre-order becomes 通常処理 even if the card company declines its authorization. */
function isDeclinedPreorder({ goal }: Operation, { order }: Page): boolean {
  return goal === 'authorized' && order.transaction?.state === 'validated_unauthorized';
}

/** Records that somebody else moved the transaction, and ends the operation; never as a success. */
export function correct(
  page: Page,
  step: Step,
  evidence: CorrectionEvidence,
  transaction: Transaction,
  words: GatewayWords | null = null,
): Turn {
  const closed = closeStep(page, step, evidence === 'refusal' ? 'refused' : 'disproven', words);
  return end(
    writeCorrection(closed, evidence, transaction),
    'declined',
    reasonOfState(transaction.state),
  );
}

/** B2, B4: a declined authorization is itself a state of the transaction. */
export function declineAuthorization(page: Page, step: Step): Page {
  const { transaction, type } = page.order;
  if (step.verb !== 'authorize' || transaction === null) return page;
  const state = type === 'preorder' ? 'validated_unauthorized' : 'authorization_failed';
  const operationId = step.operationId;
  const declined = { ...transaction, state, asOf: page.now } as const;
  const event = { operationId, verb: 'authorize', transaction: declined } as const;
  return holdDelivery(write(page, { kind: 'transaction_moved', ...event }));
}

/** B4: a declined delivery of a subscription goes on hold, so that nobody ships it by mistake. */
function holdDelivery(page: Page): Page {
  const { type, status } = page.order;
  const isDelivery = type === 'subscription' || type === 'club';
  if (!isDelivery || status !== 'processing') return page;
  return write(page, { kind: 'status_changed', to: 'on_hold', gateway: leftBy(page.order) });
}

/**
 * Hands the operation to a person, who alone can find the outcome out; the step stays open (M4).
 */
export function review(page: Page, step: Step, reason: Reason): Turn {
  const operation = operationOn(page);
  const parked: Operation = { ...operation, state: 'review', reason, challengePage: null };
  const state = step.state === 'challenged' ? 'challenged' : 'unknown';
  return rest({ ...withOperation(page, parked), step: { ...step, state } }, null);
}

/** After too many asks: an unanswered ask goes to a person; any other ends the operation. */
export function giveUp(page: Page): Turn {
  const { step } = page;
  if (step?.state === 'repeated') return review(page, step, 'outcome_needs_review');
  if (step?.state === 'unsent') return end(page, 'not_sent', 'gateway_unreachable');
  return end(page, 'declined', 'confirmed_not_executed');
}
