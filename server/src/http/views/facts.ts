import type { TimelineEntry } from '@renkei/contract/orders/orders.ts';
import type { FactsOf } from '@renkei/contract/orders/timeline.ts';
import { movedBy } from '@renkei/core/domain/away.ts';
import type { Movement, OrderEvent } from '@renkei/core/domain/events.ts';
import { billedOf, totalOf } from '@renkei/core/domain/order.ts';

type Kind = OrderEvent['kind'];
type EventOf<K extends Kind> = Extract<OrderEvent, { readonly kind: K }>;

/** An event as flat facts: what a sentence about it needs. */
export function factsOf(event: OrderEvent): TimelineEntry['facts'] {
  const flatten = FACTS[event.kind] as (event: OrderEvent) => FactsOf[Kind];
  return flatten(event) as TimelineEntry['facts'];
}

/** The facts of each kind of event, as the contract promises them. */
const FACTS: { readonly [K in Kind]: (event: EventOf<K>) => FactsOf[K] } = {
  order_placed({ order: { type, status, paymentMethod } }) {
    return { type, status, paymentMethod };
  },
  amounts_edited: ({ amounts, lines, movements = [] }) => ({
    ...amounts,
    ...movedBy(movements),
    total: totalOf(amounts),
    billed: billedOf(amounts),
    linesEdited: lines !== undefined,
  }),
  operation_accepted: ({ goal, amount }) => ({ goal, amount }),
  operation_ended: ({ outcome, reason }) => ({ outcome, reason }),
  transaction_moved({ verb, transaction: { state, seqno, amount, authCode } }) {
    return { verb, state, seqno, amount, authCode };
  },
  transaction_corrected: correctedFacts,
  stray_moved({ evidence, transaction: { state, seqno, amount } }) {
    return { evidence, state, seqno, amount };
  },
  review_answered: ({ found, by, confirmedBy }) => ({
    ...found,
    by: by.name,
    confirmedBy: confirmedBy?.name ?? null,
  }),
  order_marked_paid: ({ paidOn, gateway, mail }) => ({ paidOn, gateway, mail }),
  paid_on_corrected: ({ before, paidOn }) => ({ before, paidOn }),
  settled_otherwise({ direction, amount, by, on, corrects }) {
    return { direction, amount, by, on, corrects };
  },
  order_unmarked_paid: ({ gateway = 'left_alone' }) => ({ gateway }),
  status_changed: ({ to, gateway, mail = false, movements = [] }) => ({
    to,
    gateway,
    mail,
    ...movementFacts(movements),
  }),
  payment_method_changed({ paymentKind, paymentMethod, gateway, unpaid }) {
    return { paymentKind, paymentMethod, gateway, unpaid };
  },
  order_shipped({ shipments, complete, mail }) {
    const numbers = shipments.flatMap(({ trackingNumber }) => trackingNumber ?? []);
    return {
      complete,
      mail,
      destinations: shipments.length,
      shippedOn: shipments[0]?.shippedOn ?? null,
      trackingNumbers: numbers.join(', '),
    };
  },
  cancel_requested: ({ message }) => ({ message }),
  cancel_request_dismissed: () => ({}),
  payment_mail_sent: () => ({}),
  mail_sent: ({ mail }) => ({ mail }),
};

function correctedFacts({
  evidence,
  transaction: { state, seqno, amount },
  before,
  adopted,
}: EventOf<'transaction_corrected'>): FactsOf['transaction_corrected'] {
  const found = { evidence, state, seqno, amount };
  const linked = before && {
    seqnoBefore: before.seqno,
    stateBefore: before.state,
    amountBefore: before.amount,
  };
  const bills = adopted && { billedBefore: adopted.billed, billed: billedOf(adopted.amounts) };
  return { ...found, ...linked, ...bills };
}

function movementFacts(
  movements: readonly Movement[],
): Pick<FactsOf['status_changed'], 'stock' | 'points' | 'pointsMoved'> {
  const stock = movements.find((movement) => movement.of === 'stock');
  const points = movements.find((movement) => movement.of === 'points');
  const gone = stock && { stock: stock.direction };
  return { ...gone, ...(points && { points: points.direction, pointsMoved: points.points }) };
}
