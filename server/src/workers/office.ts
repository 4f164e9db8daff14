import { nameOf, type OrderRef } from '@renkei/core/domain/order/order.ts';
import type { Witnesses } from '@renkei/core/domain/order/witnesses.ts';
import type { Instant } from '@renkei/core/domain/values/jst.ts';
import {
  answerByReturn,
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
import type { SlipEvidence } from '@renkei/core/turns/review.ts';
import { Stuck } from '@renkei/core/turns/stuck.ts';
import { inParallel } from './in-parallel.ts';
import { Rounds, type Worker } from './rounds.ts';

export type OfficeOptions = {
  readonly world: World;
  /** The database's time, only for waking up; decisions use the page's time. */
  readonly now: () => Instant;
  readonly onError: (error: unknown, ref: OrderRef | null) => void;
  /** The most orders that one round takes up at a time. */
  readonly width?: number;
  /** Does something after a time, and returns what calls it off; the machine's timers by default. */
  readonly after?: (waitMs: number, act: () => void) => () => void;
};

const WIDTH = 16;
const WAIT_MS = 3_000;
/** The rounds take care of longer waits. */
const TIMER_MAX_MS = 300_000;

/**
 * The office at work: it takes commands, performs them in this process, and takes up operations
 * that this process, or a dead one, left open. Any number of offices may share a database: the
 * operation's `due_at` is the queue, and the page tells who has it.
 */
export class Office implements Worker {
  readonly #world: World;
  readonly #now: () => Instant;
  readonly #onError: OfficeOptions['onError'];
  readonly #width: number;
  readonly #rounds: Rounds;
  readonly #stuck: Stuck;
  readonly #underway = new Map<string, Promise<void>>();
  readonly #after: NonNullable<OfficeOptions['after']>;
  /** What calls the next waking up off, by order: an order has one at the most. */
  readonly #wakings = new Map<string, () => void>();

  constructor({ world, now, onError, width = WIDTH, after = afterTime }: OfficeOptions) {
    this.#world = world;
    this.#now = now;
    this.#onError = onError;
    this.#width = width;
    this.#after = after;
    this.#rounds = new Rounds(
      () => this.round(),
      (error) => onError(error, null),
    );
    this.#stuck = new Stuck(world.stopwatch);
  }

  /**
   * Accepts a command, performs it, and resolves when it has come to rest or after `waitMs`,
   * whichever is first. `onTurn` hears of every committed turn.
   */
  async command(
    ref: OrderRef,
    wanted: Request,
    { waitMs = WAIT_MS, onTurn }: { readonly waitMs?: number; readonly onTurn?: OnTurn } = {},
  ): Promise<Acceptance> {
    const begun = await request(this.#world, ref, wanted);
    const { acceptance } = begun;
    if (acceptance.kind === 'accepted') {
      await atMost(waitMs, this.#carryOn(ref, begun, onTurn));
    }
    return acceptance;
  }

  /** 今すぐ照会: takes up the order's open operation if it is due, and waits a little for it. */
  async check(ref: OrderRef, waitMs = WAIT_MS): Promise<void> {
    await atMost(waitMs, this.#takeUp(ref));
  }

  /**
   * Takes a person's answer to an operation in review, and carries the operation on; null: no
   * transaction is live.
   */
  async review(
    ref: OrderRef,
    seen: Seen | null,
    waitMs = WAIT_MS,
    witnesses?: Witnesses,
  ): Promise<void> {
    const begun = await answerReview(this.#world, ref, seen, witnesses);
    await atMost(waitMs, this.#carryOn(ref, begun));
  }

  /**
   * Hears of a cardholder's browser, back from F-REGI (Y2): looks at F-REGI, and waits a little for
   * the outcome.
   */
  async returned(
    ref: OrderRef,
    told: Parameters<typeof answerByReturn>[2],
    waitMs = WAIT_MS,
  ): Promise<void> {
    const begun = await answerByReturn(this.#world, ref, told);
    await atMost(waitMs, this.#carryOn(ref, begun));
  }

  /** Withdraws an operation that waits for the gateway; does nothing to any other. */
  async withdraw(ref: OrderRef): Promise<void> {
    await takeBack(this.#world, ref);
  }

  /**
   * Applies newer sightings at F-REGI to an operation in review; resolves after the commit, and
   * carries the operation on in the background.
   */
  async resolve(ref: OrderRef, evidence: SlipEvidence): Promise<void> {
    if (this.#isLeftAlone(ref)) return;
    // The rest may take as long as F-REGI does; nobody waits for it here.
    void this.#carryOn(ref, await answerBySighting(this.#world, ref, evidence));
  }

  /** Takes up all due operations; resolves when all of them rest. A clock calls it. */
  async round(): Promise<number> {
    const due = await this.#world.store.due(this.#width * 4 + this.#stuck.size);
    const refs = due.filter((ref) => !this.#stuck.isLeft(ref));
    await inParallel(refs, this.#width, (ref) =>
      this.#takeUp(ref).catch((error: unknown) => this.#onError(error, ref)),
    );
    return refs.length;
  }

  open(everyMs = 1_000): void {
    this.#rounds.open(everyMs);
  }

  /** Takes no more operations, and waits for those under way, at most `graceMs`. */
  async close(graceMs = 70_000): Promise<void> {
    const round = this.#rounds.close();
    for (const callOff of this.#wakings.values()) callOff();
    await atMost(graceMs, Promise.all([round, ...this.#underway.values()]));
  }

  /** Performs in the background; unfinished work stays on the page for later. */
  #carryOn(ref: OrderRef, begun: Started, onTurn?: OnTurn): Promise<void> {
    const name = nameOf(ref);
    const work = perform(this.#world, ref, begun, onTurn)
      .then((until) => {
        this.#stuck.forget(ref);
        this.#wakeAt(ref, until);
      })
      .catch((error: unknown) => {
        this.#stuck.note(ref);
        this.#onError(error, ref);
      })
      .finally(() => {
        if (this.#underway.get(name) === work) this.#underway.delete(name);
      });
    this.#underway.set(name, work);
    return work;
  }

  #wakeAt(ref: OrderRef, until: Instant | null): void {
    const name = nameOf(ref);
    this.#wakings.get(name)?.();
    this.#wakings.delete(name);
    const waitMs = until === null ? TIMER_MAX_MS : until - this.#now();
    if (this.#rounds.closed || until === null || waitMs >= TIMER_MAX_MS) return;
    const callOff = this.#after(Math.max(waitMs, 10), () => {
      this.#wakings.delete(name);
      this.#takeUp(ref).catch((error: unknown) => this.#onError(error, ref));
    });
    this.#wakings.set(name, callOff);
  }

  async #takeUp(ref: OrderRef): Promise<void> {
    if (this.#isLeftAlone(ref)) return;
    const begun = await resume(this.#world, ref).catch((error: unknown) => {
      this.#stuck.note(ref);
      throw error;
    });
    await this.#carryOn(ref, begun);
  }

  /** True if the office is closed, or is already working on the order. */
  #isLeftAlone(ref: OrderRef): boolean {
    return this.#rounds.closed || this.#underway.has(nameOf(ref));
  }
}

function afterTime(waitMs: number, act: () => void): () => void {
  const timer = setTimeout(act, waitMs);
  timer.unref();
  return () => clearTimeout(timer);
}

type OnTurn = (turn: Turn) => void;

/** Resolves with the work, or after `waitMs` without it. Passes a rejection of the work on. */
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
