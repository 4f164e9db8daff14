import { readRefusalWords } from './answers.ts';
import { linesOf } from './euc-jp.ts';
import { type FregiLine, isUnanswered } from './line.ts';
import { ANSWER_BYTES_MAX, formBody } from './wire.ts';

/**
 * Whether F-REGI keeps a card under a 顧客番号; `not_known`: F-REGI could not be asked, or its answer
 * not read.
 */
export type CustomerSighting = 'registered' | 'not_registered' | 'not_known';

export type CustomerInquiry = (shopId: string, customerId: string) => Promise<CustomerSighting>;

/** Shorter than other inquiries, because a cart waits for it while it places an order. */
const INQUIRY_MS = 5_000;

/**
 * Asks F-REGI about a 顧客番号 (customerinfo, protocol §4.9). Harmless: it reserves nothing, and Renkei
 * keeps nothing of the card.
 */
export function createCustomerInquiry(line: FregiLine): CustomerInquiry {
  return async (shopId, customerId) => {
    const sighting = await line.call<{ readonly kind: CustomerSighting }>(shopId, {
      kind: 'customer',
      request: ({ fregiShopId, baseUrl }) => ({
        url: new URL('customerinfo.cgi', baseUrl),
        body: formBody({ SHOPID: fregiShopId, CUSTOMERID: customerId }),
      }),
      deadlineMs: INQUIRY_MS,
      bytesMax: ANSWER_BYTES_MAX,
      read: ({ status, bytes }) => ({ kind: status === 200 ? readCustomer(bytes) : 'not_known' }),
    });
    return isUnanswered(sighting) ? 'not_known' : sighting.kind;
  };
}

/** OK and the last four digits; or NG with the code and sentence of a card CGI. */
export function readCustomer(bytes: Uint8Array): CustomerSighting {
  const lines = linesOf(bytes);
  const [first, second = '', ...rest] = lines ?? [];
  if (first === 'OK')
    return /^\d{4}$/.test(second) && rest.length === 0 ? 'registered' : 'not_known';
  const [, code = null, sentence = second] = /^([A-Z0-9-]+)\((.*)\)$/.exec(second) ?? [];
  const isAbsent = first === 'NG' && readRefusalWords(code, sentence) === 'transaction_not_found';
  return isAbsent ? 'not_registered' : 'not_known';
}
