import { randomUUID } from 'node:crypto';
import type { OrderRef } from '@renkei/core/domain/order/order.ts';
import type { ErasureCause } from '@renkei/core/domain/order/states.ts';
import type { Reason } from '@renkei/core/domain/reasons/index.ts';
import { decideEraseCustomer } from '@renkei/core/domain/rules/erase-customer.ts';
import type { Acceptance, Request } from '@renkei/core/turns/accept.ts';
import type { Actor } from '@renkei/core/turns/operation.ts';
import type { Queryable } from '../store/db/db.ts';
import type { Erasable } from '../store/erasure/candidates.ts';
import { loadWaits } from '../store/erasure/erasures.ts';

/** Returns what prevents the erasure of an order's customer now; null: nothing does. */
export function hindranceOf({ order, isOpen, waits }: Erasable): Reason | null {
  if (isOpen) return 'operation_open';
  const wanted = { kind: 'erase_customer', cause: 'request', waiting: waits } as const;
  const decision = decideEraseCustomer(order, wanted);
  return decision.kind === 'refuse' ? decision.reason : null;
}

/** Gives a command to an order. */
export type GiveCommand = (ref: OrderRef, wanted: Request) => Promise<Acceptance>;

export type Erasure = {
  readonly actor: Actor;
  readonly cause: ErasureCause;
  /** The version of the order that a person has seen; null if nobody looks. */
  readonly seen: number | null;
};

/**
 * Erases the customer of an order, once. Resolves to the reason why not; null if the customer is
 * erased. Throws OrderNotFound.
 */
export async function eraseCustomer(
  db: Queryable,
  command: GiveCommand,
  ref: OrderRef,
  { actor, cause, seen }: Erasure,
): Promise<Reason | null> {
  const waiting = await loadWaits(db, ref);
  const acceptance = await command(ref, {
    operationId: randomUUID(),
    // One key for each order: two presses at once are one erasure.
    key: `erasure:${ref.orderNumber}`,
    inputHash: 'erasure',
    actor,
    command: { kind: 'erase_customer', cause, waiting },
    expectedVersion: seen,
    confirmed: true,
  });
  return acceptance.kind === 'refused' ? acceptance.reason : null;
}
