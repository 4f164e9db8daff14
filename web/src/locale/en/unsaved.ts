import type { jaUnsaved } from '../ja/unsaved.ts';
import type { LocaleWords } from '../words.ts';

/** Unsaved changes in English. */
export const enUnsaved: LocaleWords<typeof jaUnsaved> = {
  leave: 'You have unsaved changes',
  leaveHint: 'You lose your entries if you leave now.',
  leaveAnyway: 'Leave without saving',
  stay: 'Keep editing',
  overtaken: 'Somebody else changed this first.',
  overtakenRemedy:
    'This page now shows the latest state, and your entries are still there. Check both, then save again.',
  becomes: 'becomes',
  nothing: '(nothing)',
  unsaved: 'You have unsaved changes.',
};
