import type { OrderEvent } from '../order/events.ts';

/**
 * L2: how an order came to be 入金済. `payment`: by a payment that the customer made at F-REGI; its
 * 発行番号 is null in entries from before it was kept, when an order had one payment only.
 * `otherwise`: by card, by hand, or by another method. `nothing`: it is 未入金.
 */
export type Payer =
  | { readonly kind: 'payment'; readonly settleno: string | null }
  | { readonly kind: 'otherwise' }
  | { readonly kind: 'nothing' };

/** The entries of a journal that make an order 入金済, or 未入金 again. */
export const PAYING = [
  'order_marked_paid',
  'order_unmarked_paid',
  'payment_method_changed',
] as const satisfies readonly OrderEvent['kind'][];

/** Who has paid, by a journal, or by its {@link PAYING} entries. */
export function payerOf(journal: readonly OrderEvent[]): Payer {
  return journal.reduce(payerAfter, { kind: 'nothing' });
}

function payerAfter(payer: Payer, event: OrderEvent): Payer {
  switch (event.kind) {
    case 'order_marked_paid': {
      const { settleno, gateway } = event;
      if (settleno !== undefined) return { kind: 'payment', settleno };
      return gateway === 'confirmed' ? { kind: 'payment', settleno: null } : { kind: 'otherwise' };
    }
    case 'order_unmarked_paid':
      return { kind: 'nothing' };
    case 'payment_method_changed':
      return event.unpaid ? { kind: 'nothing' } : payer;
    default:
      return payer;
  }
}

/** Whether an order is 入金済 by this payment. */
export function isPaidBy(payer: Payer, settleno: string): boolean {
  return payer.kind === 'payment' && (payer.settleno === null || payer.settleno === settleno);
}
