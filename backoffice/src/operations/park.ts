import { isOpen, isOpenStep, type Page, type Turn } from './operation.ts';
import { rest } from './page.ts';
import { advance, review } from './protocol.ts';
import type { Timing } from './timing.ts';

/**
 * Parks what is open after a restore to the past: whatever the journal says, it may have been asked
 * after the backup. Only evidence, or a person, can tell. Pure, like all turns.
 */
export function park(page: Page, timing: Timing): Turn {
  const { operation, step } = page;
  if (operation === null || !isOpen(operation) || operation.state === 'review') {
    return rest(page, null);
  }
  if (isOpenStep(step)) return review(page, step, 'outcome_needs_review');
  const turn = advance({ ...page, settings: { ...page.settings, hold: null } }, timing);
  if (turn.next.kind !== 'ask') return turn;
  return review(turn.page, turn.next.step, 'outcome_needs_review');
}
