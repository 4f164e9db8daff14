import { review } from './ending.ts';
import { settlesAt } from './in-doubt.ts';
import { isOpen, isOpenStep, type Page, type Turn } from './operation.ts';
import { rest } from './page.ts';
import { advance } from './protocol.ts';
import type { Timing } from './timing.ts';

/**
 * Parks an open operation after a restore to the past. Whatever the journal says, F-REGI may have
 * been asked after the backup; only evidence or a person can tell. Does nothing once safe mode has
 * ended: a process that slept through its end must not park an operation begun since. Pure, like
 * all turns.
 */
export function park(page: Page, timing: Timing): Turn {
  const { operation, step, now } = page;
  if (page.settings.hold !== 'safe_mode') return rest(page, null);
  if (operation === null || !isOpen(operation) || operation.state === 'review') {
    return rest(page, null);
  }
  if (isOpenStep(step)) {
    // The cardholder may still confirm, so nobody can tell yet.
    if (operation.state === 'confirming' && now < settlesAt(step, timing)) {
      return rest(page, operation.dueAt);
    }
    return review(page, step, 'outcome_needs_review');
  }
  const turn = advance({ ...page, settings: { ...page.settings, hold: null } }, timing);
  if (turn.next.kind !== 'ask') return turn;
  // Any ask that was made came before safe mode, so sightings from now on are past its quarantine.
  const sentAt = now - timing.quarantineMs;
  return review(turn.page, { ...turn.next.step, sentAt }, 'outcome_needs_review');
}
