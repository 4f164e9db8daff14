import type { TimelineEntry } from '@renkei/contract/orders/orders.ts';
import { ENTRIES, type FactsOf, type MadeKind } from '@renkei/contract/orders/timeline.ts';
import { movedBy } from '@renkei/core/domain/order/away.ts';
import type { OrderEvent } from '@renkei/core/domain/order/events.ts';
import type { Movement } from '@renkei/core/domain/order/movement.ts';
import { billedOf, totalOf } from '@renkei/core/domain/order/order.ts';

type Made = Exclude<MadeKind, 'gateway_asked'>;
type EventOfKind<Kind> = Extract<OrderEvent, { readonly kind: Kind }>;

/** Returns an event as flat facts for its sentence. */
export function factsOf(event: OrderEvent): TimelineEntry['facts'] {
  const told: readonly string[] | 'made' = ENTRIES[event.kind];
  if (told === 'made') {
    const make = FACTS[event.kind as Made] as (event: OrderEvent) => FactsOf[Made];
    return make(event) as TimelineEntry['facts'];
  }
  return Object.fromEntries(Object.entries(event).filter(([name]) => told.includes(name)));
}

/** The facts of the `made` kinds of events, as the contract promises them. */
const FACTS: { readonly [Kind in Made]: (event: EventOfKind<Kind>) => FactsOf[Kind] } = {
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
  order_unmarked_paid: ({ gateway = 'left_alone' }) => ({ gateway }),
  command_proposed: ({ command: { kind }, limited, until }) => ({
    command: kind,
    limited: limited.kind,
    amount: limited.amount,
    until,
  }),
  proposal_ended: ({ outcome, word, proposedBy }) => ({
    outcome,
    word,
    proposedBy: proposedBy.name,
  }),
  revocation_ordered: ({ settlenos }) => ({ settlenos: settlenos.join(', ') }),
  status_changed: ({ to, gateway, mail = false, movements = [], revoke = [] }) => ({
    to,
    gateway,
    mail,
    revoked: revoke.join(', '),
    ...movementFacts(movements),
  }),
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
};

function correctedFacts({
  evidence,
  transaction: { state, seqno, amount },
  before,
  told,
  adopted,
}: EventOfKind<'transaction_corrected'>): FactsOf['transaction_corrected'] {
  const found = { evidence, state, seqno, amount };
  const linked = before && {
    seqnoBefore: before.seqno,
    stateBefore: before.state,
    amountBefore: before.amount,
  };
  const bills = adopted && { billedBefore: adopted.billed, billed: billedOf(adopted.amounts) };
  const file = told && {
    toldBy: [told.by, ...(told.confirmedBy ? [told.confirmedBy] : [])]
      .map(({ name }) => name)
      .join('、'),
    ...(told.fileHash === undefined ? {} : { fileHash: told.fileHash }),
  };
  return { ...found, ...linked, ...bills, ...file };
}

function movementFacts(
  movements: readonly Movement[],
): Pick<FactsOf['status_changed'], 'stock' | 'points' | 'pointsMoved'> {
  const stock = movements.find((movement) => movement.of === 'stock');
  const points = movements.find((movement) => movement.of === 'points');
  const gone = stock && { stock: stock.direction };
  return { ...gone, ...(points && { points: points.direction, pointsMoved: points.points }) };
}
