import type { jaConfirm } from '../ja/confirm.ts';
import type { LocaleWords } from '../words.ts';

/** The confirmation that the server asks for after the press, in English. */
export const enConfirm: LocaleWords<typeof jaConfirm> = {
  label: 'To confirm, type {{value}}',
  wrong: 'This does not match. Type “{{value}}”.',
  button: 'Confirm and carry out',
};
