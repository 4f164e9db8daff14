import type { CommandOf } from '@renkei/core/domain/commands/command.ts';
import {
  decideIntake,
  type IncomingOrder,
  type IntakeSettings,
} from '@renkei/core/domain/order/place-order.ts';
import type { Reason } from '@renkei/core/domain/reasons/index.ts';
import type { Instant } from '@renkei/core/domain/values/jst.ts';
import type { Actor } from '@renkei/core/turns/operation.ts';
import type { Db } from '../store/db/db.ts';
import { placeOrder } from '../store/orders/order-place.ts';

/** The needs of the intake of orders. */
export type IntakeDoors = {
  readonly db: Db;
  /** Asks F-REGI about a 顧客番号; only `not_registered` turns an order away. */
  readonly findCustomer: (shopId: string, customerId: string) => Promise<string>;
  /** Throws if the caller may not have the card authorized. */
  readonly mayGive: (command: CommandOf<'authorize'>) => void;
  /** Gives the command, and waits for its outcome as long as an answer may. */
  readonly authorize: (command: CommandOf<'authorize'>) => Promise<unknown>;
};

export type TakenIn =
  /** `fields`: the wrong ones, as JSON Pointers into the request. */
  | { readonly kind: 'refused'; readonly reason: Reason; readonly fields: readonly string[] }
  /** O5: the number exists with other content; `differs` are JSON Pointers into the request. */
  | { readonly kind: 'conflict'; readonly differs: readonly string[] }
  /** `isNew` is false if the same order existed already. */
  | { readonly kind: 'taken'; readonly isNew: boolean };

/**
 * Accepts an order from the cart (B1). An unreachable F-REGI does not turn an order away: the
 * authorization will show whether its card exists. The order stands whatever its result.
 */
export async function takeInOrder(
  { db, findCustomer, mayGive, authorize }: IntakeDoors,
  by: {
    readonly shopId: string;
    readonly actor: Actor;
    readonly settings: IntakeSettings;
    readonly now: Instant;
  },
  incoming: IncomingOrder,
): Promise<TakenIn> {
  const { shopId, actor, settings, now } = by;
  const intake = decideIntake(incoming, settings, now);
  if (intake.kind === 'refuse') {
    return { kind: 'refused', reason: intake.reason, fields: intake.fields };
  }
  if (intake.customerId !== null) {
    const sighting = await findCustomer(shopId, intake.customerId);
    if (sighting === 'not_registered') {
      return { kind: 'refused', reason: 'customer_not_registered', fields: [] };
    }
  }
  const { authorize: card } = intake;
  const command = card && ({ kind: 'authorize', ...card } as const);
  if (command !== null) mayGive(command);
  const placed = await placeOrder(db, shopId, incoming, actor);
  if (placed.kind === 'conflict') return placed;
  const isNew = placed.kind === 'placed';
  if (isNew && command !== null) await authorize(command);
  return { kind: 'taken', isNew };
}
