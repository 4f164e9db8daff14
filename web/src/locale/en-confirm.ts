import type { jaConfirm } from './ja-confirm.ts';
import type { Words } from './words.ts';

/** S2 in English: the confirmation that the server asks for. */
export const enConfirm: Words<typeof jaConfirm> = {
  label: 'To confirm, type {{value}}',
  wrong: 'This does not match. Type “{{value}}”.',
  button: 'Confirm and carry out',
};
