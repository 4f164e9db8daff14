import { TEST_CARD } from '../cards.ts';
import { percentEncode } from './euc.ts';
import type { Parameters } from './form.ts';

/** One call in the log of the wire. */
export type WireRecord = {
  /** Counted from 1. */
  readonly number: number;
  readonly at: number;
  readonly area: string;
  readonly cgi: string;
  readonly method: string;
  readonly shopId: string;
  /**
   * The form as it came, percent-encoded, with every value masked that is not known to be harmless.
   */
  readonly form: string;
  readonly parameters: Parameters;
  /** The answer's status and bytes; null if the connection was dropped. */
  readonly reply: { readonly status: number; readonly bytes: Buffer } | null;
  readonly fault: string | null;
  readonly tookMs: number;
};

const RECORDS_MAX = 2_000;

/** The last calls, oldest first. */
export class WireLog {
  #records: WireRecord[] = [];
  #count = 0;

  add(record: Omit<WireRecord, 'number'>): void {
    this.#count += 1;
    this.#records.push({ ...short(record), number: this.#count });
    // Cuts in big pieces, because every call passes here.
    if (this.#records.length >= 2 * RECORDS_MAX) this.#records = this.#records.slice(-RECORDS_MAX);
  }

  /** Returns the last `limit` calls, the newest first. */
  latest(limit: number): WireRecord[] {
    return this.#records.slice(-Math.min(limit, RECORDS_MAX)).reverse();
  }

  find(number: number): WireRecord | null {
    return this.#records.find((record) => record.number === number) ?? null;
  }

  clear(): void {
    this.#records = [];
    this.#count = 0;
  }
}

const FORM_MAX = 16_384;
const VALUE_MAX = 1_024;
const PARAMETERS_MAX = 200;

/** Cuts long records: four thousand records of a megabyte would be too much. */
function short(record: Omit<WireRecord, 'number'>): Omit<WireRecord, 'number'> {
  const { form, parameters } = record;
  if (form.length <= FORM_MAX) return record;
  const few = [...parameters].slice(0, PARAMETERS_MAX);
  return {
    ...record,
    form: `${form.slice(0, FORM_MAX)}…`,
    parameters: new Map(
      few.map(([name, value]) => [name.slice(0, VALUE_MAX), value.slice(0, VALUE_MAX)]),
    ),
  };
}

const SHOWN: ReadonlySet<string> = new Set([
  'SHOPID',
  'SEQNO',
  'CANCELSEQNO',
  'AUTHCODE',
  'ID',
  'CUSTOMERID',
  'PAY',
  'PAYMODE',
  'MONTHLY',
  'MONTHLYMODE',
  'SALETOGETHER',
  'CANCELFIRST',
  'SKIPSCODE',
  'GETEXPIRE',
  'CHARCODE',
  'QUIET',
  'MOBILE',
  'SETTLENO',
  'SALEDATE',
  'EXPIRE',
  'EXPIRESPAN',
  'CONVENI',
  'GETDETAIL',
  'PAYTYPESPECIFY',
  'PAYMODESPECIFY',
  'AUTOREGISTER',
  'REQUIREURL',
  'REQUIRECOM',
  'REQUIREAREA',
  'REQUIRELID',
  'USERID',
  'ITEMTITLE',
  'PAYACOUNT',
]);
const OF_CARD = /^(PAN[1-4]|CARDEXPIRY[12]|SCODE)$/;
const SHOWN_CARD = TEST_CARD.slice(0, 12);

/**
 * Even a sandbox logs no card and no customer: it masks every value not known to be harmless.
 * Harmless are the documented test card, and the invented ones that differ from it in their last
 * four digits.
 */
export function maskParameters(parameters: Parameters): Map<string, string> {
  const pan = ['PAN1', 'PAN2', 'PAN3', 'PAN4'].map((name) => parameters.get(name) ?? '').join('');
  const isTestCard = pan.startsWith(SHOWN_CARD) && /^11\d\d$/.test(pan.slice(12));
  const shown = (name: string) => SHOWN.has(name) || (isTestCard && OF_CARD.test(name));
  return new Map(
    [...parameters].map(([name, value]) => [name, shown(name) ? value : '*'.repeat(value.length)]),
  );
}

/** Returns the form as it came, without masked values, and without values of a repeated name. */
export function maskForm(form: string, masked: Parameters): string {
  const seen = new Set<string>();
  const pairs = form.split('&').filter((pair) => pair !== '');
  return pairs
    .map((pair) => {
      const name = pair.split('=', 1)[0] ?? '';
      const value = seen.has(name) ? undefined : masked.get(name);
      seen.add(name);
      return value === undefined || value.includes('*') ? `${name}=***` : pair;
    })
    .join('&');
}

/** A record as the API and the console show it. */
export function describeRecord(record: WireRecord) {
  const { number, at, area, cgi, method, shopId, form, parameters, reply, fault, tookMs } = record;
  const bytes = reply?.bytes ?? Buffer.alloc(0);
  return {
    number,
    at,
    area,
    cgi,
    method,
    shopId,
    form,
    fault,
    tookMs,
    request: [...parameters].map(([name, value]) => `${name}=${value}`).join('&'),
    status: reply?.status ?? null,
    /** The answer's bytes, base64 and hex; empty if none was sent. */
    answer: bytes.toString('base64'),
    hex: bytes.toString('hex'),
    decoded: new TextDecoder('euc-jp').decode(bytes),
  };
}

/** Writes the call as a shell command; the reader must fill in masked values. */
export function toCurl(record: WireRecord, origin: string): string {
  const { area, cgi, method, form } = record;
  const url = `${origin}/${area}/${cgi}`;
  if (method === 'GET') return `curl -s ${quote(`${url}?${form}`)} | iconv -f EUC-JP -t UTF-8`;
  return `curl -s ${quote(url)} -d ${quote(form)} | iconv -f EUC-JP -t UTF-8`;
}

function quote(text: string): string {
  const safe = text.replace(/[^\x20-\x7e]/g, (odd) => percentEncode(Buffer.from(odd)));
  return `'${safe.replaceAll("'", "'\\''")}'`;
}

/**
 * Writes requests and answers, without times: one line of JSON per call. The same seed, clock and
 * requests make the same transcript, byte for byte.
 */
export function transcriptOf(records: readonly WireRecord[]): string {
  return records
    .map(({ method, area, cgi, form, reply, fault }) => {
      const answer = reply === null ? null : reply.bytes.toString('base64');
      const asked = `${method} /${area}/${cgi}`;
      return `${JSON.stringify({ asked, form, status: reply?.status ?? null, answer, fault })}\n`;
    })
    .join('');
}
