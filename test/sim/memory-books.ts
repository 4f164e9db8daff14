import { ALONE, type Books, mateOf } from '../../core/src/domain/drift/ownership.ts';
import type { OrderEvent } from '../../core/src/domain/order/events.ts';
import {
  nameOf,
  type Order,
  type OrderRef,
  type Transaction,
} from '../../core/src/domain/order/order.ts';
import { VERB } from '../../core/src/domain/transaction/link.ts';
import type { Seen } from '../../core/src/turns/asks.ts';
import {
  isOpen,
  isOpenStep,
  type Operation,
  type Page,
  type Step,
} from '../../core/src/turns/operation.ts';

/** The part of the store that the books rest on. */
export type Tables = {
  readonly orders: ReadonlyMap<string, Order>;
  readonly journals: ReadonlyMap<string, readonly OrderEvent[]>;
  readonly sightings: ReadonlyMap<string, LastSeen>;
  readonly restoredAt: number | null;
  operationsOf(ref: OrderRef): readonly Operation[];
  stepsOf(operation: Pick<Operation, 'shopId' | 'id'>): readonly Step[];
};

type LastSeen = Pick<Transaction, 'state'> & { readonly seenAt: number };

/** What F-REGI last showed of each transaction at which somebody looked, and when. */
export class Sightings extends Map<string, LastSeen> {
  note(shopId: string, shown: readonly Seen[], seenAt: number): void {
    for (const { seqno, state } of shown) this.set(`${shopId}/${seqno}`, { state, seenAt });
  }
}

/** O1: returns the owners of the transactions on an order's slip. */
export function booksOf(store: Tables, order: Order): Books {
  const { transaction, shopId, orderNumber } = order;
  const mates = [...store.orders.values()].filter(
    (other) =>
      other.shopId === shopId &&
      other.orderNumber !== orderNumber &&
      other.transaction?.slipId === transaction?.slipId,
  );
  if (transaction === null) return ALONE;
  return {
    own: seqnosOf(store, order),
    restoredAt: store.restoredAt,
    mates: mates.map((mate) => {
      const { orderNumber: number, paymentKind, status } = mate;
      const facts = { orderNumber: number, paymentKind, status, seqnos: seqnosOf(store, mate) };
      return mateOf({ ...facts, ...lastKnown(store, mate), ...askedBy(store, mate) });
    }),
  };
}

/** Returns the order's transaction as it was last seen, where that is newer than our record. */
function lastKnown({ sightings }: Tables, { shopId, transaction }: Order) {
  if (transaction === null) return { state: null, asOf: null, isOfSlip: false };
  const seen = sightings.get(`${shopId}/${transaction.seqno}`);
  const isNewer = seen !== undefined && seen.seenAt > transaction.asOf;
  const { state, asOf } = isNewer ? { ...seen, asOf: seen.seenAt } : transaction;
  return { state, asOf, isOfSlip: true };
}

/** Refuses a turn that takes another order's transaction, as an index of PostgreSQL does. */
export function refuseOwner(store: Tables, before: Page, after: Page): void {
  const { order, operation } = after;
  const stray = operation?.id === before.operation?.id ? null : operation?.stray;
  const was = before.order.transaction?.seqno;
  const taken = [order.transaction?.seqno, stray?.seqno].flatMap((seqno) =>
    seqno && seqno !== was ? seqno : [],
  );
  if (taken.length === 0) return;
  const mates = [...store.orders.values()].filter(
    ({ shopId, orderNumber }) => shopId === order.shopId && orderNumber !== order.orderNumber,
  );
  if (mates.some((mate) => seqnosOf(store, mate).some((seqno) => taken.includes(seqno)))) {
    throw new Error('one_owner_per_transaction');
  }
}

/** Returns every transaction that the order is or was linked to, and the stray that it cancels. */
function seqnosOf(store: Tables, order: Order): string[] {
  const journal = store.journals.get(nameOf(order)) ?? [];
  const linked = journal.map(transactionIn);
  const strays = store
    .operationsOf(order)
    .filter(isOpen)
    .map(({ stray }) => stray);
  return [...linked, ...strays].flatMap((held) => held?.seqno ?? []);
}

/** Tells whether the order is asking for a new transaction, and when it last asked in vain. */
function askedBy(store: Tables, order: Order) {
  const steps = store.operationsOf(order).flatMap((operation) => store.stepsOf(operation));
  const making = steps.filter(({ verb }) => VERB[verb].makesTransaction);
  const unmade = making.flatMap(({ state, answeredAt }) =>
    state === 'disproven' && answeredAt !== null ? answeredAt : [],
  );
  return {
    isMaking: making.some(isOpenStep),
    unmadeAt: unmade.length === 0 ? null : Math.max(...unmade),
  };
}

function transactionIn(event: OrderEvent): Transaction | null {
  switch (event.kind) {
    case 'order_placed':
      return event.order.transaction;
    case 'transaction_moved':
    case 'transaction_corrected':
      return event.transaction;
    default:
      return null;
  }
}
