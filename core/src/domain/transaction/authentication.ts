import type { Verb } from './link.ts';

/**
 * 本人認証 (3-D Secure) of an order's transaction (rule Y1). It belongs to the transaction, so a new
 * transaction in its place has its own. A card network's ECI says the same: `authenticated` is 05 or
 * 02, `attempted` 06 or 01, `not_authenticated` 07 or 00.
 */
export const AUTHENTICATION = {
  /** Nobody has told Renkei. */
  not_known: { ja: '不明', en: 'Not known' },
  not_authenticated: { ja: '認証なし', en: 'Not authenticated' },
  /** The issuer could not authenticate the cardholder, and answers for the attempt. */
  attempted: { ja: '認証試行', en: 'Attempted' },
  authenticated: { ja: '認証済', en: 'Authenticated' },
  /** The cardholder of the first transaction was authenticated; an amount change replaced it. */
  lapsed: { ja: '認証失効', en: 'Lapsed' },
} as const;
export type Authentication = keyof typeof AUTHENTICATION;

/** Orders from carts that tell nothing, and from before Renkei kept it. */
export const NOT_TOLD: Authentication = 'not_known';

/** True if the card's issuer bears the chargeback of a fraudulent use, not the shop. */
export function isProtected(authentication: Authentication): boolean {
  return authentication === 'authenticated' || authentication === 'attempted';
}

/** Returns the authentication of a transaction that replaces another without the cardholder. */
export function withoutCardholder(before: Authentication): Authentication {
  return isProtected(before) || before === 'lapsed' ? 'lapsed' : 'not_authenticated';
}

/**
 * Y1: who bears a chargeback after some calls to F-REGI. `moves`: now the issuer, afterwards the
 * shop. `may_move`: nobody knows who bears it now; afterwards the shop. `shop`: the calls authorize
 * a registered card without its holder.
 */
export const LIABILITIES = ['moves', 'may_move', 'shop'] as const;
export type Liability = (typeof LIABILITIES)[number];

const CHANGES: readonly Verb[] = ['change_amount', 'change_captured_amount'];

/**
 * Returns what some calls do to the liability for a chargeback; null if they leave it as it is, or
 * if the cardholder may still be authenticated. `byToken`: an authorization is by a token.
 */
export function liabilityAfter(
  before: Authentication,
  verbs: readonly Verb[],
  byToken: boolean,
): Liability | null {
  if (verbs.includes('authorize')) return byToken ? null : 'shop';
  if (!verbs.some((verb) => CHANGES.includes(verb))) return null;
  if (isProtected(before)) return 'moves';
  return before === 'not_known' ? 'may_move' : null;
}

/** Returns the transaction of an event, and the authentication that an order then has. */
export function linkedTo<T>(
  order: { readonly authentication: Authentication },
  linked: { readonly transaction: T; readonly authentication?: Authentication },
): { readonly transaction: T; readonly authentication: Authentication } {
  const { transaction, authentication = order.authentication } = linked;
  return { transaction, authentication };
}
