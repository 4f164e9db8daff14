import type { Command } from '../../core/src/domain/commands/decide.ts';
import { billedOf, type Order, type OrderRef } from '../../core/src/domain/order/order.ts';
import { yen } from '../../core/src/domain/values/yen.ts';
import { placeOrder, plainAmounts } from './orders.ts';
import { press } from './people.ts';
import type { Scene } from './scene.ts';

/** The building blocks of the scenarios: orders, and presses at an instant. */

export const REF = { shopId: 'hanamichi', orderNumber: '100000000011' } as const;
export const PAY = {
  kind: 'mark_paid',
  paidOn: '2026-11-14',
  mail: 'auto',
  withoutGateway: false,
  from: 'detail',
} as const satisfies Command;
export const CANCEL = {
  kind: 'change_status',
  to: 'cancelled',
  cancelTransaction: true,
} as const satisfies Command;
export const AUTHORIZE = { kind: 'authorize', cardToken: null } as const satisfies Command;

/**
 * Places an order of 9,615 yen, authorized for `more` yen above it; null: not authorized yet. Its
 * slip has its own number unless another order shares it.
 */
export function placeOne(
  { store, ledger }: Scene,
  ref: OrderRef,
  more: number | null = 0,
  slipId = ref.orderNumber,
): Order {
  const amounts = plainAmounts(9_115);
  const held = more === null ? null : yen(billedOf(amounts) + more);
  return placeOrder(store, ledger, ref, amounts, held, slipId);
}

/** Presses on an order as it is at that instant, if it exists. */
export function pressAfter(scene: Scene, waitMs: number, ref: OrderRef, command: Command): void {
  scene.kernel.after(waitMs, () => {
    const order = scene.store.orders.get(`${ref.shopId}/${ref.orderNumber}`);
    if (order) press(scene, order, command);
  });
}
