import type { CommandOf } from '../commands/command.ts';
import { type Decision, record, refuse } from '../commands/decision.ts';
import { balanceOf } from '../order/balance.ts';
import { type Order, SETTLEMENTS_MAX, type Settlement, settledOf } from '../order/order.ts';
import { hasLeft, PAYMENT_KIND } from '../order/states.ts';
import { paidAtStoreOf } from '../transaction/redirect.ts';
import type { JstDate } from '../values/jst.ts';
import { YEN_MAX, yen } from '../values/yen.ts';

/**
 * O3: records that an open amount was received, or given back, otherwise than by card (C4 a). It
 * accepts at most the open amount, so that records cannot exceed the bill. Of an unpaid order it
 * records what is given back of a payment at the store (D16), at most that payment.
 */
export function decideSettle(
  order: Order,
  { kind: _kind, ...wanted }: CommandOf<'settle'>,
  today: JstDate,
): Decision {
  const most = settleableOf(order);
  if (most === null) return refuse('not_settleable');
  if (wanted.on > today) return refuse('paid_on_in_future');
  if (order.settlements.length >= SETTLEMENTS_MAX) return refuse('too_many_settlements');
  if (wanted.direction !== most.direction || most.amount <= 0) return refuse('nothing_open');
  if (wanted.amount === 0 || wanted.amount > most.amount) return refuse('exceeds_open');
  return record({ kind: 'settled_otherwise', ...wanted, corrects: null });
}

/** O3: the record that closes the whole amount, in its direction. */
export function wholeSettlement(order: Order, today: JstDate): CommandOf<'settle'> {
  const { direction, amount } = settleableOf(order) ?? openOf(order);
  return {
    kind: 'settle',
    direction,
    amount: yen(Math.min(amount, YEN_MAX)),
    by: 'other',
    on: today,
  };
}

/**
 * Returns the direction and the most yen that can be recorded of an order: its open amount, once it
 * is paid by card or at the store, or was paid at the store besides (D14) or although it has left.
 * While it is unpaid nobody knows what is missing, but what F-REGI says was paid at the store can
 * be given back (D16). Null: of any other order nothing.
 */
export function settleableOf(order: Order): Settleable | null {
  const { paidOn, paymentKind, paidAtStore } = order;
  const made = paidAtStoreOf(order);
  if (paidOn === null && !hasLeft(order)) {
    const amount = made + settledOf(order);
    return made > 0 ? { direction: 'returned', amount, of: 'payment' } : null;
  }
  const isByStore = made > 0 || (paidOn !== null && paidAtStore !== null);
  const isByCard = paidOn !== null && PAYMENT_KIND[paymentKind].linked;
  return isByStore || isByCard ? openOf(order) : null;
}

type Settleable = {
  readonly direction: Settlement['direction'];
  /** In yen. */
  readonly amount: number;
  /** `balance`: the open amount; `payment`: what was paid at the store and not given back. */
  readonly of: 'balance' | 'payment';
};

function openOf(order: Order): Settleable {
  const { open } = balanceOf(order);
  return { direction: open < 0 ? 'returned' : 'received', amount: Math.abs(open), of: 'balance' };
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
