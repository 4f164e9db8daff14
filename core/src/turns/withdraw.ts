import { end } from './ending.ts';
import type { Operation, Page, Step, Turn } from './operation.ts';
import { concerned, rest } from './page.ts';

/**
 * Takes back an operation that waits for the gateway: nothing was asked for it, so it ends as what
 * was not sent. Whatever else it is, it stays as it is.
 */
export function withdraw(page: Page): Turn {
  const { operation, step } = page;
  if (operation === null || !isWaiting(operation, step === null ? [] : [step])) {
    return rest(page, null);
  }
  // After a restore to the past it may have been asked, whatever is written here: it is parked.
  if (page.settings.hold === 'safe_mode') return rest(page, null);
  // Something that it has asked for was carried out: it goes on from there.
  if ((concerned(page)?.asOf ?? 0) > operation.createdAt) return rest(page, null);
  return end(page, 'not_sent', 'withdrawn');
}

/** True while an operation waits for the gateway, and none of its asks has ever left. */
export function isWaiting({ state, reason }: Operation, steps: readonly Step[]): boolean {
  const held = reason === 'gateway_down' || reason === 'safe_mode';
  return state === 'asking' && held && steps.every((step) => step.state === 'unsent');
}
