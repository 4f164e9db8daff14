import type { Parameters } from '../wire/form.ts';
import { given, type Process } from './outcome.ts';

/**
 * The allowed values of a parameter, and its refusals. A code ends in ten times the field plus the
 * kind: 0 missing, 1 malformed or too large, 2 too small (protocol §5.1). Fields 2, 3, 4, 5, 13 and
 * 17 are confirmed; the others are invented. The sentences are invented, too, except those of the
 * amounts.
 */
export type FieldError = { readonly code: string; readonly text: string };

type FieldRule = {
  readonly field: number;
  readonly label: string;
  readonly fits: (value: string) => boolean;
};

export const KEY = /^[A-Za-z0-9-]{1,20}$/;
const ASCII = /^[\x20-\x7e]*$/;
/** ASCII, and kana of half width. */
const HALF_WIDTH = /^[\x20-\x7e\uff61-\uff9f]*$/;
const FLAG = /^[01]$/;
const PAY_MODES = ['00', '01', '02', '03', '05', '06', '10', '12', '15', '18', '20', '24'];
const FREE_BYTES_MAX = 255;
const CARD_NAME_MAX = 45;
const MAIL_MAX = 254;

const fits = (pattern: RegExp) => (value: string) => pattern.test(value);

/** The optional parameters of the card CGIs (protocol §4.1). */
export const FIELDS = {
  ID: { field: 1, label: '伝票番号', fits: fits(KEY) },
  CUSTOMERID: { field: 6, label: '顧客番号', fits: fits(KEY) },
  CARDNAME: {
    field: 7,
    label: 'カード名義',
    fits: (value: string) => ASCII.test(value) && value.length <= CARD_NAME_MAX,
  },
  PAYMODE: { field: 9, label: '支払方法', fits: (value: string) => PAY_MODES.includes(value) },
  MONTHLY: { field: 10, label: '顧客登録フラグ', fits: fits(FLAG) },
  MONTHLYMODE: { field: 11, label: '洗替利用フラグ', fits: fits(FLAG) },
  SALETOGETHER: { field: 14, label: '同時売上フラグ', fits: fits(FLAG) },
  HOLDERMAIL: {
    field: 15,
    label: 'メールアドレス',
    fits: (value: string) => value.length <= MAIL_MAX && /^[^@\s]+@[^@\s]+$/.test(value),
  },
  HOLDERHOMETEL: { field: 16, label: '電話番号', fits: fits(/^[\d+-]{1,15}$/) },
  HOLDERMOBILTEL: { field: 16, label: '電話番号', fits: fits(/^[\d+-]{1,15}$/) },
  HOLDERWORKTTEL: { field: 16, label: '電話番号', fits: fits(/^[\d+-]{1,15}$/) },
  IP: { field: 19, label: 'IPアドレス', fits: fits(/^[\d.]{7,15}$/) },
  FREE: {
    field: 20,
    label: 'フリー項目',
    fits: (value: string) => HALF_WIDTH.test(value) && value.length <= FREE_BYTES_MAX,
  },
} as const satisfies Record<string, FieldRule>;

/** Returns the first of these parameters that is given and does not fit; null if all fit. */
export function findWrong(
  parameters: Parameters,
  names: readonly (keyof typeof FIELDS)[],
  process: Process,
): FieldError | null {
  for (const name of names) {
    const value = given(parameters, name);
    if (value !== null && !FIELDS[name].fits(value)) return malformed(process, FIELDS[name]);
  }
  return null;
}

export function malformed(
  { name, code }: Process,
  { field, label }: Omit<FieldRule, 'fits'>,
): FieldError {
  return { code: `${code}-${field * 10 + 1}`, text: `${name}時の${label}が正しくありません` };
}

export function missing(
  { name, code }: Process,
  { field, label }: Omit<FieldRule, 'fits'>,
): FieldError {
  return { code: `${code}-${field * 10}`, text: `${name}時の${label}が指定されていません` };
}

const AMOUNT_MIN = 2;
const AMOUNT_MAX = 9_999_999;

/**
 * Reads PAY, from 2 to 9,999,999 yen unless the caller sets other limits. The codes 21 and 22 of
 * the amount changes are confirmed, and so is the sentence of S3-1-21.
 */
export function readAmount(
  parameters: Parameters,
  { name, code }: Process,
  [least, most]: readonly [number, number] = [AMOUNT_MIN, AMOUNT_MAX],
): { readonly amount: number } | { readonly wrong: FieldError } {
  const wrong = (kind: number, what: string) => ({
    wrong: { code: `${code}-2${kind}`, text: `${name}時の金額が${what}` },
  });
  const text = given(parameters, 'PAY');
  if (text === null) return wrong(0, '指定されていません');
  if (!/^\d+$/.test(text)) return wrong(1, '正しくありません');
  const amount = Number(text);
  if (amount > most) return wrong(1, '大きすぎます');
  if (amount < least) return wrong(2, '小さすぎます');
  return { amount };
}
