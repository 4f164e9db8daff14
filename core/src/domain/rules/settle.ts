import { balanceOf } from '../balance.ts';
import { type CommandOf, type Decision, record, refuse } from '../command.ts';
import { type JstDate, type Order, SETTLEMENTS_MAX } from '../order.ts';
import { PAYMENT_KIND } from '../states.ts';

/**
 * O3: records that an open amount was received, or given back, otherwise than by card (C4 a). Never
 * more than is open, so that what is recorded cannot run past what is billed.
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

/** The card order is paid: before that, what is missing is not known. */
function isSettleable({ paidOn, paymentKind }: Order): boolean {
  return paidOn !== null && PAYMENT_KIND[paymentKind].linked;
}

/**
 * O3: a settlement that was recorded by mistake is taken back by a counter-entry, once; both stay
 * in the history. The way back is open whatever the order has become since.
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
