import type { CommandOf } from '../commands/command.ts';
import { type Decision, record, refuse } from '../commands/decision.ts';
import type { Order } from '../order/order.ts';
import type { OrderStatus } from '../order/states.ts';
import type { JstDate } from '../values/jst.ts';

/** 未発送 → 発送済, destination by destination; F-REGI is not concerned. */
export function decideShip(order: Order, command: CommandOf<'ship'>, today: JstDate): Decision {
  const { shipments, complete, correction = false, mail } = command;
  if (order.customerErased) return refuse('customer_erased');
  if (order.shipped && !correction) return refuse('already_shipped');
  if (!SHIPPABLE.includes(order.status)) return refuse('status_not_shippable');
  const { length } = order.lines;
  const known = shipments.every(({ destination }) => destination >= 0 && destination < length);
  if (shipments.length === 0 || !known) return refuse('no_such_destination');
  if (shipments.some(({ shippedOn }) => shippedOn > today)) return refuse('shipped_on_in_future');
  return record({ kind: 'order_shipped', shipments, complete, mail });
}

/** Statuses in which an order can be shipped: not on hold, not a pre-order, not ended. */
const SHIPPABLE: readonly OrderStatus[] = ['processing', 'completed'];
