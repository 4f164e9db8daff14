import type { OrderEvent } from '../order/events.ts';
import type { Transaction } from '../order/order.ts';
import type { Reason } from '../reasons/index.ts';
import type { Goal } from '../transaction/link.ts';
import type { Yen } from '../values/yen.ts';

/** The shop's settings that decisions depend on. */
export type LinkSettings = {
  /** S1: F-REGI自動連携 */
  readonly linkEnabled: boolean;
};

/** The shop's own change once the goal is reached, recorded in the same transaction. */
export type Afterwards = Extract<
  OrderEvent,
  {
    kind:
      | 'order_marked_paid'
      | 'order_unmarked_paid'
      | 'status_changed'
      | 'payment_method_changed'
      | 'amounts_edited';
  }
>;

export type Decision =
  | { readonly kind: 'refuse'; readonly reason: Reason; readonly because: Reason | null }
  | { readonly kind: 'record'; readonly event: OrderEvent }
  | {
      readonly kind: 'pursue';
      readonly goal: Goal;
      /** The amount that F-REGI holds or captures in the end: the billed amount (C2). */
      readonly amount: Yen;
      readonly afterwards: Afterwards | null;
      /** The transaction to act on if it is not the order's own (D12). */
      readonly stray?: Transaction;
    };

export function refuse(reason: Reason, because: Reason | null = null): Decision {
  return { kind: 'refuse', reason, because };
}

export function record(event: OrderEvent): Decision {
  return { kind: 'record', event };
}
