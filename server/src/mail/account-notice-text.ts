import type { MailedAct } from '@renkei/contract/attention/acts.ts';
import { type Instant, jstDateOf, startOfJstDate } from '@renkei/core/domain/values/jst.ts';

/** A change of a person's account: what, when, and by whom. */
export type AccountNoticeFacts = {
  readonly action: MailedAct;
  readonly at: Instant;
  readonly name: string;
  /** The name of whoever did it, and the address they came from, if known. */
  readonly by: string;
  readonly ip: string | null;
  /** The new name or mail address, or the name of the passkey. */
  readonly to: string | null;
};

/** A line of the mail about each change (ASVS 6.3.7). */
const CHANGED: Readonly<Record<MailedAct, { readonly ja: string; readonly en: string }>> = {
  password_changed: { ja: 'パスワードが変更されました。', en: 'The password was changed.' },
  two_factor_on: {
    ja: '二段階認証が有効になりました。',
    en: 'Two-step sign-in was turned on.',
  },
  two_factor_off: {
    ja: '二段階認証が無効になりました。',
    en: 'Two-step sign-in was turned off.',
  },
  recovery_codes_renewed: {
    ja: 'リカバリーコードが作り直されました。これまでのコードは使えません。',
    en: 'The recovery codes were renewed; the former ones no longer work.',
  },
  passkey_added: { ja: 'パスキーが追加されました。', en: 'A passkey was added.' },
  passkey_removed: { ja: 'パスキーが削除されました。', en: 'A passkey was removed.' },
  directory_linked: {
    ja: '会社のアカウントでログインできるようになりました。',
    en: 'A sign-in by the company’s directory is now possible.',
  },
  directory_unlinked: {
    ja: '会社のアカウントとの結び付きが解除されました。',
    en: 'The account is no longer linked to the company’s directory.',
  },
  email_changed: {
    ja: 'メールアドレスが変更されました。',
    en: 'The mail address was changed.',
  },
  renamed: { ja: '氏名が変更されました。', en: 'The name was changed.' },
};

/** Writes the mail that tells a person of a change of their account, in both languages. */
export function writeAccountNotice({ action, at, name, by, ip, to }: AccountNoticeFacts) {
  const { ja, en } = CHANGED[action];
  const time = `${jstDateOf(at)} ${clockOf(at)}`;
  const from = ip === null ? '' : ` (${ip})`;
  const subject = 'アカウントの変更のお知らせ / Your account was changed (Renkei)';
  const body = [
    `${name} 様`,
    '',
    `Renkei 受注管理のアカウントについてお知らせします。${ja}`,
    ...(to === null ? [] : [`対象：${to}`]),
    `日時：${time}（日本時間）`,
    `操作した人：${by}${from}`,
    '',
    '心当たりがない場合は、すぐにパスワードを変更し、店舗の管理者に知らせてください。',
    '',
    `Your account at Renkei: ${en}`,
    ...(to === null ? [] : [`Which: ${to}`]),
    `Time: ${time} (Japan)`,
    `Done by: ${by}${from}`,
    'If you did not expect this, change your password at once and tell an owner of the shop.',
    '',
  ].join('\n');
  return { subject, body };
}

/** Hours, minutes and seconds in Japan. */
function clockOf(at: Instant): string {
  const seconds = Math.floor((at - startOfJstDate(jstDateOf(at))) / 1_000);
  const parts = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}
