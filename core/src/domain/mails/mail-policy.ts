import type { PaymentKind } from '../order/states.ts';
import type { MailKind } from './mail-kinds.ts';

/** The shop's settings that withhold mails. */
export type MailPolicies = {
  /** The kinds of mail that the shop never sends. */
  readonly neverMails: readonly MailKind[];
  readonly paymentPolicies: Readonly<
    Record<PaymentKind, { readonly paymentMail: 'auto' | 'manual' | 'never' }>
  >;
};

/**
 * Returns the reason to withhold a mail about an order, whatever causes it (S2); null if it may go
 * out.
 */
export function withheldBy(
  { neverMails, paymentPolicies }: MailPolicies,
  kind: MailKind,
  paymentKind: PaymentKind,
): 'kind_off' | 'payment_kind_off' | null {
  if (neverMails.includes(kind)) return 'kind_off';
  const isOff = paymentPolicies[paymentKind].paymentMail === 'never';
  return kind === 'payment_confirmation' && isOff ? 'payment_kind_off' : null;
}

/** The reasons to withhold a mail, in the words of the mail history. */
export const WITHHELD = {
  kind_off: {
    ja: 'このメールは設定で「送信しない」になっています。メールの設定を変更してください。',
    en: 'The shop does not send this kind of mail; change the mail settings.',
  },
  payment_kind_off: {
    ja: 'この決済種別では入金確認メールを送信しない設定です。設定を変更してください。',
    en: 'The shop sends no payment confirmation for this payment kind; change the settings.',
  },
  customer_erased: {
    ja: 'お客様情報は消去されているため、メールを送信できません。',
    en: 'The customer data of this order was erased, so there is nobody to write to.',
  },
  no_address: {
    ja: '宛先のメールアドレスがありません。お客様情報、または通知先の設定を確認してください。',
    en: 'There is no address to send to; check the customer, or the addresses in the settings.',
  },
  bad_address: {
    ja: '宛先が1つのメールアドレスではないため、送信していません。お客様情報のメールアドレスを確認してください。',
    en: 'The recipient is not one mail address, so nothing was sent; check the customer’s address.',
  },
} as const;
export type Withheld = keyof typeof WITHHELD;
