import type { jaForms } from './ja-forms.ts';
import type { Words } from './words.ts';

/** Forms in English. */
export const enForms: Words<typeof jaForms> = {
  leave: 'Some changes are not saved',
  leaveHint: 'What you typed is lost if you leave now.',
  leaveAnyway: 'Leave without saving',
  stay: 'Keep editing',
  overtaken: 'Somebody else was faster and changed this.',
  overtakenRemedy:
    'You see the latest now, and what you typed is still there. Look at both, then save again.',
  becomes: 'becomes',
  nothing: '(nothing)',
  unsaved: 'Some changes are not saved.',
};
