import { isLarge } from '../domain/commands/confirmation.ts';
import { type Command, type Decision, decide } from '../domain/commands/decide.ts';
import { objectionTo } from '../domain/drift/ownership.ts';
import { billedOf, isAsSeen } from '../domain/order/order.ts';
import type { Reason } from '../domain/reasons/index.ts';
import { jstDateOf } from '../domain/values/jst.ts';
import type { Actor, Operation, Page, Turn } from './operation.ts';
import { operationOn, write } from './page.ts';
import { advance } from './protocol.ts';
import type { Timing } from './timing.ts';

/** A command on an order, as it arrives at the edge. */
export type Request = {
  /**
   * The caller makes this id before anything is written, so that it can find a lost commit again.
   */
  readonly operationId: string;
  readonly key: string;
  readonly inputHash: string;
  readonly actor: Actor;
  readonly command: Command;
  /** The version of the order that the caller has seen; null if the version does not matter. */
  readonly expectedVersion: number | null;
  /** S2: a person has typed the confirmation, or has confirmed the run of this command. */
  readonly confirmed?: boolean;
};

export type Acceptance =
  /** The command is written down; the turn says what comes next. */
  | { readonly kind: 'accepted'; readonly operation: Operation }
  /** The same key came with the same input: the operation it made, in its current state. */
  | { readonly kind: 'repeated'; readonly operation: Operation }
  | { readonly kind: 'key_reused' }
  | { readonly kind: 'refused'; readonly reason: Reason; readonly because: Reason | null };

/**
 * Accepts or refuses a command in one turn, which also writes the first call to F-REGI. Refusals
 * come first and change nothing. `earlier` is the operation that already has the request's key.
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
  // Our record of a transaction may be older than its real state.
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
  if (request.command.kind === 'erase_customer' && !isTyped) return refuse('confirmation_required');
  if (decision.kind === 'pursue' && !isTyped && isLarge(decision.amount, page.settings.confirm)) {
    return refuse('confirmation_required');
  }

  // No refusal after this line.
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
      returnUrl: null,
      challengePage: null,
      state: 'succeeded',
      endedAt: page.now,
    };
  }
  const { goal, amount, afterwards, stray = null } = decision;
  const card = command.kind === 'authorize' ? command : null;
  return {
    ...fresh,
    goal,
    amount,
    afterwards,
    stray,
    cardToken: card?.cardToken ?? null,
    returnUrl: card?.returnUrl ?? null,
    challengePage: null,
    state: 'asking',
    endedAt: null,
  };
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
