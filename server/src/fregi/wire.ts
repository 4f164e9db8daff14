import type { Verb } from '@renkei/core/domain/transaction/link.ts';
import type { Answer, Ask } from '@renkei/core/turns/asks.ts';
import { readRefusalWords } from './answers.ts';
import { linesOf } from './euc-jp.ts';

/**
 * F-REGI's wire, both directions, pure. It is written from the protocol, never from the sandbox:
 * two independent writings, so that one misreading cannot hide in both.
 */
export type WireCall = {
  /** The CGI, relative to the base URL. */
  readonly path: string;
  readonly parameters: Readonly<Record<string, string>>;
};

/** Longer answers are invalid (the longest has three short lines). */
export const ANSWER_BYTES_MAX = 64 * 1024;

/** Encodes an ask for the wire. The result holds secrets: use scrub.ts before showing it. */
export function encodeAsk(fregiShopId: string, ask: Ask): WireCall {
  const common = { SHOPID: fregiShopId, CHARCODE: 'utf8', QUIET: '1' };
  const seqno = ask.seqno ?? '';
  switch (ask.verb) {
    case 'capture': {
      const authCode: Record<string, string> = ask.authCode ? { AUTHCODE: ask.authCode } : {};
      return { path: 'sale.cgi', parameters: { ...common, SEQNO: seqno, ...authCode } };
    }
    case 'void':
      return { path: 'authcancel.cgi', parameters: { ...common, CANCELSEQNO: seqno } };
    case 'refund':
      return { path: 'salecancel.cgi', parameters: { ...common, CANCELSEQNO: seqno } };
    case 'change_amount':
      return {
        path: 'authchange.cgi',
        parameters: { ...common, SEQNO: seqno, PAY: String(ask.amount) },
      };
    case 'change_captured_amount':
      return {
        path: 'salechange.cgi',
        parameters: { ...common, SEQNO: seqno, PAY: String(ask.amount) },
      };
    case 'authorize':
      return {
        path: 'authm.cgi',
        parameters: { ...common, PAY: String(ask.amount), ID: ask.slipId, ...cardOf(ask) },
      };
    default:
      return ask.verb satisfies never;
  }
}

/** Names a card by token or 顧客番号; a card number never comes here (protocol §4.1). */
function cardOf({ card }: Ask): Record<string, string> {
  if (card === null) throw new Error('an authorization without a card');
  return 'token' in card ? { TOKEN: card.token } : { CUSTOMERID: card.customerId, SKIPSCODE: '1' };
}

/** Returns a form body with every value percent-encoded by RFC 3986 (protocol §2). */
export function formBody(parameters: Readonly<Record<string, string>>): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name}=${percentEncode(value)}`)
    .join('&');
}

function percentEncode(value: string): string {
  return encodeURIComponent(value).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/**
 * Reads an answer's bytes. Strict: EUC-JP, a first line of OK, NG or OUTPUT, the whole grammar of the
 * endpoint, and the echo of our own number. Anything else is no answer, and the outcome is unknown
 * (rule M2).
 */
export function decodeAnswer(bytes: Uint8Array, ask: Pick<Ask, 'verb' | 'seqno'>): Answer {
  if (bytes.length === 0) return unknown('an empty answer');
  if (bytes.length > ANSWER_BYTES_MAX) return unknown('an answer that is too long');
  const lines = linesOf(bytes);
  if (lines === null) return unknown('an answer that is not EUC-JP');
  const [first, ...rest] = lines;
  if (first === 'OK') return decodeOk(rest, ask);
  if (first === 'NG') return decodeNg(rest);
  if (first === 'OUTPUT') return decodeChallenge(rest, ask);
  return unknown('an answer that does not begin with OK, NG or OUTPUT');
}

/** 3-D Secure (protocol §7): the lines after OUTPUT are a page for the cardholder's browser. */
function decodeChallenge(lines: readonly string[], { verb }: Pick<Ask, 'verb'>): Answer {
  const page = lines.join('\n').trim();
  if (verb !== 'authorize') return unknown('an OUTPUT to a call that has no cardholder');
  return page === '' ? unknown('an OUTPUT without a page') : { kind: 'challenge', page };
}

const SEQNO = /^\d{20}$/;
const AUTHCODE = /^[A-Za-z0-9]{1,6}$/;

/** The lines after OK, by verb (protocol §3): note the different orders of authm and authchange. */
function decodeOk(lines: readonly string[], { verb, seqno }: Pick<Ask, 'verb' | 'seqno'>): Answer {
  const read = OK_LINES[verb](lines, seqno);
  return read ?? unknown('an OK whose lines are not those of this call');
}

type OkReader = (lines: readonly string[], seqno: string | null) => Answer | null;

const OK_LINES: Record<Verb, OkReader> = {
  capture: ([echo, ...rest], seqno) => (echo === seqno && rest.length === 0 ? done() : null),
  void: (lines) => (lines.length === 0 ? done() : null),
  // The number of the cancellation: the protocol leaves open whether it is a new one (§14.6).
  refund: ([number, ...rest]) => (SEQNO.test(number ?? '') && rest.length === 0 ? done() : null),
  change_amount: readChange,
  change_captured_amount: readChange,
  // A third line holds extras that we do not ask for.
  authorize: ([authCode = '', fresh = '', ...rest]) =>
    rest.length <= 1 ? made(fresh, authCode) : null,
};

/** authchange and salechange: a new 取引番号 and its 承認番号. */
function readChange(
  [fresh = '', authCode = '', ...rest]: readonly string[],
  seqno: string | null,
): Answer | null {
  return fresh !== seqno && rest.length === 0 ? made(fresh, authCode) : null;
}

function done(): Answer {
  return { kind: 'done', seqno: null, authCode: null };
}

function made(seqno: string, authCode: string): Answer | null {
  if (!SEQNO.test(seqno) || !AUTHCODE.test(authCode)) return null;
  return { kind: 'done', seqno, authCode };
}

/** Card CGIs refuse in one line, `CODE(message)`; a sentence without a code counts too. */
function decodeNg([line, ...rest]: readonly string[]): Answer {
  if (line === undefined || line === '' || rest.length > 0)
    return unknown('an NG without a reason');
  const [, code = null, sentence = line] = /^([A-Z0-9-]+)\((.*)\)$/.exec(line) ?? [];
  return { kind: 'refused', refusal: readRefusalWords(code, sentence), code, text: sentence };
}

function unknown(cause: string): Answer {
  return { kind: 'unknown', cause };
}
