import { CHANNEL, keysOf, ORDER_TYPE } from '@renkei/core/domain/order/states.ts';
import { AUTHENTICATION, NOT_TOLD } from '@renkei/core/domain/transaction/authentication.ts';
import { isBusinessDate, type JstDate, startOfJstDate } from '@renkei/core/domain/values/jst.ts';
import { YEN_MAX } from '@renkei/core/domain/values/yen.ts';
import { type Bilingual, SAYS } from './messages.ts';

/** The value of a cell, or its error with the remedy. */
type CellValue<T> = { readonly value: T } | { readonly wrong: Bilingual };

/** How to read the cells of a column. */
export type CellKind<T> = {
  /** Receives a cell that is not blank, in half-width forms, without outer spaces. */
  readonly parse: (text: string) => CellValue<T>;
  /** Replaces a wrong value until its order is left out. */
  readonly standIn: T;
};

/** Normalizes a cell for comparing and parsing: half-width if possible, without outer spaces. */
export function foldCell(cell: string): string {
  return cell.normalize('NFKC').trim();
}

/** Whole yen, with or without thousands commas, a yen sign (a backslash in CP932), or 円. */
export const AMOUNT: CellKind<number> = {
  parse(text) {
    const bare = text.replace(/^[¥\\]/, '').replace(/円$/, '');
    if (/^[-−▲△]/.test(bare)) return { wrong: SAYS.negative() };
    if (/^[\d,]+\.\d+$/.test(bare)) return { wrong: SAYS.fraction() };
    if (isShortened(bare)) return { wrong: SAYS.spreadsheetNumber() };
    if (!/^(\d+|\d{1,3}(,\d{3})+)$/.test(bare)) return { wrong: SAYS.notAmount() };
    const value = Number(bare.replaceAll(',', ''));
    return value > YEN_MAX ? { wrong: SAYS.tooMuch() } : { value };
  },
  standIn: 0,
};

/** 受注コード */
export const ORDER_NUMBER = textKind(/^\d{12}$/, SAYS.notOrderNumber);

/** F-REGI取引番号 */
export const SEQNO = textKind(/^\d{20}$/, SAYS.notSeqno);

/** F-REGI承認番号 */
export const AUTH_CODE = textKind(/^[A-Za-z0-9]{1,6}$/, SAYS.notAuthCode);

/** F-REGI伝票番号 */
export const SLIP_ID = textKind(/^[A-Za-z0-9-]{1,20}$/, SAYS.notSlipId);

export const QUANTITY: CellKind<number> = {
  parse(text) {
    const digits = text.replaceAll(',', '');
    const isCount = /^\d{1,9}$/.test(digits) && Number(digits) > 0;
    return isCount ? { value: Number(digits) } : { wrong: SAYS.notQuantity() };
  },
  standIn: 1,
};

/** A business date in Japan, `YYYY/MM/DD`; null if the shop writes that no date is wished, or the first possible one. */
export const DATE: CellKind<JstDate | null> = {
  parse(text) {
    if (/^((指定|希望)(なし|しない)|最短(日|お?届け)?)$/.test(text)) return { value: null };
    const date = toJstDate(text);
    return date === null ? { wrong: SAYS.notDate() } : { value: date };
  },
  standIn: null,
};

/** A time in Japan, `YYYY/MM/DD HH:MM:SS` (seconds optional), as an ISO instant in UTC. */
export const DATE_TIME: CellKind<string> = {
  parse(text) {
    const [, day = '', time = ''] = /^(\S+)\s+(\S+)$/.exec(text) ?? [];
    const date = toJstDate(day);
    const seconds = toSecondsOfDay(time);
    if (date === null || seconds === null) return { wrong: SAYS.notDateTime() };
    return { value: new Date(startOfJstDate(date) + seconds * 1_000).toISOString() };
  },
  standIn: '',
};

/** 消費税率, in percent. */
export const TAX_RATE: CellKind<10 | 8 | 0> = {
  parse(text) {
    const rate = TAX_RATES.find((known) => text.replace(/%$/, '') === String(known));
    return rate === undefined ? { wrong: SAYS.notOneOf(['10', '8', '0']) } : { value: rate };
  },
  standIn: 10,
};
const TAX_RATES = [10, 8, 0] as const;

/** 受注種別 and 受注経路: the manual's words, or the codes. */
export const TYPE = oneOf(ORDER_TYPE, 'regular');
export const CHANNEL_KIND = oneOf(CHANNEL, 'pc', [
  ['携帯', 'mobile'],
  ['スマホ', 'smartphone'],
]);

/** 本人認証: our words, or the card network's ECI. */
export const AUTHENTICATION_KIND = oneOf(AUTHENTICATION, NOT_TOLD, [
  ['05', 'authenticated'],
  ['02', 'authenticated'],
  ['06', 'attempted'],
  ['01', 'attempted'],
  ['07', 'not_authenticated'],
  ['00', 'not_authenticated'],
]);

/** 入金フラグ: true if the order is paid. */
export const PAID: CellKind<boolean> = {
  parse(text) {
    if (/^(0|未入金|未)$/.test(text)) return { value: false };
    if (/^(1|入金済み?|済)$/.test(text)) return { value: true };
    return { wrong: SAYS.notOneOf(['0', '1', '未入金', '入金済']) };
  },
  standIn: false,
};

/** A text of a pattern; says so if a spreadsheet has changed it. */
export function textKind(pattern: RegExp, wrong: () => Bilingual): CellKind<string> {
  return {
    parse(text) {
      if (pattern.test(text)) return { value: text };
      return { wrong: isShortened(text) ? SAYS.spreadsheetNumber() : wrong() };
    },
    standIn: '',
  };
}

/** 1.00001E+11, 100000394011.0: a spreadsheet writes a long number so when it saves a CSV. */
export function isShortened(text: string): boolean {
  return /^\d(\.\d+)?e\+?\d+$|^\d+\.0+$/i.test(text);
}

function oneOf<K extends string>(
  table: Readonly<Record<K, { readonly ja: string }>>,
  standIn: K,
  aliases: readonly (readonly [string, K])[] = [],
): CellKind<K> {
  const codes = keysOf(table);
  const wrong = SAYS.notOneOf(codes.map((code) => table[code].ja));
  return {
    parse(text) {
      const word = text.toLowerCase();
      const known = codes.find((code) => code === word || table[code].ja.toLowerCase() === word);
      const value = known ?? aliases.find(([alias]) => alias === text)?.[1];
      return value === undefined ? { wrong } : { value };
    },
    standIn,
  };
}

function toJstDate(text: string): JstDate | null {
  const parts = /^(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?: 0?0:00(?::00)?)?$/.exec(text);
  if (parts === null) return null;
  const [, year, month = '', day = ''] = parts;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isBusinessDate(date) ? date : null;
}

function toSecondsOfDay(text: string): number | null {
  const parts = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text);
  if (parts === null) return null;
  const [hours = 0, minutes = 0, seconds = 0] = parts.slice(1).map((part) => Number(part ?? 0));
  if (hours > 23 || minutes > 59 || seconds > 59) return null;
  return (hours * 60 + minutes) * 60 + seconds;
}
