import { incoming, SHOP } from '../../../test/kit/orders.ts';
import type { LinkSettings } from '../../src/domain/command.ts';
import { type Command, type Decision, decide } from '../../src/domain/decide.ts';
import type { Amounts, Order } from '../../src/domain/order.ts';
import { yen } from '../../src/domain/yen.ts';
import { newOrder } from '../../src/domain/place-order.ts';

/** Orders for table tests of the rules: 9,115 yen by card, authorized for it, as it comes in. */
export const TODAY = '2026-11-14';
const LINK_ON: LinkSettings = { linkEnabled: true };

export function cardOrder(changes: Partial<Order> = {}): Order {
  return { ...newOrder(SHOP, incoming()).order, ...changes };
}

/** An order that is billed an amount. */
export function billed(amount: number, order = cardOrder()): Order {
  const none = yen(0);
  const amounts: Amounts = {
    ...{ items: yen(amount), shipping: none, paymentFee: none, wrapping: none },
    ...{ coolFee: none, otherFee: none, pointsUsed: none, couponDiscount: none, discount: none },
  };
  return { ...order, amounts };
}

export function decided(order: Order, command: Command, settings = LINK_ON): Decision {
  return decide(order, command, settings, TODAY);
}

/** What it comes to in a word: the reason of a refusal, the event, or the goal. */
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
