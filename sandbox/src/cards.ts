import type { SecurityCode } from './ledger/entities.ts';

/**
 * The cards of the sandbox. The test card and its security codes are F-REGI's own (protocol §12);
 * all else is invented, so that a person can get each refusal by typing a number.
 */
export type CardError = { readonly code: string; readonly text: string };

/** The limits of a brand. The sandbox knows two: numbers of 16 digits, and of 15. */
export type Brand = {
  readonly name: string;
  readonly digits: number;
  readonly securityDigits: number;
  /** The greatest amount of one transaction, in yen. */
  readonly amountMax: number;
  /** 売上処理期限, days from the authorization, unless the gateway's own is shorter. */
  readonly captureDaysMax: number;
};

/** The four digits of Amex's security code are confirmed; the limits are invented. */
export const BRANDS = {
  visa: {
    name: 'VISA',
    digits: 16,
    securityDigits: 3,
    amountMax: 9_999_999,
    captureDaysMax: 3_650,
  },
  amex: {
    name: 'AMEX',
    digits: 15,
    securityDigits: 4,
    amountMax: 3_000_000,
    captureDaysMax: 30,
  },
} as const satisfies Record<string, Brand>;

const OVER_LIMIT = { code: 'JCN-G55', text: '利用限度額を超えています' };
const BAD_SECURITY_CODE = { code: 'JCN-G44', text: 'セキュリティコードが正しくありません' };

type Behaviour = {
  readonly on: 'auth' | 'change' | 'capture' | 'challenge';
  readonly error: CardError | null;
  readonly ja: string;
  readonly en: string;
};

/**
 * Invented cards, by their last four digits. The codes and their meaning are confirmed, their
 * sentences are inferred (protocol §5.3).
 */
export const INVENTED: Readonly<Record<string, Behaviour>> = {
  '1133': {
    on: 'challenge',
    error: null,
    ja: '3Dセキュア認証が必要',
    en: 'needs 3-D Secure',
  },
  '1154': {
    on: 'auth',
    error: { code: 'JCN-G83', text: '有効期限が正しくありません' },
    ja: '有効期限切れ',
    en: 'declined: expired',
  },
  '1155': {
    on: 'auth',
    error: OVER_LIMIT,
    ja: '利用限度額オーバー',
    en: 'declined: over the limit',
  },
  '1156': {
    on: 'change',
    error: OVER_LIMIT,
    ja: '承認されるが、金額変更は限度額オーバー',
    en: 'approved; a change of its amount is over the limit',
  },
  '1161': {
    on: 'auth',
    error: { code: 'JCN-G61', text: '無効なカードです' },
    ja: '無効カード',
    en: 'declined: invalid card',
  },
  '1195': {
    on: 'auth',
    error: { code: 'JCN-G95', text: 'カード会社がオンライン停止中です' },
    ja: 'カード会社オンライン停止',
    en: 'declined: card company offline',
  },
  '1198': {
    on: 'capture',
    error: { code: 'JCN-G98', text: '対象業務ではありません' },
    ja: '承認されるが、売上失敗となる',
    en: 'approved; its capture fails (売上失敗)',
  },
};

/** The documented test card; its digits from the fifth on may be any but zero (protocol §12). */
export const TEST_CARD = '4980111111111111';
const VISA = /^4980[1-9]{12}$/;
/** Invented: the same digits in Amex's length. */
const AMEX = /^3498[1-9]{11}$/;

/** Returns true for the number of a test card. */
export function isTestCard(pan: string): boolean {
  return VISA.test(pan) || AMEX.test(pan);
}

/** Returns the brand of a card, masked or not, by its length. */
export function brandOf(pan: string): Brand {
  return pan.length === BRANDS.amex.digits ? BRANDS.amex : BRANDS.visa;
}

/**
 * Returns a card number as the ledger keeps it: only its last four digits. A real card may look
 * like a test card, and a sandbox must not keep it.
 */
export function maskPan(pan: string): string {
  return pan.slice(-4).padStart(pan.length, '*');
}

/** Judges a security code. It is confirmed that 111 and 1111 are good and 123 is not. */
export function readSecurityCode(code: string | null): SecurityCode {
  if (code === null) return 'absent';
  return code === '123' ? 'bad' : 'good';
}

/** Returns why an authorization is declined; null approves. The code for 123 is invented. */
export function judgeAuthorization(
  pan: string,
  amount: number,
  securityCode: SecurityCode,
): CardError | null {
  if (securityCode === 'bad') return BAD_SECURITY_CODE;
  if (amount > brandOf(pan).amountMax) return OVER_LIMIT;
  return errorOn('auth', pan);
}

/**
 * Judges a change, which reserves the new amount while the old one still stands (protocol §4.5).
 */
export function judgeChange(pan: string, amount: number): CardError | null {
  return amount > brandOf(pan).amountMax ? OVER_LIMIT : errorOn('change', pan);
}

/** Returns why the card company refuses a capture: 売上失敗 (protocol §16). */
export function judgeCapture(pan: string): CardError | null {
  return errorOn('capture', pan);
}

/** Returns true if a card asks its holder for a challenge (protocol §7). */
export function asksForChallenge(pan: string): boolean {
  return INVENTED[pan.slice(-4)]?.on === 'challenge';
}

function errorOn(on: Behaviour['on'], pan: string): CardError | null {
  const invented = INVENTED[pan.slice(-4)];
  return invented?.on === on ? invented.error : null;
}
