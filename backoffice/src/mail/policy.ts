import type { PaymentPolicy } from '../contract/shop.ts';
import type { MailKind } from '../domain/mail-kinds.ts';
import type { PaymentKind } from '../domain/states.ts';

/** What of a shop's settings keeps mails back. */
export type MailPolicies = {
  /** The kinds of mail that the shop does not send. */
  readonly neverMails: readonly MailKind[];
  readonly paymentPolicies: Readonly<Record<PaymentKind, PaymentPolicy>>;
};

/** Why a mail about an order is not sent, whatever asks for it (S2); null where it is. */
export function withheldBy(
  { neverMails, paymentPolicies }: MailPolicies,
  kind: MailKind,
  paymentKind: PaymentKind,
): 'kind_off' | 'payment_kind_off' | null {
  if (neverMails.includes(kind)) return 'kind_off';
  const isOff = paymentPolicies[paymentKind].paymentMail === 'never';
  return kind === 'payment_confirmation' && isOff ? 'payment_kind_off' : null;
}
