import { ANSWERED } from './answered.ts';
import { AUTHORIZING_REFUSED } from './authorizing.ts';
import { CARDHOLDER } from './cardholder.ts';
import { CONFIRMING_REFUSED } from './confirming.ts';
import { CONTENT_REFUSED } from './content.ts';
import { ERASING_REFUSED } from './erasing.ts';
import { PAID_ON_REFUSED } from './paid-on.ts';
import { REDIRECT_REFUSED } from './redirect.ts';
import { REFUSED } from './refused.ts';
import { RELINK_REFUSED } from './relinked.ts';
import type { Remedy } from './remedies.ts';
import { SECOND_PERSON } from './second-person.ts';
import { SETTLING_REFUSED } from './settling.ts';
import { SHIPPING_REFUSED } from './shipping.ts';
import type { ReasonFacts, Words } from './words.ts';

export { REMEDY, type Remedy } from './remedies.ts';

/**
 * The reason for a refusal, or for an ending: a closed list, with cause and remedy in both
 * languages. A reason reads as a fact. F-REGI's own code and text are kept verbatim beside it.
 */
export const REASON = {
  ...REFUSED,
  ...CONTENT_REFUSED,
  ...RELINK_REFUSED,
  ...REDIRECT_REFUSED,
  ...SHIPPING_REFUSED,
  ...SETTLING_REFUSED,
  ...PAID_ON_REFUSED,
  ...ERASING_REFUSED,
  ...AUTHORIZING_REFUSED,
  ...CARDHOLDER,
  ...CONFIRMING_REFUSED,
  ...SECOND_PERSON,
  ...ANSWERED,
} as const;
export type Reason = keyof typeof REASON;
export type Locale = 'ja' | 'en';

/** Returns cause and remedy of a reason in one language, with the ids of its remedies. */
export function explain(reason: Reason, locale: Locale): Words & { remedies: readonly Remedy[] } {
  const facts: ReasonFacts = REASON[reason];
  return { ...facts[locale], remedies: facts.remedies };
}

/** L5: the manual's text behind 受注コード, for states known without asking F-REGI. */
export const MANUAL_LINE: Partial<Record<Reason, string>> = {
  already_captured: '売上処理時の指定された取引は売上受付済みです',
  already_voided: '売上処理時の指定された取引は承認取消済みです',
  already_refunded: '売上処理時の指定された取引は売上取消済みです',
};
