import type { Decision } from '../commands/decision.ts';
import type { Order } from '../order/order.ts';
import type { Limited, LimitedKind } from '../order/proposal.ts';
import { asksToGoal } from '../transaction/link.ts';
import type { JstDate } from '../values/jst.ts';
import { yen } from '../values/yen.ts';

/** F59: what one person may do alone with the shop's money, and what waits for a second person. */

/** The most yen of one person alone, by one operation and in one JST day; null: no limit. */
export type Limit = { readonly single: number | null; readonly daily: number | null };

/** A shop's limits, and its rules of the second person. */
export type TwoPersonRule = Readonly<Record<LimitedKind, Limit>> & {
  /** The days for which the second person must have worked in the shop. */
  readonly memberDays: number;
  /** The hours after which a proposal expires. */
  readonly hours: number;
};

const NO_LIMIT: Limit = { single: null, daily: null };
/** A shop that has set no limits: nothing waits. */
export const NO_LIMITS: TwoPersonRule = {
  refund: NO_LIMIT,
  raise: NO_LIMIT,
  memberDays: 7,
  hours: 72,
};

/** Returns a shop's limits from the parts that it has set. */
export function limitsOf(set: Partial<TwoPersonRule>): TwoPersonRule {
  return { ...NO_LIMITS, ...set };
}

/** The part of an operation that counts towards its person's day. */
export type Draw = Limited & {
  /** Counts the draws of one person in one shop, so that two at once cannot pass a limit. */
  readonly n: number;
  readonly on: JstDate;
};

/** The draws of one person: the last number, and the yen of the last day. */
export type Drawn = Readonly<Record<LimitedKind, number>> & {
  readonly last: number;
  readonly on: JstDate | null;
};

export const NOTHING_DRAWN: Drawn = { last: 0, on: null, refund: 0, raise: 0 };

/**
 * Returns the yen of a decision that the shop's limits concern; null if there are none. A refund
 * counts whole, a change of amount by its difference; an authorization that is voided moves no
 * money. A settlement counts where it gives money back.
 */
export function limitedBy(order: Order, decision: Decision): Limited | null {
  switch (decision.kind) {
    case 'refuse':
      return null;
    case 'record': {
      const { event } = decision;
      if (event.kind !== 'settled_otherwise' || event.corrects !== null) return null;
      return event.direction === 'returned' ? { kind: 'refund', amount: event.amount } : null;
    }
    case 'pursue':
      return ofPursuit(order, decision);
    default:
      return decision satisfies never;
  }
}

function ofPursuit(
  order: Order,
  { goal, amount, stray }: Extract<Decision, { kind: 'pursue' }>,
): Limited | null {
  const transaction = stray ?? order.transaction;
  if (transaction === null) return null;
  const { state, amount: held } = transaction;
  const verbs = asksToGoal(state, held, goal, amount);
  if (verbs.includes('refund')) return { kind: 'refund', amount: held };
  const isCaptured = verbs.includes('change_captured_amount');
  if (!isCaptured && !verbs.includes('change_amount')) return null;
  if (amount > held) return { kind: 'raise', amount: yen(amount - held) };
  return isCaptured ? { kind: 'refund', amount: yen(held - amount) } : null;
}

/** A shop's limits (absent: none), and the draws of whoever looks (absent: none). */
export type DrawnLimits = { readonly limits?: TwoPersonRule; readonly drawn?: Drawn };

/** True if a decision has to wait for a second person, of somebody who has drawn so much. */
export function waitsBy(
  order: Order,
  decision: Decision,
  { limits = NO_LIMITS, drawn = NOTHING_DRAWN }: DrawnLimits,
  today: JstDate,
): boolean {
  const limited = limitedBy(order, decision);
  return limited !== null && isAboveLimit(limited, drawn, limits, today);
}

/** True if one person alone may not move so much, by this operation or beside those of the day. */
export function isAboveLimit(
  { kind, amount }: Limited,
  { on, ...drawn }: Drawn,
  rule: TwoPersonRule,
  today: JstDate,
): boolean {
  const { single, daily } = rule[kind];
  if (single !== null && amount > single) return true;
  const before = on === today ? drawn[kind] : 0;
  return daily !== null && before + amount > daily;
}
