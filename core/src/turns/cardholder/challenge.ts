import { declineAuthorization, end } from '../ending.ts';
import { settlesAt } from '../in-doubt.ts';
import type { Operation, Page, Step, Turn } from '../operation.ts';
import { closeStep, rest, said, withOperation } from '../page.ts';
import type { Timing } from '../timing.ts';

/**
 * F-REGI authorizes only after the cardholder has confirmed (Y2): the operation waits for that, and
 * the token is used up. A registered card is charged without its holder, so nobody could confirm,
 * and nothing is authorized.
 */
export function awaitCardholder(
  page: Page,
  operation: Operation,
  step: Step,
  challengePage: string,
  timing: Timing,
): Turn {
  if (operation.cardToken === null) {
    const closed = closeStep(page, step, 'refused', { text: 'OUTPUT' });
    return end(declineAuthorization(closed, step), 'declined', 'cardholder_absent');
  }
  const challenged: Step = { ...step, ...said(page, {}), state: 'challenged' };
  const dueAt = settlesAt(challenged, timing);
  const confirming: Operation = {
    ...operation,
    state: 'confirming',
    reason: 'cardholder_confirms',
    dueAt,
    looks: 0,
    cardToken: null,
    challengePage,
  };
  return rest({ ...withOperation(page, confirming), step: challenged }, dueAt);
}

/** The cardholder has not confirmed in time, so F-REGI has authorized nothing. */
export function endUnconfirmed(page: Page, step: Step): Turn {
  return end(closeStep(page, step, 'disproven', null), 'declined', 'cardholder_not_confirmed');
}
