import { billedOf } from '../order/order.ts';
import { PAYMENT_KIND, type PaymentKind } from '../order/states.ts';
import type { Reason } from '../reasons/index.ts';
import { cardAmountRefusal } from '../rules/card-amount.ts';
import { type Content, type ContentEdit, editContent } from '../rules/edit-amounts.ts';

/**
 * Changes the products and amounts of an application, for deliveries without an order yet. It
 * refuses an amount that no card can be authorized for (C3), so that not every delivery fails.
 */
export function changedContent(
  before: Content,
  edit: ContentEdit,
  paymentKind: PaymentKind,
): ({ readonly kind: 'edited' } & Content) | { readonly kind: 'refuse'; readonly reason: Reason } {
  const edited = editContent(before, edit);
  if (edited.kind === 'refuse' || !PAYMENT_KIND[paymentKind].linked) return edited;
  const reason = cardAmountRefusal(billedOf(edited.amounts));
  return reason === null ? edited : { kind: 'refuse', reason };
}
