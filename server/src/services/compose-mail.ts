import type { MailKind } from '@renkei/core/domain/mails/mail-kinds.ts';
import { withheldBy } from '@renkei/core/domain/mails/mail-policy.ts';
import type { OrderRef } from '@renkei/core/domain/order/order.ts';
import { isMailAddress } from '@renkei/core/domain/values/mail-address.ts';
import type { Mail } from '@renkei/core/ports/mails.ts';
import { render } from '../mail/render.ts';
import { type TemplateParts, wholeOf } from '../mail/templates.ts';
import type { Queryable } from '../store/db/db.ts';
import { loadOrder } from '../store/orders/order-view.ts';
import { loadMailTemplate } from '../store/shops/mail-templates.ts';
import { loadShop } from '../store/shops/shops.ts';

export type WantedMail = {
  readonly kind: MailKind;
  readonly occasion: string;
  /** Words for this one mail, in place of the template's. */
  readonly words?: Partial<TemplateParts>;
  /** For a member or a non-member; if absent, as for the order's customer. */
  readonly asMember?: boolean | undefined;
};

/**
 * Writes a mail about an order in its present state: the outbox sends what the preview shows. Null
 * if the order does not exist.
 */
export async function composeMail(
  db: Queryable,
  ref: OrderRef,
  { kind, occasion, words = {}, asMember }: WantedMail,
): Promise<Mail | null> {
  const [stored, shop, template] = await Promise.all([
    loadOrder(db, ref),
    loadShop(db, ref.shopId),
    loadMailTemplate(db, ref.shopId, kind),
  ]);
  if (stored === null || shop === null) return null;
  const { order, details } = stored;
  const isMember = asMember ?? details.customer.isMember ?? false;
  const whole = wholeOf({ ...template, ...words }, isMember);
  const written = render(whole, { shopName: shop.name, order, details, occasion });
  const isNotice = kind === 'order_notice_1' || kind === 'order_notice_2';
  const customer = details.customer.email === '' ? [] : [details.customer.email];
  const to = isNotice ? template.copyTo : customer;
  const copyTo = isNotice ? [] : template.copyTo;
  const unaddressed =
    to.length === 0 ? 'no_address' : to.every(isMailAddress) ? null : 'bad_address';
  const withheld = order.customerErased
    ? 'customer_erased'
    : (withheldBy(shop, kind, order.paymentKind) ?? unaddressed);
  return { shopName: shop.name, to, copyTo, ...written, withheld };
}
