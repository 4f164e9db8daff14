import type { Refusal } from '@renkei/core/turns/asks.ts';

/**
 * The meaning of F-REGI's refusals. The codes of two confirmed sentences are not public, so the end
 * of the sentence decides first, and the code is only data (protocol §5, §14.3).
 */
const BY_SENTENCE: readonly (readonly [suffix: string, Refusal])[] = [
  ['売上受付済みです', 'already_captured'],
  ['承認取消済みです', 'already_voided'],
  ['売上取消済みです', 'already_refunded'],
  ['売上処理されていません', 'not_captured'],
  ['売上処理期限を超過しています', 'capture_deadline_passed'],
  ['存在しません', 'transaction_not_found'],
];

/** Codes with a confirmed meaning (protocol §5.2, §5.3). */
const BY_CODE: Readonly<Record<string, Refusal>> = {
  'S1-1-125': 'capture_deadline_passed',
  // Renkei never sends a card number, so a missing card means an unknown 顧客番号.
  'A1-1-30': 'customer_not_registered',
  'A1-1-81': 'card_declined',
  'A1-1-82': 'card_declined',
  'A1-1-83': 'card_declined',
  'A1-1-84': 'card_declined',
  'A1-1-85': 'card_declined',
  'A1-1-170': 'request_rejected',
  'A1-1-171': 'request_rejected',
  'A3-1-21': 'request_rejected',
  'A3-1-22': 'request_rejected',
  'S3-1-21': 'request_rejected',
  'S3-1-22': 'request_rejected',
};

/** Network codes that do not tell whether it happened: held, stand-in, offline (protocol §15). */
const UNCLEAR_NETWORK = ['G30', 'G85', 'G92', 'G94', 'G95', 'G97', 'G99'];

/** Parameter errors of the authorization: fields 2 to 8 and 13, missing or malformed (§5.1). */
const PARAMETER_ERROR = /^A1-1-(2[0-2]|[345][0-2]|13[0-2])$/;

/**
 * Reads a refusal's code and sentence. Returns `unclear` unless the meaning is known for certain.
 */
export function readRefusalWords(code: string | null, sentence: string): Refusal {
  const said = BY_SENTENCE.find(([suffix]) => sentence.endsWith(suffix));
  if (said !== undefined) return said[1];
  if (code === null) return 'unclear';
  const known = BY_CODE[code];
  if (known !== undefined) return known;
  if (PARAMETER_ERROR.test(code)) return 'request_rejected';
  const network = /^JCN-(G\d\d)$/.exec(code)?.[1];
  if (network === undefined) return 'unclear';
  return UNCLEAR_NETWORK.includes(network) ? 'unclear' : 'card_declined';
}
