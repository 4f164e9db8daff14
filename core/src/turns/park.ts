import { review } from './ending.ts';
import { isOpen, isOpenStep, type Page, type Turn } from './operation.ts';
import { rest } from './page.ts';
import { advance } from './protocol.ts';
import type { Timing } from './timing.ts';

/**
 * Parks what is open after a restore to the past: whatever the journal says, it may have been asked
 * after the backup. Only evidence, or a person, can tell. Not where safe mode does not hold any
 * more: who was to park it has slept, and it is another's, begun since. Pure, like all turns.
 */
export function park(page: Page, timing: Timing): Turn {
  const { operation, step, now } = page;
  if (page.settings.hold !== 'safe_mode') return rest(page, null);
  if (operation === null || !isOpen(operation) || operation.state === 'review') {
    return rest(page, null);
  }
  if (isOpenStep(step)) return review(page, step, 'outcome_needs_review');
  const turn = advance({ ...page, settings: { ...page.settings, hold: null } }, timing);
  if (turn.next.kind !== 'ask') return turn;
  // If it was asked, then before safe mode: so long ago that whatever is seen from now on tells.
  const sentAt = now - timing.quarantineMs;
  return review(turn.page, { ...turn.next.step, sentAt }, 'outcome_needs_review');
}
