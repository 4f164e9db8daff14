import { incoming, SHOP } from '../../../test/kit/orders.ts';
import { type Command, type Decision, decide } from '../../src/domain/commands/decide.ts';
import type { LinkSettings } from '../../src/domain/commands/decision.ts';
import type { PreviewSettings } from '../../src/domain/commands/preview-command.ts';
import type { Amounts, Order } from '../../src/domain/order/order.ts';
import { newOrder } from '../../src/domain/order/place-order.ts';
import { keysOf, PAYMENT_KIND, type TransactionState } from '../../src/domain/order/states.ts';
import { yen } from '../../src/domain/values/yen.ts';

/**
 * Orders for table tests of the rules: 9,115 yen by card, authorized for as much, as they come in.
 */
export const TODAY = '2026-11-14';
const LINK_ON: LinkSettings = { linkEnabled: true };
export const LINK_OFF: LinkSettings = { linkEnabled: false };

const ALL_SENT = { authorizeAtOrder: true, paymentMail: 'auto' } as const;
const KINDS = keysOf(PAYMENT_KIND).map((kind) => [kind, ALL_SENT]);
/** A shop that sends every mail and whose approvals last 60 days. */
export const SHOP_SETTINGS: PreviewSettings = {
  linkEnabled: true,
  neverMails: [],
  paymentPolicies: Object.fromEntries(KINDS),
  captureDeadlineDays: 60,
  captureDeadlines: {},
};

export function cardOrder(changes: Partial<Order> = {}): Order {
  return { ...newOrder(SHOP, incoming()).order, ...changes };
}

export function bankOrder(changes: Partial<Order> = {}): Order {
  const bank = { paymentKind: 'bank_transfer', paymentMethod: '銀行振込' } as const;
  return cardOrder({ ...bank, transaction: null, ...changes });
}

/** A card order whose transaction is in a state. */
export function orderIn(state: TransactionState, changes: Partial<Order> = {}): Order {
  const order = cardOrder(changes);
  if (order.transaction === null) throw new Error('a card order without a transaction');
  return { ...order, transaction: { ...order.transaction, state } };
}

/** An order with this billed amount. */
export function billed(amount: number, order = cardOrder()): Order {
  const none = yen(0);
  const amounts: Amounts = {
    items: yen(amount),
    shipping: none,
    paymentFee: none,
    wrapping: none,
    coolFee: none,
    otherFee: none,
    pointsUsed: none,
    couponDiscount: none,
    discount: none,
  };
  return { ...order, amounts };
}

export function decided(order: Order, command: Command, settings = LINK_ON): Decision {
  return decide(order, command, settings, TODAY);
}

/** A decision in one word: the reason of a refusal, the event, or the goal. */
export function outcomeOf(decision: Decision): string {
  switch (decision.kind) {
    case 'refuse':
      return decision.reason;
    case 'record':
      return `record ${decision.event.kind}`;
    default:
      return `pursue ${decision.goal}`;
  }
}
