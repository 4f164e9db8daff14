import type { BothLanguages } from './said.ts';

/** A shop's agreement with F-REGI, as far as the sandbox knows it. */
export type SandboxShop = {
  readonly shopId: string;
  readonly name: string;
  /** True if `/sandbox/v1/inquiry` answers for it: F-REGI publishes no inquiry. */
  readonly inquiry: boolean;
} & ShopOptions;

/**
 * The settings that can change while the sandbox runs. A setting left out is as at a plain shop.
 */
export type ShopOptions = {
  readonly name?: string;
  readonly inquiry?: boolean;
  /** Source addresses that may call; loopback if left out (protocol §1). */
  readonly allowedIps?: readonly string[];
  /** 接続パスワード, for checksums only (protocol §9); `abcdefg` if left out. */
  readonly password?: string;
  /** トークン発行キー; every key is accepted if left out (protocol §6). */
  readonly tokenKey?: string;
  /** The password for the console; if no shop has one, nobody must sign in. */
  readonly consolePassword?: string;
  /** The browser's address after the payment page, and after 3-D Secure (protocol §7, §10.5). */
  readonly returnUrl?: string;
  readonly challengeReturnUrl?: string;
  /** The address for notices (protocol §8); none are sent if left out. */
  readonly authorizationNoticeUrl?: string;
  readonly completionNoticeUrl?: string;
  readonly bulkNoticeUrl?: string;
  /** 決済処理メールアドレス: hears of notices that never arrived, and of calls without QUIET=1. */
  readonly mailTo?: string;
  /** `card`: cards that ask for it; `always`: every card of a person; `never` (protocol §7). */
  readonly threeDSecure?: 'card' | 'always' | 'never';
  /** Requires a security code: A1-1-130 without one (protocol §4.1). */
  readonly needsSecurityCode?: boolean;
  /** CANCELFIRST=1 is permitted (protocol §4.5). */
  readonly mayCancelFirst?: boolean;
  /** 洗替: MONTHLYMODE=0 at an issue is CSA1-1-107 without it (protocol §5.2). */
  readonly mayCleanCards?: boolean;
  /** Refuses an authm with a 伝票番号 used before (protocol §14.8). */
  readonly uniqueSlips?: boolean;
  /** Refuses a wrong AUTHCODE at sale (protocol §14.12). */
  readonly comparesAuthCode?: boolean;
  /** salecancel answers a number of its own (protocol §14.6). */
  readonly numbersRefunds?: boolean;
  /** Captures a payment on the payment page at once (protocol §10.6). */
  readonly capturesRedirect?: boolean;
};

export const PASSWORD = 'abcdefg';
const LOOPBACK = ['127.0.0.1', '::1'];

/** Returns true if a call from this address is the shop's (protocol §1). */
export function mayCall(shop: SandboxShop, address: string): boolean {
  // An IPv4 caller of an IPv6 socket has a prefix that nobody writes down.
  return (shop.allowedIps ?? LOOPBACK).includes(address.replace(/^::ffff:/, ''));
}

/** The allowed values of each setting. */
const SETTINGS: Readonly<Record<keyof ShopOptions, (value: unknown) => boolean>> = {
  name: isText,
  inquiry: isFlag,
  allowedIps: (value) => Array.isArray(value) && value.length <= 100 && value.every(isText),
  password: isText,
  tokenKey: isText,
  consolePassword: isText,
  returnUrl: isUrl,
  challengeReturnUrl: isUrl,
  authorizationNoticeUrl: isUrl,
  completionNoticeUrl: isUrl,
  bulkNoticeUrl: isUrl,
  mailTo: isText,
  threeDSecure: (value) => value === 'card' || value === 'always' || value === 'never',
  needsSecurityCode: isFlag,
  mayCancelFirst: isFlag,
  mayCleanCards: isFlag,
  uniqueSlips: isFlag,
  comparesAuthCode: isFlag,
  numbersRefunds: isFlag,
  capturesRedirect: isFlag,
};

/** Reads settings from outside, or names the wrong member. */
export function readSettings(
  value: unknown,
): { readonly settings: ShopOptions } | { readonly wrong: BothLanguages } {
  if (typeof value !== 'object' || value === null)
    return { wrong: { en: 'settings are an object', ja: '設定はオブジェクトで指定してください' } };
  for (const [name, member] of Object.entries(value)) {
    if (!Object.hasOwn(SETTINGS, name))
      return { wrong: { en: `there is no setting ${name}`, ja: `${name} という設定はありません` } };
    if (!SETTINGS[name as keyof ShopOptions](member))
      return { wrong: { en: `${name} is malformed`, ja: `${name} の形式が正しくありません` } };
  }
  return { settings: value };
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.length > 0 && value.length <= 500;
}

function isFlag(value: unknown): boolean {
  return typeof value === 'boolean';
}

function isUrl(value: unknown): boolean {
  return typeof value === 'string' && /^https?:$/.test(URL.parse(value)?.protocol ?? '');
}
