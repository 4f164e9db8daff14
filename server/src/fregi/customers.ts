import { readRefusalWords } from './answers.ts';
import type { FregiContract } from './client.ts';
import { linesOf } from './euc-jp.ts';
import { exchange } from './exchange.ts';
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
export function createCustomerInquiry(
  contractOf: (shopId: string) => Promise<FregiContract>,
): CustomerInquiry {
  return async (shopId, customerId) => {
    const contract = await contractOf(shopId).catch(() => null);
    if (contract === null) return 'not_known';
    const reply = await exchange(new URL('customerinfo.cgi', contract.baseUrl), {
      body: formBody({ SHOPID: contract.fregiShopId, CUSTOMERID: customerId }),
      deadlineMs: INQUIRY_MS,
      bytesMax: ANSWER_BYTES_MAX,
    });
    if (reply.kind !== 'reply' || reply.status !== 200) return 'not_known';
    return readCustomer(reply.bytes);
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
