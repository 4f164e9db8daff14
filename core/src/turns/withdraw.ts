import { end } from './ending.ts';
import type { Operation, Page, Step, Turn } from './operation.ts';
import { concerned, rest } from './page.ts';

/**
 * Withdraws an operation that waits for the gateway: it asked nothing, so it ends as `not_sent`.
 * Any other operation stays as it is.
 */
export function withdraw(page: Page): Turn {
  const { operation, step } = page;
  if (operation === null || !isWaiting(operation, step === null ? [] : [step])) {
    return rest(page, null);
  }
  // After a restore to the past F-REGI may have been asked, whatever the journal says; `park`
  // decides.
  if (page.settings.hold === 'safe_mode') return rest(page, null);
  // F-REGI has carried out an ask of this operation, so the operation goes on from there.
  if ((concerned(page)?.asOf ?? 0) > operation.createdAt) return rest(page, null);
  return end(page, 'not_sent', 'withdrawn');
}

/** True while an operation waits for the gateway and none of its asks has ever left. */
export function isWaiting({ state, reason }: Operation, steps: readonly Step[]): boolean {
  const held = reason === 'gateway_down' || reason === 'safe_mode';
  return state === 'asking' && held && steps.every((step) => step.state === 'unsent');
}
