import type { OrderRef } from './domain/order/order.ts';
import type { Witnesses } from './domain/order/witnesses.ts';
import type { Instant } from './domain/values/jst.ts';
import type { Gateway } from './ports/gateway.ts';
import type { Marks } from './ports/marks.ts';
import type { Store } from './ports/store.ts';
import { type Acceptance, accept, type Request } from './turns/accept.ts';
import type { Answer, Ask, Seen } from './turns/asks.ts';
import { hearReturn } from './turns/cardholder/hear-return.ts';
import type { Page, Step, Turn } from './turns/operation.ts';
import { operationOn, transactionOn, writeAnswer } from './turns/page.ts';
import { hear, resolveReview, see, take } from './turns/protocol.ts';
import { resolveBySighting, type SlipEvidence } from './turns/review.ts';
import type { Timing } from './turns/timing.ts';
import { withdraw } from './turns/withdraw.ts';

/** What the loop needs from outside. The loop waits for nothing else. */
export type World = {
  readonly store: Store;
  readonly gateway: Gateway;
  readonly marks: Marks;
  readonly timing: Timing;
  /** Milliseconds on a clock that nobody sets; measures how long the process was paused. */
  readonly stopwatch: () => number;
};

/** Accepts or refuses a command. The caller then passes the returned turn to `perform`. */
export function request(
  world: World,
  ref: OrderRef,
  wanted: Request,
): Promise<Started & { readonly acceptance: Acceptance }> {
  const decide = (page: Page, earlier: Parameters<typeof accept>[1]) =>
    accept(page, earlier, wanted, world.timing);
  const given = { key: wanted.key, actorId: wanted.actor.id };
  return started(world, () => world.store.turn(ref, decide, given));
}

/** Takes up the open operation of an order after a crash, a time-out or a wait. */
export function resume(world: World, ref: OrderRef): Promise<Started> {
  return started(world, () => world.store.turn(ref, (page) => take(page, world.timing)));
}

/** Applies a person's answer to an operation in review. */
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

/** Ends an operation that waits for the gateway and has certainly asked it nothing. */
export function takeBack(world: World, ref: OrderRef): Promise<Started> {
  return started(world, () => world.store.turn(ref, withdraw));
}

/** Hears of the cardholder's browser, back from F-REGI (Y2); then F-REGI is looked at. */
export function answerByReturn(
  world: World,
  ref: OrderRef,
  returned: Parameters<typeof hearReturn>[1],
): Promise<Started> {
  return started(world, () =>
    world.store.turn(ref, (page) => hearReturn(page, returned, world.timing)),
  );
}

/** Applies newer sightings at F-REGI to an operation in review. */
export function answerBySighting(
  world: World,
  ref: OrderRef,
  evidence: SlipEvidence,
): Promise<Started> {
  return started(world, () =>
    world.store.turn(ref, (page) => resolveBySighting(page, evidence, world.timing)),
  );
}

/** A committed turn, with the stopwatch's time from before it was written. */
export type Started = Turn & { readonly writtenAfter: number };

async function started<T extends Turn>(
  world: World,
  turn: () => Promise<T>,
): Promise<T & { readonly writtenAfter: number }> {
  const writtenAfter = world.stopwatch();
  return { ...(await turn()), writtenAfter };
}

/**
 * The loop, and the only caller of the gateway. It asks what the last turn wrote, writes the
 * answer, and stops when the page says so. After a crash at any point `resume` goes on from the
 * page. Resolves to the instant of the next look; null if there is nothing left to do.
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

/**
 * Makes the call unless too much time has passed since it was written: other processes may doubt it
 * by now.
 */
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
    const cause = `the mark outside the database could not be written: ${error}`;
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
