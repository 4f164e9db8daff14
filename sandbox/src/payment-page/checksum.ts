import { createHash } from 'node:crypto';
import { encodeEuc } from '../wire/euc.ts';

/**
 * The checksum of an address that a browser carries: MD5 in lower-case hex over the values joined
 * by tabs, with the shop's 接続パスワード among them, in EUC-JP (protocol §9).
 */
function checksum(values: readonly string[]): string {
  return createHash('md5')
    .update(encodeEuc(values.join('\t')))
    .digest('hex');
}

/** The checksum of the payment page's address. */
export function paymentPageChecksum(
  shopId: string,
  password: string,
  settleno: string,
  id: string,
) {
  return checksum([shopId, password, settleno, id]);
}

/** The checksum of the card registration page's address. */
export function registrationChecksum(shopId: string, password: string, userId: string): string {
  return checksum([shopId, password, userId]);
}

export type ReturnValues = {
  readonly STATUS: 'OK' | 'NG' | 'CANCEL';
  readonly SETTLENO: string;
  readonly ID: string;
  readonly AUTHCODE: string;
  readonly SEQNO: string;
  /** Null if none was given at the issue; then the checksum leaves it out. */
  readonly FREE: string | null;
  /** 1 a computer, 2 an old phone, 3 a smartphone. */
  readonly UA: '1' | '2' | '3';
};

/** The checksum of the return to the shop; empty values keep their tabs. */
export function returnChecksum(values: ReturnValues, password: string): string {
  const { STATUS, SETTLENO, ID, AUTHCODE, SEQNO, FREE, UA } = values;
  const free = FREE === null ? [] : [FREE];
  return checksum([STATUS, SETTLENO, ID, AUTHCODE, SEQNO, ...free, UA, password]);
}
