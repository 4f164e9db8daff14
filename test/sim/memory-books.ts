import { ALONE, type Books, isBereft } from '../../core/src/domain/drift/ownership.ts';
import type { OrderEvent } from '../../core/src/domain/order/events.ts';
import {
  nameOf,
  type Order,
  type OrderRef,
  type Transaction,
} from '../../core/src/domain/order/order.ts';
import { VERB } from '../../core/src/domain/transaction/link.ts';
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
  readonly restoredAt: number | null;
  operationsOf(ref: OrderRef): readonly Operation[];
  stepsOf(operation: Pick<Operation, 'shopId' | 'id'>): readonly Step[];
};

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
    mates: mates.map((mate) => ({
      orderNumber: mate.orderNumber,
      seqnos: seqnosOf(store, mate),
      isMaking: isMaking(store, mate),
      isBereft: isBereft({ ...mate, state: mate.transaction?.state ?? null }),
    })),
  };
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

function isMaking(store: Tables, order: Order): boolean {
  const open = store.operationsOf(order).find(isOpen);
  const step = open && store.stepsOf(open).find(isOpenStep);
  return step !== undefined && VERB[step.verb].makesTransaction;
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
