import type { Witnesses } from '@renkei/core/domain/events.ts';
import { type Instant, nameOf, type OrderRef } from '@renkei/core/domain/order.ts';
import {
  answerBySighting,
  answerReview,
  perform,
  request,
  resume,
  type Started,
  takeBack,
  type World,
} from '@renkei/core/perform.ts';
import type { Acceptance, Request } from '@renkei/core/turns/accept.ts';
import type { Seen } from '@renkei/core/turns/asks.ts';
import type { Turn } from '@renkei/core/turns/operation.ts';
import type { Evidence } from '@renkei/core/turns/review.ts';
import { createStuck } from '@renkei/core/turns/stuck.ts';
import { createRounds } from './rounds.ts';

/**
 * The office at work: it takes commands, performs them in this process, and comes back to whatever
 * was left open, by this process or by one that has died. Any number of offices may share a
 * database: the operation's `due_at` is the queue, and the page tells who has it.
 */
export type Office = {
  /**
   * Accepts a command, performs it, and resolves when it has come to rest or after `waitMs`,
   * whichever is first. `onTurn` hears of every committed turn.
   */
  command(
    ref: OrderRef,
    wanted: Request,
    options?: { readonly waitMs?: number; readonly onTurn?: (turn: Turn) => void },
  ): Promise<Acceptance>;
  /** 今すぐ照会: takes up what is open on an order if it is due, and waits a little for it. */
  check(ref: OrderRef, waitMs?: number): Promise<void>;
  /** Takes a person's answer for an operation in review, and goes on with it; null: nothing lives. */
  review(ref: OrderRef, seen: Seen | null, waitMs?: number, witnesses?: Witnesses): Promise<void>;
  /** Takes back an operation that waits for the gateway; does nothing where one does not. */
  withdraw(ref: OrderRef): Promise<void>;
  /**
   * Takes in what was seen at F-REGI since, for an operation in review; resolves once that is
   * committed, and goes on with it in the background.
   */
  resolve(ref: OrderRef, evidence: Evidence): Promise<void>;
  /** Takes up everything that is due; resolves when all of it rests. Called by the clock. */
  sweep(): Promise<number>;
  /** Begins to sweep by itself, at once and then every `everyMs`. */
  open(everyMs?: number): void;
  /** Stops taking things up, and waits for what is underway, at most `graceMs`. */
  close(graceMs?: number): Promise<void>;
};

export type OfficeOptions = {
  readonly world: World;
  /** The database's time: only for waking up; what is decided is decided by the page's. */
  readonly now: () => Instant;
  readonly onError: (error: unknown, ref: OrderRef | null) => void;
  /** Orders taken up at a time by one sweep. */
  readonly width?: number;
};

const WAIT_MS = 3_000;
/** Longer waits are left to the sweep. */
const TIMER_MAX_MS = 300_000;

export function createOffice({ world, now, onError, width = 16 }: OfficeOptions): Office {
  const underway = new Map<string, Promise<void>>();
  const timers = new Set<NodeJS.Timeout>();
  const stuck = createStuck(world.stopwatch);
  const rounds = createRounds(sweep, (error) => onError(error, null));

  /** Performs in the background; what cannot be finished now is left on the page for later. */
  function carryOn(ref: OrderRef, begun: Started, onTurn?: (turn: Turn) => void): Promise<void> {
    const name = nameOf(ref);
    const work = perform(world, ref, begun, onTurn)
      .then((until) => {
        stuck.forget(ref);
        wakeAt(ref, until);
      })
      .catch((error: unknown) => {
        stuck.note(ref);
        onError(error, ref);
      })
      .finally(() => {
        if (underway.get(name) === work) underway.delete(name);
      });
    underway.set(name, work);
    return work;
  }

  function wakeAt(ref: OrderRef, until: Instant | null): void {
    const waitMs = until === null ? TIMER_MAX_MS : until - now();
    if (rounds.closed || until === null || waitMs >= TIMER_MAX_MS) return;
    const timer = setTimeout(
      () => {
        timers.delete(timer);
        takeUp(ref).catch((error: unknown) => onError(error, ref));
      },
      Math.max(waitMs, 10),
    );
    timer.unref();
    timers.add(timer);
  }

  async function takeUp(ref: OrderRef): Promise<void> {
    if (rounds.closed || underway.has(nameOf(ref))) return;
    const begun = await resume(world, ref).catch((error: unknown) => {
      stuck.note(ref);
      throw error;
    });
    await carryOn(ref, begun);
  }

  async function sweep(): Promise<number> {
    const due = await world.store.due(width * 4 + stuck.size);
    const refs = due.filter((ref) => !stuck.isLeft(ref));
    const waiting = [...refs];
    const hands = Array.from({ length: Math.min(width, refs.length) }, async () => {
      for (let ref = waiting.shift(); ref !== undefined; ref = waiting.shift()) {
        await takeUp(ref).catch((error: unknown) => onError(error, ref));
      }
    });
    await Promise.all(hands);
    return refs.length;
  }

  return {
    async command(ref, wanted, { waitMs = WAIT_MS, onTurn } = {}) {
      const begun = await request(world, ref, wanted);
      const { acceptance } = begun;
      if (acceptance.kind === 'accepted') {
        await atMost(waitMs, carryOn(ref, begun, onTurn));
      }
      return acceptance;
    },
    async check(ref, waitMs = WAIT_MS) {
      await atMost(waitMs, takeUp(ref));
    },
    async review(ref, seen, waitMs = WAIT_MS, witnesses) {
      await atMost(waitMs, carryOn(ref, await answerReview(world, ref, seen, witnesses)));
    },
    async withdraw(ref) {
      await takeBack(world, ref);
    },
    async resolve(ref, evidence) {
      if (rounds.closed || underway.has(nameOf(ref))) return;
      // What comes of it may take as long as F-REGI does; nobody waits for that here.
      void carryOn(ref, await answerBySighting(world, ref, evidence));
    },
    sweep,
    open: (everyMs = 1_000) => rounds.open(everyMs),
    async close(graceMs = 70_000) {
      const round = rounds.close();
      for (const timer of timers) clearTimeout(timer);
      await atMost(graceMs, Promise.all([round, ...underway.values()]));
    },
  };
}

/** Resolves with the work, or after a time without it. A rejection of the work is passed on. */
async function atMost(waitMs: number, work: Promise<unknown>): Promise<void> {
  if (waitMs === Number.POSITIVE_INFINITY) {
    await work;
    return;
  }
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, waitMs);
  });
  try {
    await Promise.race([work, patience]);
  } finally {
    clearTimeout(timer);
  }
}
