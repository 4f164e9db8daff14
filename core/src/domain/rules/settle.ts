import type { CommandOf } from '../commands/command.ts';
import { type Decision, record, refuse } from '../commands/decision.ts';
import { balanceOf } from '../order/balance.ts';
import { type Order, SETTLEMENTS_MAX } from '../order/order.ts';
import { hasLeft, PAYMENT_KIND } from '../order/states.ts';
import { paidAtStoreOf } from '../transaction/redirect.ts';
import type { JstDate } from '../values/jst.ts';
import { YEN_MAX, yen } from '../values/yen.ts';

/**
 * O3: records that an open amount was received, or given back, otherwise than by card (C4 a). It
 * accepts at most the open amount, so that records cannot exceed the bill.
 */
export function decideSettle(
  order: Order,
  { kind: _kind, ...wanted }: CommandOf<'settle'>,
  today: JstDate,
): Decision {
  if (!isSettleable(order)) return refuse('not_settleable');
  if (wanted.on > today) return refuse('paid_on_in_future');
  if (order.settlements.length >= SETTLEMENTS_MAX) return refuse('too_many_settlements');
  const { open } = balanceOf(order);
  const left = wanted.direction === 'received' ? open : -open;
  if (left <= 0) return refuse('nothing_open');
  if (wanted.amount === 0 || wanted.amount > left) return refuse('exceeds_open');
  return record({ kind: 'settled_otherwise', ...wanted, corrects: null });
}

/** O3: the record that closes the whole open amount, in its direction. */
export function wholeSettlement(order: Order, today: JstDate): CommandOf<'settle'> {
  const { open } = balanceOf(order);
  const direction = open < 0 ? 'returned' : 'received';
  const amount = yen(Math.min(Math.abs(open), YEN_MAX));
  return { kind: 'settle', direction, amount, by: 'other', on: today };
}

/**
 * True for an order that is paid by card or at the store, or that was paid at the store besides
 * (D14) or although it has left: before payment nobody knows what is missing.
 */
function isSettleable(order: Order): boolean {
  const { paidOn, paymentKind, paidAtStore } = order;
  if (paidAtStoreOf(order) > 0) return paidOn !== null || hasLeft(order);
  return paidOn !== null && (PAYMENT_KIND[paymentKind].linked || paidAtStore !== null);
}

/**
 * O3: takes back a settlement recorded by mistake, by a counter-entry, once; the history keeps
 * both. The order's later changes do not prevent it.
 */
export function decideCorrectSettlement(
  { settlements }: Order,
  { settlement }: CommandOf<'correct_settlement'>,
): Decision {
  const found = settlements.find(({ version }) => version === settlement);
  if (found === undefined || found.corrects !== null) return refuse('no_such_settlement');
  if (settlements.some(({ corrects }) => corrects === settlement)) {
    return refuse('settlement_corrected');
  }
  const { amount, by, on } = found;
  const direction = found.direction === 'received' ? 'returned' : 'received';
  return record({
    kind: 'settled_otherwise',
    direction,
    amount,
    by,
    on,
    corrects: settlement,
  });
}
