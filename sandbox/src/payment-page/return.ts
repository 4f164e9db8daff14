import type { Issue } from '../ledger/entities.ts';
import { PASSWORD, type SandboxShop } from '../shops.ts';
import { encodeForm } from '../wire/euc.ts';
import { type ReturnValues, returnChecksum } from './checksum.ts';

/**
 * Returns the browser's address after the payment page: the shop's return URL with the result and a
 * checksum (protocol §9, §10.5); null for a shop without one.
 */
export function returnTo(
  shop: SandboxShop,
  issue: Issue,
  status: ReturnValues['STATUS'],
  userAgent: string,
): string | null {
  if (shop.returnUrl === undefined) return null;
  const isPaid = status === 'OK';
  const values: ReturnValues = {
    STATUS: status,
    SETTLENO: issue.settleno,
    ID: issue.id,
    AUTHCODE: isPaid ? (issue.authCode ?? '') : '',
    SEQNO: isPaid ? (issue.seqno ?? '') : '',
    FREE: issue.free,
    UA: kindOf(userAgent),
  };
  const { FREE, UA, ...rest } = values;
  const CHECKSUM = returnChecksum(values, shop.password ?? PASSWORD);
  const query = { ...rest, ...(FREE === null ? {} : { FREE }), UA, CHECKSUM };
  return withQuery(shop.returnUrl, encodeForm(query));
}

/** Adds to the query of an address. */
export function withQuery(address: string, query: string): string {
  return `${address}${address.includes('?') ? '&' : '?'}${query}`;
}

function kindOf(userAgent: string): ReturnValues['UA'] {
  if (/iPhone|iPad|Android/.test(userAgent)) return '3';
  return /DoCoMo|KDDI|SoftBank|J-PHONE/i.test(userAgent) ? '2' : '1';
}
