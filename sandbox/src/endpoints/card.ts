import { asksForChallenge, brandOf, isTestCard, maskPan, readSecurityCode } from '../cards.ts';
import type { SecurityCode } from '../ledger/entities.ts';
import type { Parameters } from '../wire/form.ts';
import { FIELDS, type FieldError, malformed, missing } from './fields.ts';
import { given, type Process, type Situation } from './outcome.ts';

/** A card as the ledger knows it: masked. */
export type NamedCard = {
  readonly pan: string;
  readonly token: string | null;
  /** MM/YY, of a card named by its number. */
  readonly expiry: string | null;
  readonly securityCode: SecurityCode;
  /** True if a person is there to be asked: not for a card stored before. */
  readonly isPresent: boolean;
};

/**
 * Reads the card from one of three names: token, number, or the customer registered before. The
 * codes are confirmed; their sentences are invented in the confirmed grammar (protocol §5.3).
 */
export function readCard(
  parameters: Parameters,
  situation: Situation,
  process: Process,
): NamedCard | { readonly wrong: FieldError } {
  const token = given(parameters, 'TOKEN');
  if (token !== null) return readToken(token, situation, process);
  const pan = ['PAN1', 'PAN2', 'PAN3', 'PAN4'].map((name) => parameters.get(name) ?? '').join('');
  if (pan === '') return readStored(parameters, situation, process);
  const card = { field: 3, label: 'カード番号' };
  if (!isTestCard(pan)) return { wrong: malformed(process, card) };
  const expiry = readExpiry(
    { month: given(parameters, 'CARDEXPIRY1'), year: given(parameters, 'CARDEXPIRY2') },
    ...([situation.now, process] as const),
  );
  if (typeof expiry !== 'string') return expiry;
  if (given(parameters, 'CARDNAME') === null) return { wrong: missing(process, FIELDS.CARDNAME) };
  const securityCode = readCode(parameters, pan, situation, process);
  if (typeof securityCode !== 'string') return securityCode;
  return { pan: maskPan(pan), token: null, expiry, securityCode, isPresent: true };
}

/** Returns true if the holder must pass a challenge first (protocol §7). */
export function needsChallenge({ pan, isPresent }: NamedCard, { shop }: Situation): boolean {
  if (!isPresent || shop.threeDSecure === 'never') return false;
  return shop.threeDSecure === 'always' || asksForChallenge(pan);
}

function readToken(
  token: string,
  { ledger, shopId, now }: Situation,
  { name, code }: Process,
): NamedCard | { readonly wrong: FieldError } {
  const known = ledger.tokens.get(token);
  if (known === undefined || (known.shopId !== undefined && known.shopId !== shopId)) {
    return { wrong: { code: `${code}-170`, text: `${name}時のトークンが正しくありません` } };
  }
  if (known.expiresAt < now) {
    return { wrong: { code: `${code}-171`, text: `${name}時のトークンの有効期限が切れています` } };
  }
  const { pan, expiry = null, securityCode = 'absent' } = known;
  return { pan, token, expiry, securityCode, isPresent: true };
}

function readStored(
  parameters: Parameters,
  { ledger, shopId }: Situation,
  process: Process,
): NamedCard | { readonly wrong: FieldError } {
  const customer = ledger.customer(shopId, parameters.get('CUSTOMERID') ?? '');
  if (customer === null) return { wrong: missing(process, { field: 3, label: 'カード番号' }) };
  const { pan, expiry = null } = customer;
  return { pan, token: null, expiry, securityCode: 'absent', isPresent: false };
}

/** Reads MM/YY, or returns its mistake; a card is good to the end of its month in Japan. */
export function readExpiry(
  { month, year }: { readonly month: string | null; readonly year: string | null },
  now: number,
  process: Process,
): string | { readonly wrong: FieldError } {
  const ofMonth = { field: 4, label: '有効期限（月）' };
  const ofYear = { field: 5, label: '有効期限（年）' };
  if (month === null) return { wrong: missing(process, ofMonth) };
  if (!/^(0[1-9]|1[0-2])$/.test(month)) return { wrong: malformed(process, ofMonth) };
  if (year === null) return { wrong: missing(process, ofYear) };
  if (!/^\d\d$/.test(year)) return { wrong: malformed(process, ofYear) };
  const endsAt = Date.UTC(2000 + Number(year), Number(month), 1, -9);
  if (endsAt > now) return `${month}/${year}`;
  const text = `${process.name}時の有効期限が切れています`;
  return { wrong: { code: `${process.code}-52`, text } };
}

/**
 * Reads the security code of a number: 130 missing, 131 too long, 132 malformed (protocol §5.3).
 */
function readCode(
  parameters: Parameters,
  pan: string,
  { shop }: Situation,
  process: Process,
): SecurityCode | { readonly wrong: FieldError } {
  const code = given(parameters, 'SCODE');
  const label = 'セキュリティコード';
  const wrong = (end: number, what: string) => ({
    wrong: { code: `${process.code}-${end}`, text: `${process.name}時の${label}が${what}` },
  });
  if (code === null) {
    const skips = given(parameters, 'SKIPSCODE') === '1';
    return shop.needsSecurityCode && !skips ? wrong(130, '指定されていません') : 'absent';
  }
  if (code.length > brandOf(pan).securityDigits) return wrong(131, '長すぎます');
  if (!/^\d{3,4}$/.test(code)) return wrong(132, '正しくありません');
  return readSecurityCode(code);
}
