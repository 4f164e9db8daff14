import type { StoreSlip } from '../ledger/entities.ts';
import { formatDay, parseDay, startOfDay } from '../time.ts';
import type { Parameters } from '../wire/form.ts';
import { FIELDS, malformed, missing, readAmount } from './fields.ts';
import {
  type CgiOutcome,
  given,
  newTwenty,
  type Process,
  refuse,
  type Situation,
} from './outcome.ts';

/** コンビニ決済 (protocol §10, convorder). Codes and sentences of its refusals are invented. */
const CONVORDER: Process = { name: 'コンビニ決済処理', code: 'CV1-1' };
const AMOUNTS = [300, 299_999] as const;
const SPAN_DAYS: readonly [number, number] = [2, 30];
const SPAN_DAYS_USUAL = 14;
export const STORES: Readonly<Record<string, string>> = {
  seveneleven: 'セブン-イレブン',
  famima: 'ファミリーマート',
  lawson: 'ローソン',
  seicomart: 'セイコーマート',
};
const NUMBER_DIGITS = 13;

/** convorder: OK, 払込票番号, 取引番号, and the slip's address with REQUIREURL=1. */
export function convorder(parameters: Parameters, situation: Situation): CgiOutcome {
  const { shopId, now, numbers, origin } = situation;
  const read = readAmount(parameters, CONVORDER, AMOUNTS);
  if ('wrong' in read) return refuse(read.wrong.code, read.wrong.text);
  const wrong = findWrong(parameters);
  if (wrong !== null) return refuse(wrong.code, wrong.text);
  const expiresAt = readExpiry(parameters, now);
  if (expiresAt === null) {
    const { code, text } = malformed(CONVORDER, { field: 5, label: '支払期限' });
    return refuse(code, text);
  }
  const seqno = newTwenty(situation);
  const slip: StoreSlip = {
    seqno,
    shopId,
    id: given(parameters, 'ID') ?? seqno,
    amount: read.amount,
    expiresAt,
    store: parameters.get('CONVENI') ?? '',
    number: numbers.digits(NUMBER_DIGITS),
    paidAt: null,
  };
  const url = parameters.get('REQUIREURL') === '1' ? `${origin}/sandbox/slip/${seqno}` : '';
  return { lines: ['OK', slip.number, seqno, url], events: [{ kind: 'slip_put', slip }] };
}

function findWrong(parameters: Parameters): ReturnType<typeof malformed> | null {
  const name = given(parameters, 'CUSTOMERNAME1');
  if (name === null) return missing(CONVORDER, { field: 6, label: '氏名' });
  const names = [name, given(parameters, 'CUSTOMERNAME2') ?? ''];
  if (names.some((part) => [...part].length > 10)) {
    return malformed(CONVORDER, { field: 6, label: '氏名' });
  }
  const tel = given(parameters, 'CUSTOMERTEL');
  if (tel === null) return missing(CONVORDER, { field: 7, label: '電話番号' });
  if (!/^[\d-]{1,13}$/.test(tel)) return malformed(CONVORDER, { field: 7, label: '電話番号' });
  const store = { field: 8, label: 'コンビニ' };
  const conveni = given(parameters, 'CONVENI');
  if (conveni === null) return missing(CONVORDER, store);
  if (!Object.hasOwn(STORES, conveni)) return malformed(CONVORDER, store);
  const id = given(parameters, 'ID');
  return id === null || FIELDS.ID.fits(id) ? null : malformed(CONVORDER, FIELDS.ID);
}

/**
 * Returns the end of the last day: EXPIRE, from the day after tomorrow to thirty days on, or the
 * day after EXPIRESPAN days.
 */
function readExpiry(parameters: Parameters, now: number): number | null {
  const [least, most] = SPAN_DAYS;
  const day = given(parameters, 'EXPIRE');
  if (day !== null) {
    const at = parseDay(day);
    const fits = at !== null && at >= startOfDay(now, least) && at <= startOfDay(now, most);
    return fits && !day.includes('/') ? startOfDay(at, 1) - 1 : null;
  }
  const span = given(parameters, 'EXPIRESPAN') ?? String(SPAN_DAYS_USUAL);
  const days = Number(span);
  if (!/^\d{1,2}$/.test(span) || days < least || days > most) return null;
  return startOfDay(now, days + 1) - 1;
}

/** Returns the last day of a slip, as its page shows it. */
export function slipDueOn({ expiresAt }: StoreSlip): string {
  return formatDay(expiresAt);
}
