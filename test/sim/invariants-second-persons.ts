import type { OrderEvent } from '../../core/src/domain/order/events.ts';
import { nameOf } from '../../core/src/domain/order/order.ts';
import type { LimitedKind } from '../../core/src/domain/order/proposal.ts';
import { isAlike } from '../../core/src/domain/transaction/link.ts';
import { jstDateOf } from '../../core/src/domain/values/jst.ts';
import type { Operation, Page } from '../../core/src/turns/operation.ts';
import type { Checks, Evidence } from './checks.ts';
import type { Held } from './ledger.ts';

/** Checked at every change of the ledger: it knows the yen, and the presses know the people. */
export const SECOND_PERSONS_AT_DEED: Checks<[changed: Held]> = {
  'INV-25: above a limit, money moves by two persons': (evidence, changed) => {
    const move = lastMoveOf(evidence, changed);
    const limits = evidence.store.settingsOf(changed.shopId)?.limits;
    if (move === null || limits === undefined) return null;
    const { operation, kind, amount } = move;
    const witnesses = witnessesOf(evidence, operation);
    if (witnesses !== null) return witnesses.length === 2 ? null : `${witnesses} agreed alone`;
    if (operation.actor.kind === 'system') return null;
    const { single, daily } = limits[kind];
    const { orderNumber } = operation;
    if (amount > (single ?? amount)) return `${orderNumber}: a ${kind} of ${amount} by one person`;
    const day = sumOfDay(evidence, move);
    return day > (daily ?? day) ? `${orderNumber}: ${day} on one day by one person` : null;
  },
};

/** Checked at every committed turn. */
export const SECOND_PERSONS_AT_COMMIT: Checks<[before: Page, after: Page]> = {
  'INV-25: a proposal is answered once, in time, by somebody who may': (
    { store, presses },
    before,
    after,
  ) => {
    const ended = after.entries.find((entry) => entry.kind === 'proposal_ended');
    if (ended?.kind !== 'proposal_ended') return null;
    const { proposal, orderNumber } = before.order;
    if (proposal === null) return `${orderNumber}: what had ended has ended again`;
    if (ended.outcome !== 'agreed') return null;
    if (after.now >= proposal.until) return `${orderNumber}: agreed to when the time was over`;
    const press = presses.get(`${before.order.shopId}/${after.operation?.key}`);
    const isKnown = (press?.by.memberSince ?? proposal.at) < proposal.at - 7 * 86_400_000;
    if (!isKnown) return `${orderNumber}: ${press?.by.actor.id} came a short while ago`;
    const journal = store.journals.get(nameOf(before.order)) ?? [];
    // The store has written this turn already.
    const since = journal.slice(proposal.version, -after.entries.length);
    const change = since.find((event) => !isBeside(event, before));
    return change ? `${orderNumber}: ${change.kind} since it was proposed` : null;
  },
};

/** Checked when all is at rest. */
export const SECOND_PERSONS_AT_REST: Checks<[]> = {
  'INV-25: what waits for a second person comes to an end': ({ store }) => {
    const waiting = [...store.orders.values()].find(({ proposal }) => proposal !== null);
    return waiting ? `${waiting.orderNumber} waits for a second person for ever` : null;
  },
};

/** True for entries that change nothing of an order that a person decides about. */
function isBeside(event: OrderEvent, { order }: Page): boolean {
  if (event.kind === 'mail_sent' || event.kind === 'payment_mail_sent') return true;
  if (event.kind !== 'transaction_corrected' || order.transaction === null) return false;
  const { seqno, amount, state } = event.transaction;
  const own = order.transaction;
  return seqno === own.seqno && amount === own.amount && isAlike(state, own.state);
}

type Move = {
  readonly operation: Operation;
  readonly kind: LimitedKind;
  readonly amount: number;
};

/** Returns the last change of a transaction as yen that a limit concerns; null if none does. */
function lastMoveOf({ calls, ledger, forgotten }: Evidence, changed: Held): Move | null {
  const last = changed.history.at(-1);
  if (last?.call == null) return null;
  const call = calls.get(last.call);
  if (call === undefined || [...calls.keys()].indexOf(last.call) < forgotten) return null;
  const { operation, step } = call;
  if (step.verb === 'refund') return { operation, kind: 'refund', amount: changed.amount };
  const isMade = changed.history.length === 1 && step.verb !== 'authorize';
  const former = ledger.held.get(step.seqno ?? '');
  if (!isMade || former === undefined) return null;
  const more = changed.amount - former.amount;
  if (more > 0) return { operation, kind: 'raise', amount: more };
  return step.verb === 'change_captured_amount'
    ? { operation, kind: 'refund', amount: -more }
    : null;
}

/**
 * Returns the people who answer for an operation, each once; null if nobody had to agree. The
 * journal says who proposed it, the press who agreed.
 */
function witnessesOf({ presses, store }: Evidence, operation: Operation): string[] | null {
  const press = presses.get(`${operation.shopId}/${operation.key}`);
  if (press?.command.kind !== 'agree_to_proposal') return null;
  const proposed = store.journals.get(nameOf(operation))?.[press.command.proposal - 1];
  const by = proposed?.kind === 'command_proposed' ? [proposed.by.id] : [];
  return [...new Set([...by, press.by.actor.id])];
}

/** Sums what one person has moved alone on a day, by the ledger. */
function sumOfDay(evidence: Evidence, { operation, kind }: Move): number {
  const isSame = (other: Operation) =>
    other.shopId === operation.shopId &&
    other.actor.id === operation.actor.id &&
    jstDateOf(other.createdAt) === jstDateOf(operation.createdAt);
  const moves = [...evidence.ledger.held.values()].flatMap((held) => {
    // Every state that it has been in, as the ledger saw it then.
    const then = held.history.map((_, index) => held.history.slice(0, index + 1));
    return then.flatMap((history) => lastMoveOf(evidence, { ...held, history }) ?? []);
  });
  return moves
    .filter((move) => move.kind === kind && isSame(move.operation))
    .filter((move) => witnessesOf(evidence, move.operation) === null)
    .reduce((sum, { amount }) => sum + amount, 0);
}
