import type { RedirectStatus } from '@renkei/core/domain/transaction/redirect.ts';
import { linesOf } from './euc-jp.ts';
import type { NoReply } from './exchange.ts';
import { type FregiContract, type FregiLine, isUnanswered } from './line.ts';
import { ANSWER_BYTES_MAX, formBody } from './wire.ts';

/** F-REGI's answer about a redirect payment: the truth about it, unlike a notice. */
export type RedirectSighting =
  | {
      readonly kind: 'seen';
      readonly status: RedirectStatus;
      /** 決済方法 of F-REGI's own list, two digits; null until the customer chooses. */
      readonly payType: string | null;
      /** 取引番号, 20 digits; null until something is paid. */
      readonly seqno: string | null;
    }
  /** F-REGI has no such payment. Code and text are F-REGI's, verbatim. */
  | { readonly kind: 'refused'; readonly code: string; readonly text: string }
  | { readonly kind: 'failed'; readonly cause: string };

export type RedirectInquiry = (shopId: string, settleno: string) => Promise<RedirectSighting>;

/** F-REGI's answer to 発行取消. Code and text are F-REGI's, verbatim. */
export type RevocationAnswer =
  | { readonly kind: 'done' }
  | { readonly kind: 'refused'; readonly code: string; readonly text: string }
  /** It never left, or has no trustworthy answer. */
  | { readonly kind: 'unanswered'; readonly cause: string };

/** Asks F-REGI to revoke a payment, by its 発行番号: one attempt. Never throws. */
export type RevocationCall = (shopId: string, settleno: string) => Promise<RevocationAnswer>;

const INQUIRY_MS = 10_000;

/** Asks F-REGI about a redirect payment (protocol §10.4). Harmless: it may be repeated freely. */
export function createRedirectInquiry(line: FregiLine): RedirectInquiry {
  return async (shopId, settleno) => {
    const sighting = await line.call<Exclude<RedirectSighting, { kind: 'failed' }>>(shopId, {
      kind: 'look',
      request: (contract) => form(contract, 'compsettleinfo.cgi', settleno, { GETDETAIL: '1' }),
      deadlineMs: INQUIRY_MS,
      bytesMax: ANSWER_BYTES_MAX,
      read: ({ status, bytes }) =>
        status === 200 ? decodeRedirect(bytes, settleno) : unanswered(`HTTP ${status}`),
    });
    return isUnanswered(sighting) ? { kind: 'failed', cause: sighting.cause } : sighting;
  };
}

/** 発行取消 (protocol §10.2): F-REGI answers OK in 発行受付 and 決済開始, and refuses in any other state. */
export function createRevocationCall(line: FregiLine, callMs: number): RevocationCall {
  return async (shopId, settleno) => {
    const answer = await line.call<Exclude<RevocationAnswer, { kind: 'unanswered' }>>(shopId, {
      kind: 'revoke',
      request: (contract) => ({
        ...form(contract, 'compsettlecancel.cgi', settleno),
        shown: { path: 'compsettlecancel.cgi', settleno },
      }),
      deadlineMs: callMs,
      bytesMax: ANSWER_BYTES_MAX,
      read: ({ status, bytes }) =>
        status === 200 ? decodeRevocation(bytes) : unanswered(`HTTP ${status}`),
    });
    return isUnanswered(answer) ? { kind: 'unanswered', cause: answer.cause } : answer;
  };
}

function form(
  { fregiShopId, baseUrl }: FregiContract,
  path: string,
  settleno: string,
  more: Readonly<Record<string, string>> = {},
) {
  const body = formBody({ SHOPID: fregiShopId, SETTLENO: settleno, ...more });
  return { url: new URL(path, baseUrl), body };
}

/** Reads the answer: OK alone; or NG, code, text. Anything else is no answer. */
function decodeRevocation(
  bytes: Uint8Array,
): Exclude<RevocationAnswer, { kind: 'unanswered' }> | NoReply {
  const [first, code = '', text = ''] = linesOf(bytes) ?? [];
  if (first === 'OK') return { kind: 'done' };
  if (first !== 'NG' || text === '') return unanswered('an answer that is not one of this call');
  return { kind: 'refused', code, text };
}

function unanswered(cause: string): NoReply {
  return { kind: 'unknown', cause };
}

/** By the digit on the wire (protocol §10.4). */
const STATUS: Readonly<Record<string, RedirectStatus>> = {
  1: 'issued',
  2: 'revoked',
  3: 'started',
  4: 'completed',
  5: 'interrupted',
  6: 'cancelled',
  7: 'expired',
};

/**
 * Reads the answer: OK, SETTLENO, ID, status, and with GETDETAIL paytype, SEQNO, AUTHCODE, which
 * are empty until they have a value; or NG, code, message. Strict, as for all of F-REGI's answers.
 */
export function decodeRedirect(
  bytes: Uint8Array,
  settleno: string,
): Exclude<RedirectSighting, { kind: 'failed' }> | NoReply {
  const lines = linesOf(bytes);
  if (lines === null) return unanswered('an answer that is not EUC-JP');
  const [first, ...rest] = lines;
  if (first === 'NG') {
    const [code = '', text = ''] = rest;
    return text === '' ? unanswered('an NG without a reason') : { kind: 'refused', code, text };
  }
  const [echo, slipId = '', digit = '', payType = '', seqno = ''] = rest;
  const status = STATUS[digit];
  const fits =
    /^[A-Za-z0-9-]{1,20}$/.test(slipId) && /^(\d{2})?$/.test(payType) && /^(\d{20})?$/.test(seqno);
  if (first !== 'OK' || echo !== settleno || status === undefined || !fits) {
    return unanswered('an answer whose lines are not those of this call');
  }
  return { kind: 'seen', status, payType: payType || null, seqno: seqno || null };
}
