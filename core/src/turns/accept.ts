import { isLarge } from '../domain/confirmation.ts';
import { type Command, type Decision, decide } from '../domain/decide.ts';
import { objectionTo } from '../domain/drift/ownership.ts';
import { jstDateOf } from '../domain/jst.ts';
import { billedOf, isAsSeen } from '../domain/order.ts';
import type { Reason } from '../domain/reasons/index.ts';
import type { Actor, Operation, Page, Turn } from './operation.ts';
import { operationOn, write } from './page.ts';
import { advance } from './protocol.ts';
import type { Timing } from './timing.ts';

/** A command on an order, as it comes in at the edge. */
export type Request = {
  /** Made by the caller before anything is written, so that a lost commit can be found again. */
  readonly operationId: string;
  readonly key: string;
  readonly inputHash: string;
  readonly actor: Actor;
  readonly command: Command;
  /** A version of the order that the caller has seen; null where it does not matter. */
  readonly expectedVersion: number | null;
  /** S2: a person has typed that it is meant; or the run that it is a part of is confirmed. */
  readonly confirmed?: boolean;
};

export type Acceptance =
  /** Written down; what comes next is in the turn. */
  | { readonly kind: 'accepted'; readonly operation: Operation }
  /** The same key with the same input: the operation that it made, as it stands. */
  | { readonly kind: 'repeated'; readonly operation: Operation }
  | { readonly kind: 'key_reused' }
  | { readonly kind: 'refused'; readonly reason: Reason; readonly because: Reason | null };

/**
 * Accepts or refuses a command: one turn, and the first call to F-REGI is written in it. Refusals
 * come first and leave nothing behind. `earlier` is the operation that has the request's key.
 */
export function accept(
  page: Page,
  earlier: Operation | null,
  request: Request,
  timing: Timing,
): Turn & { readonly acceptance: Acceptance } {
  const nothing: Turn = { page, next: { kind: 'rest', until: null } };
  if (earlier !== null) {
    const same = earlier.inputHash === request.inputHash;
    const acceptance: Acceptance = same
      ? { kind: 'repeated', operation: earlier }
      : { kind: 'key_reused' };
    return { ...nothing, acceptance };
  }
  const refuse = (reason: Reason, because: Reason | null = null) => ({
    ...nothing,
    acceptance: { kind: 'refused', reason, because } as const,
  });
  if (page.operation !== null) return refuse('operation_open'); // M3
  // What we hold of a transaction may be older than what is true of it.
  if (page.settings.hold === 'safe_mode' && page.order.transaction) return refuse('safe_mode');
  const { expectedVersion } = request;
  if (expectedVersion !== null && !isAsSeen(page.order, expectedVersion)) {
    return refuse('order_changed');
  }
  const objection = objectionTo(request.command, page.books);
  if (objection !== null) return refuse(objection);
  const decision = decide(page.order, request.command, page.settings, jstDateOf(page.now));
  if (decision.kind === 'refuse') return refuse(decision.reason, decision.because);
  const isTyped = request.confirmed ?? false;
  if (decision.kind === 'pursue' && !isTyped && isLarge(decision.amount, page.settings.confirm)) {
    return refuse('confirmation_required');
  }

  // From here on nothing is refused.
  const opened = { ...page, operation: open(page, request, decision) };
  const turn =
    decision.kind === 'record'
      ? recorded(write(opened, decision.event))
      : pursued(opened, decision, timing);
  return { ...turn, acceptance: { kind: 'accepted', operation: operationOn(turn.page) } };
}

function open(
  page: Page,
  request: Request,
  decision: Exclude<Decision, { kind: 'refuse' }>,
): Operation {
  const { shopId, orderNumber } = page.order;
  const { operationId: id, key, inputHash, actor, command } = request;
  const common = { shopId, orderNumber, id, key, inputHash, actor, createdAt: page.now };
  const fresh = { ...common, reason: null, dueAt: page.now, unsentTries: 0, looks: 0 };
  if (decision.kind === 'record') {
    return {
      ...fresh,
      goal: null,
      amount: billedOf(page.order.amounts),
      afterwards: null,
      stray: null,
      cardToken: null,
      state: 'succeeded',
      endedAt: page.now,
    };
  }
  const { goal, amount, afterwards, stray = null } = decision;
  const cardToken = command.kind === 'authorize' ? command.cardToken : null;
  return { ...fresh, goal, amount, afterwards, stray, cardToken, state: 'asking', endedAt: null };
}

function recorded(page: Page): Turn {
  return { page, next: { kind: 'rest', until: null } };
}

function pursued(
  page: Page,
  { goal, amount }: Extract<Decision, { kind: 'pursue' }>,
  timing: Timing,
): Turn {
  const { id: operationId } = operationOn(page);
  return advance(write(page, { kind: 'operation_accepted', operationId, goal, amount }), timing);
}
