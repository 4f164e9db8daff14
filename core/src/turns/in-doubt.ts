import type { Instant } from '../domain/values/jst.ts';
import type { Operation, Page, Step, Turn } from './operation.ts';
import { type GatewayWords, operationOn, rest, said, withOperation } from './page.ts';
import { backoffMs, type Timing } from './timing.ts';

/**
 * Returns when the open step can change nothing at F-REGI any more: after its quarantine or, if the
 * cardholder was asked to confirm, after the time for that.
 */
export function settlesAt({ state, sentAt }: Step, timing: Timing): Instant {
  return sentAt + (state === 'challenged' ? timing.confirmMs : timing.quarantineMs);
}

/** The step has no outcome yet. A step that waits for the cardholder is in no doubt (Y2). */
export function inDoubt(page: Page, operation: Operation, step: Step, dueAt: Instant): Page {
  if (step.state === 'challenged') return withOperation(page, { ...operation, dueAt });
  const unknown: Operation = { ...operation, state: 'unknown', reason: 'outcome_unknown', dueAt };
  return { ...withOperation(page, unknown), step: { ...step, state: 'unknown' } };
}

/** A repeat never left. The earlier ask is still in doubt, so the step stays open. */
export function keepDoubt(
  page: Page,
  operation: Operation,
  step: Step,
  timing: Timing,
  unsentTries: number,
): Turn {
  const open: Step = { ...step, state: 'unknown' };
  const dueAt = page.now + backoffMs(timing.lookMs, unsentTries);
  const unknown: Operation = { ...operation, state: 'unknown', unsentTries, dueAt };
  return rest({ ...withOperation(page, unknown), step: open }, dueAt);
}

/** F-REGI answered, and the answer leaves open whether the step was carried out. */
export function hearUnknown(
  page: Page,
  operation: Operation,
  step: Step,
  words: GatewayWords,
  timing: Timing,
): Turn {
  const unknownStep: Step = { ...step, ...said(page, words), state: 'unknown' };
  const lateAt = Math.max(settlesAt(unknownStep, timing), page.now);
  const dueAt = page.settings.inquiry ? page.now + timing.lookMs : lateAt;
  const unknown: Operation = { ...operation, state: 'unknown', reason: 'outcome_unknown', dueAt };
  return rest({ ...withOperation(page, unknown), step: unknownStep }, dueAt);
}

/** Leaves the step in doubt until an instant. */
export function restInDoubt(page: Page, dueAt: Instant): Turn {
  return rest(withOperation(page, { ...operationOn(page), dueAt }), dueAt);
}
