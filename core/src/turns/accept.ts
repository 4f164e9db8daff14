import { isLarge } from '../domain/commands/confirmation.ts';
import { type Command, type Decision, decide } from '../domain/commands/decide.ts';
import { objectionTo } from '../domain/drift/ownership.ts';
import { billedOf, isAsSeen } from '../domain/order/order.ts';
import type { Reason } from '../domain/reasons/index.ts';
import { type Instant, jstDateOf } from '../domain/values/jst.ts';
import type { Actor, Operation, Page, Turn } from './operation.ts';
import { operationOn, write } from './page.ts';
import { advance } from './protocol.ts';
import {
  agree,
  isWaitingForSecond,
  meantBy,
  objectionToAgreement,
  propose,
} from './second-person/proposing.ts';
import { type Reach, reachOf } from './second-person/reach.ts';
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
  /** F59: since when the person has worked in the shop; absent: not known, so not for long. */
  readonly memberSince?: Instant | null;
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
  const objection =
    objectionToAgreement(page, request) ?? objectionTo(meantBy(page, request.command), page.books);
  if (objection !== null) return refuse(objection);
  const decision = decide(page.order, request.command, page.settings, jstDateOf(page.now));
  if (decision.kind === 'refuse') return refuse(decision.reason, decision.because);
  const isTyped = request.confirmed ?? false;
  if (request.command.kind === 'erase_customer' && !isTyped) return refuse('confirmation_required');
  if (decision.kind === 'pursue' && !isTyped && isLarge(decision.amount, page.settings.confirm)) {
    return refuse('confirmation_required');
  }
  const reach = reachOf(page, request, decision);
  if (reach.waits !== null && isWaitingForSecond(page.order, page.now)) {
    return refuse('proposal_waiting');
  }

  // No refusal after this line.
  const turn = carriedOut(page, request, decision, reach, timing);
  return { ...turn, acceptance: { kind: 'accepted', operation: operationOn(turn.page) } };
}

/** F59: a decision that has to wait is recorded as a proposal, and nothing else happens. */
function carriedOut(
  page: Page,
  request: Request,
  decision: Exclude<Decision, { kind: 'refuse' }>,
  { draw, waits }: Reach,
  timing: Timing,
): Turn {
  if (waits !== null) {
    const awaited = { ...recordedBy(page, request), reason: 'second_person_awaited' } as const;
    return recorded(propose({ ...page, operation: awaited }, waits));
  }
  const operation = { ...operationFor(page, request, decision), draw };
  const opened = agree({ ...page, operation }, request.command);
  return decision.kind === 'record'
    ? recorded(write(opened, decision.event))
    : pursued(opened, decision, timing);
}

function operationFor(
  page: Page,
  request: Request,
  decision: Exclude<Decision, { kind: 'refuse' }>,
): Operation {
  const recordedNow = recordedBy(page, request);
  if (decision.kind === 'record') return recordedNow;
  const { goal, amount, afterwards, stray = null } = decision;
  const card = request.command.kind === 'authorize' ? request.command : null;
  return {
    ...recordedNow,
    goal,
    amount,
    afterwards,
    stray,
    cardToken: card?.cardToken ?? null,
    returnUrl: card?.returnUrl ?? null,
    state: 'asking',
    endedAt: null,
  };
}

/** Returns an operation that asks F-REGI nothing and has ended. */
function recordedBy({ order, now }: Page, request: Request): Operation {
  const { operationId: id, key, inputHash, actor } = request;
  return {
    shopId: order.shopId,
    orderNumber: order.orderNumber,
    id,
    key,
    inputHash,
    actor,
    goal: null,
    amount: billedOf(order.amounts),
    afterwards: null,
    stray: null,
    draw: null,
    cardToken: null,
    returnUrl: null,
    challengePage: null,
    state: 'succeeded',
    reason: null,
    dueAt: now,
    unsentTries: 0,
    looks: 0,
    createdAt: now,
    endedAt: now,
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
