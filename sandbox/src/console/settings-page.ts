import { type Html, html } from '../browser/html.ts';
import { readSettings, type SandboxShop, type ShopOptions } from '../shops.ts';
import type { Parameters } from '../wire/form.ts';
import { HOME, isSeen, layout, option, shopsOf, type View } from './view.ts';
import type { Language } from './words.ts';

/** The input of a setting: text, addresses by commas, yes or no, or one of a few values. */
type SettingField = {
  readonly kind: 'text' | 'url' | 'list' | 'secret' | 'flag' | 'way';
} & Readonly<Record<Language, string>>;

const FIELDS: Readonly<Record<keyof ShopOptions, SettingField>> = {
  name: { kind: 'text', ja: '店舗名', en: 'Name' },
  inquiry: { kind: 'flag', ja: '照会に答える', en: 'Inquiries are answered' },
  allowedIps: {
    kind: 'list',
    ja: '接続を許可するIPアドレス（カンマ区切り）',
    en: 'Addresses that may call, by commas',
  },
  password: { kind: 'text', ja: '接続パスワード', en: 'Password of checksums (接続パスワード)' },
  tokenKey: { kind: 'text', ja: 'トークン発行キー', en: 'Token key (トークン発行キー)' },
  consolePassword: {
    kind: 'secret',
    ja: '管理画面のパスワード（設定すると、どの店舗もログインが必要になります）',
    en: 'Password of the console (with one, every shop has to sign in)',
  },
  returnUrl: {
    kind: 'url',
    ja: '支払い後の戻り先URL',
    en: 'Where the browser goes after a payment',
  },
  challengeReturnUrl: {
    kind: 'url',
    ja: '本人認証後の戻り先URL',
    en: 'Where the browser goes after 3-D Secure',
  },
  authorizationNoticeUrl: {
    kind: 'url',
    ja: '承認通知のURL',
    en: 'Notices of authorizations go to',
  },
  completionNoticeUrl: { kind: 'url', ja: '完了通知のURL', en: 'Notices of payments go to' },
  bulkNoticeUrl: { kind: 'url', ja: '一括処理通知のURL', en: 'Notices of bulk charges go to' },
  mailTo: {
    kind: 'text',
    ja: '決済処理メールアドレス',
    en: 'Mails go to (決済処理メールアドレス)',
  },
  threeDSecure: { kind: 'way', ja: '本人認証', en: '3-D Secure' },
  needsSecurityCode: {
    kind: 'flag',
    ja: 'セキュリティコードを必須にする',
    en: 'The security code is wanted',
  },
  mayCancelFirst: { kind: 'flag', ja: 'CANCELFIRST=1 を許可する', en: 'CANCELFIRST=1 is agreed' },
  mayCleanCards: {
    kind: 'flag',
    ja: '洗替を契約している',
    en: 'Cleaning of cards (洗替) is agreed',
  },
  uniqueSlips: { kind: 'flag', ja: '同じ伝票番号を拒否する', en: 'A slip number is good once' },
  comparesAuthCode: {
    kind: 'flag',
    ja: '売上請求の承認番号を照らし合わせる',
    en: 'The approval number of a capture is compared',
  },
  numbersRefunds: {
    kind: 'flag',
    ja: '売上取消に新しい取引番号を付ける',
    en: 'A refund has a number of its own',
  },
  capturesRedirect: {
    kind: 'flag',
    ja: 'リダイレクト決済を即時売上にする',
    en: 'A payment on the payment page is captured at once',
  },
};

const WAYS: Readonly<Record<NonNullable<ShopOptions['threeDSecure']>, Record<Language, string>>> = {
  card: { ja: 'テストカードによる', en: 'by the test card' },
  always: { ja: 'つねに行う', en: 'always' },
  never: { ja: '行わない', en: 'never' },
};

/** 店舗設定: each shop's agreement, which can change while the sandbox runs. */
export function settingsPage(view: View): Html {
  const { words } = view;
  const shops = shopsOf(view).map((shop) => shopForm(shop, view));
  return layout(view, words.settings, html`<p class="hint">${words.settingsHint}</p>${shops}`);
}

function shopForm(shop: SandboxShop, view: View): Html {
  const { words, language } = view;
  const fields = Object.entries(FIELDS).map(([name, field]) => {
    const input = inputOf(name as keyof ShopOptions, field, shop, view);
    return html`<label><span>${field[language]} <code>${name}</code></span> ${input}</label>`;
  });
  const title = `${shop.shopId} ${shop.name}`;
  return html`<section><h2>${title}</h2>
    <form method="post" action="${HOME}/settings" class="tall" aria-label="${title}">
    <input type="hidden" name="shopId" value="${shop.shopId}">${fields}
    <button>${words.change}</button></form></section>`;
}

function inputOf(
  name: keyof ShopOptions,
  field: SettingField,
  shop: SandboxShop,
  view: View,
): Html {
  const { words, language } = view;
  const value = shop[name];
  switch (field.kind) {
    case 'flag':
      return html`<select name="${name}">${option('false', words.no, String(value ?? false))}
        ${option('true', words.yes, String(value ?? false))}</select>`;
    case 'way': {
      const ways = Object.entries(WAYS).map(([way, label]) =>
        option(way, label[language], String(value ?? 'card')),
      );
      return html`<select name="${name}">${ways}</select>`;
    }
    case 'secret':
      return html`<input name="${name}" type="password" autocomplete="new-password"
        maxlength="500">`;
    default: {
      const text = String(value ?? '');
      const type = field.kind === 'url' ? 'url' : 'text';
      // An empty field changes nothing: a set value can be changed but not unset.
      return text === ''
        ? html`<input name="${name}" type="${type}" maxlength="500">`
        : html`<input name="${name}" type="${type}" maxlength="500" value="${text}" required>`;
    }
  }
}

/** Changes the settings that differ from the shop's; resolves to the message about it. */
export async function changeSettings(view: View, form: Parameters): Promise<string> {
  const { gateway, words, language } = view;
  const shop = gateway.shop(form.get('shopId') ?? '');
  if (shop === null || !isSeen(view)(shop)) return `404: ${words.nothing}`;
  const typed = Object.entries(FIELDS).flatMap(([name, { kind }]) => {
    const text = form.get(name)?.trim() ?? '';
    const before = shop[name as keyof ShopOptions] ?? PLAIN[kind];
    const value = read(kind, text);
    return text === '' || String(value) === String(before) ? [] : [[name, value] as const];
  });
  const judged = readSettings(Object.fromEntries(typed));
  if ('wrong' in judged) return `NG: ${judged.wrong[language]}`;
  if (typed.length === 0) return words.unchanged;
  await gateway.changeShop(shop.shopId, judged.settings);
  return `${words.done}: ${shop.shopId} ${typed.map(([name]) => name).join(', ')}`;
}

/** The value of a setting that is left out. */
const PLAIN: Readonly<Partial<Record<SettingField['kind'], unknown>>> = {
  flag: false,
  way: 'card',
};

function read(kind: SettingField['kind'], text: string): unknown {
  if (kind === 'flag') return text === 'true';
  if (kind === 'list') return text.split(/[\s,、]+/).filter((part) => part !== '');
  return text;
}
