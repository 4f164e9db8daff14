import type { Witnesses } from './domain/events.ts';
import type { Instant, OrderRef } from './domain/order.ts';
import type { Gateway } from './ports/gateway.ts';
import type { Marks } from './ports/marks.ts';
import type { Store } from './ports/store.ts';
import { type Acceptance, accept, type Request } from './turns/accept.ts';
import type { Answer, Ask, Seen } from './turns/asks.ts';
import type { Page, Step, Turn } from './turns/operation.ts';
import { operationOn, transactionOn, writeAnswer } from './turns/page.ts';
import { hear, resolveReview, see, take } from './turns/protocol.ts';
import { resolveBySighting, type SlipEvidence } from './turns/review.ts';
import type { Timing } from './turns/timing.ts';
import { withdraw } from './turns/withdraw.ts';

/** What the loop needs of the world. Nothing else in it may wait for anything. */
export type World = {
  readonly store: Store;
  readonly gateway: Gateway;
  readonly marks: Marks;
  readonly timing: Timing;
  /** Milliseconds on a clock that is never set, for measuring how long we were away. */
  readonly stopwatch: () => number;
};

/** Accepts a command. When it is accepted, `perform` the turn that comes with it. */
export function request(
  world: World,
  ref: OrderRef,
  wanted: Request,
): Promise<Started & { readonly acceptance: Acceptance }> {
  const decide = (page: Page, earlier: Parameters<typeof accept>[1]) =>
    accept(page, earlier, wanted, world.timing);
  return started(world, () => world.store.turn(ref, decide, wanted.key));
}

/** Takes up whatever is open on an order: after a crash, a time-out, a wait. */
export function resume(world: World, ref: OrderRef): Promise<Started> {
  return started(world, () => world.store.turn(ref, (page) => take(page, world.timing)));
}

/** Takes a person's answer about an operation in review. */
export function answerReview(
  world: World,
  ref: OrderRef,
  seen: Seen | null,
  witnesses: Witnesses | null = null,
): Promise<Started> {
  return started(world, () =>
    world.store.turn(ref, (page) =>
      resolveReview(writeAnswer(page, seen, witnesses), seen, world.timing),
    ),
  );
}

/** Takes back what waits for the gateway and was certainly not asked. */
export function takeBack(world: World, ref: OrderRef): Promise<Started> {
  return started(world, () => world.store.turn(ref, withdraw));
}

/** Takes in what was seen at F-REGI since, for an operation in review. */
export function answerBySighting(
  world: World,
  ref: OrderRef,
  evidence: SlipEvidence,
): Promise<Started> {
  return started(world, () =>
    world.store.turn(ref, (page) => resolveBySighting(page, evidence, world.timing)),
  );
}

/** A committed turn, with the time on the stopwatch from before it was written. */
export type Started = Turn & { readonly writtenAfter: number };

async function started<T extends Turn>(
  world: World,
  turn: () => Promise<T>,
): Promise<T & { readonly writtenAfter: number }> {
  const writtenAfter = world.stopwatch();
  return { ...(await turn()), writtenAfter };
}

/**
 * The loop, and the only caller of the gateway. It asks what was written, writes what was
 * answered, and stops when the page says so. Killed anywhere, `resume` goes on from the page.
 * Resolves to when somebody should look again; null when there is nothing left to do.
 */
export async function perform(
  world: World,
  ref: OrderRef,
  begun: Started,
  onTurn: (turn: Turn) => void = () => {},
): Promise<Instant | null> {
  const { store, gateway, timing } = world;
  let turn = begun;
  for (;;) {
    onTurn(turn);
    const { next, page } = turn;
    if (next.kind === 'rest') return next.until;
    if (next.kind === 'ask') {
      const answer = await askInTime(world, page, next.step, turn.writtenAfter);
      turn = await started(world, () =>
        store.turn(ref, (now) => hear(now, next.step, answer, timing)),
      );
    } else {
      const { slipId } = transactionOn(page);
      const sighting = await gateway.inquire({ shopId: ref.shopId, slipId });
      turn = await started(world, () => store.turn(ref, (now) => see(now, next, sighting, timing)));
    }
  }
}

/** A call that has waited too long since it was written is not made: it may be in doubt by now. */
async function askInTime(
  { gateway, marks, timing, stopwatch }: World,
  page: Page,
  step: Step,
  writtenAfter: number,
): Promise<Answer> {
  const ask = askOf(page, step);
  try {
    marks.note({ shopId: ask.shopId, what: 'step', id: step.operationId, n: step.n });
  } catch (error) {
    const cause = `it could not be noted outside of the database: ${error}`;
    return { kind: 'unsent', cause, because: 'not_noted' };
  }
  if (stopwatch() - writtenAfter > timing.sendWindowMs) {
    return { kind: 'unsent', cause: 'paused for too long before sending' };
  }
  return gateway.ask(ask);
}

function askOf(page: Page, { verb, seqno, amount }: Step): Ask {
  const { authCode, slipId, customerId } = transactionOn(page);
  const { cardToken } = operationOn(page);
  const registered = customerId === null ? null : { customerId };
  const card = cardToken === null ? registered : { token: cardToken };
  const { shopId } = page.order;
  return {
    shopId,
    verb,
    seqno,
    authCode,
    slipId,
    amount,
    card: verb === 'authorize' ? card : null,
  };
}
