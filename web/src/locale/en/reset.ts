import type { jaReset } from '../ja/reset.ts';
import type { LocaleWords } from '../words.ts';

/** The screen of a forgotten password, in English. */
export const enReset = {
  title: 'Forgotten password',
  lead: 'Renkei mails a link to set another password to the address of your account.',
  missing: 'Enter your e-mail address.',
  ask: 'Send the mail',
  asked: 'Renkei has your request.',
  askedLead:
    'If {{email}} has an account, a link arrives shortly. It works once, within 30 minutes. If it does not arrive, look into the spam folder, or ask the shop’s owner.',
  choose: 'Choose a new password. Every browser is signed out. Two-step sign-in stays as it is.',
  password: 'New password',
  passwordHint: '12 to 128 characters',
  set: 'Set the password',
  done: 'The new password is set. Sign in with it.',
  toSignIn: 'Go to the sign-in',
} as const satisfies LocaleWords<typeof jaReset>;
