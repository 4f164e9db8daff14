import type { Instant } from '../domain/values/jst.ts';
import type { Operation, Page, Step, Turn } from './operation.ts';
import { type GatewayWords, operationOn, rest, said, withOperation } from './page.ts';
import { backoffMs, type Timing } from './timing.ts';

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
  const settlesAt = step.sentAt + timing.quarantineMs;
  const dueAt = page.settings.inquiry ? page.now + timing.lookMs : Math.max(settlesAt, page.now);
  const unknown: Operation = { ...operation, state: 'unknown', reason: 'outcome_unknown', dueAt };
  return rest({ ...withOperation(page, unknown), step: unknownStep }, dueAt);
}

/** Leaves the step in doubt until an instant. */
export function restInDoubt(page: Page, dueAt: Instant): Turn {
  return rest(withOperation(page, { ...operationOn(page), dueAt }), dueAt);
}
