import { createRandom, type Random } from './random.ts';

/**
 * The simulator's clock and scheduler. Time passes only from event to event. The seed decides the
 * order of events of the same moment. Between two events, every promise that can go on goes on. So
 * one seed has exactly one history; `fingerprint` tells two histories apart.
 */
export class Kernel {
  readonly random: Random;
  readonly trace: TraceLine[] = [];
  now: number;
  fingerprint = 0;
  events = 0;
  #queue: Scheduled[] = [];

  constructor(seed: number, startAt: number) {
    this.random = createRandom(seed);
    this.now = startAt;
  }

  /** Runs `act` after a time; returns the cancel function. */
  after(waitMs: number, act: () => void): () => void {
    const at = this.now + Math.max(0, Math.round(waitMs));
    const scheduled = { at, tie: this.random.next(), act, calledOff: false };
    push(this.#queue, scheduled);
    return () => {
      scheduled.calledOff = true;
    };
  }

  /** Writes a line of the trace; different lines give different fingerprints. */
  note(who: string, what: string): void {
    this.trace.push({ at: this.now, who, what });
    for (let i = 0; i < what.length; i += 1) {
      this.fingerprint = (Math.imul(this.fingerprint, 31) + what.charCodeAt(i)) >>> 0;
    }
    this.fingerprint = (this.fingerprint ^ (this.now & 0xff_ffff)) >>> 0;
  }

  /** Lets time pass to an instant, or until `stopped`. Rejects if the history does not end. */
  async run(until: number, stopped: () => boolean): Promise<void> {
    await whileSettled(() => {
      const next = stopped() ? null : this.#next(until);
      if (next === null) return false;
      this.events += 1;
      if (this.events > EVENTS_MAX) throw new Error(`more than ${EVENTS_MAX} events: no end`);
      this.now = next.at;
      next.act();
      return true;
    });
    if (!stopped()) this.now = Math.max(this.now, until);
  }

  /** Takes the next event off the queue; null if none is left until an instant. */
  #next(until: number): Scheduled | null {
    for (;;) {
      const [first] = this.#queue;
      if (first === undefined || first.at > until) return null;
      pop(this.#queue);
      if (!first.calledOff) return first;
    }
  }

  /** Replaces the machine's timers with this clock; returns the function that restores them. */
  borrowTimers(): () => void {
    const { setTimeout: set, clearTimeout: clear } = globalThis;
    const start = (act: () => void, waitMs = 0) => {
      const callOff = this.after(waitMs, act);
      const timer = { callOff, unref: () => timer, ref: () => timer };
      return timer;
    };
    const stop = (timer?: { callOff(): void }) => timer?.callOff();
    Object.assign(globalThis, { setTimeout: start, clearTimeout: stop });
    return () => Object.assign(globalThis, { setTimeout: set, clearTimeout: clear });
  }
}

export type TraceLine = { readonly at: number; readonly who: string; readonly what: string };

type Scheduled = {
  readonly at: number;
  readonly tie: number;
  readonly act: () => void;
  calledOff: boolean;
};

/** A history with more events has a loop in it. */
const EVENTS_MAX = 1_000_000;

/**
 * Makes a step again and again, until it returns false; before each step, every promise that can go
 * on has gone on. Rejects if a step throws.
 */
function whileSettled(step: () => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    let goesOn = true;
    const once = () => {
      if (!goesOn) return;
      try {
        goesOn = step();
        if (!goesOn) resolve();
      } catch (error) {
        goesOn = false;
        reject(error);
      }
    };
    const lot = () => {
      for (let n = 0; n < LOT; n += 1) setImmediate(once);
      setImmediate(() => goesOn && lot());
    };
    lot();
  });
}

/**
 * So many steps share one turn of Node's event loop. Node settles all promises between two
 * immediates; a turn of the loop costs as much as a step.
 */
const LOT = 64;

function isBefore(a: Scheduled, b: Scheduled): boolean {
  return a.at < b.at || (a.at === b.at && a.tie < b.tie);
}

/** Adds to a binary heap, the earliest first. */
function push(heap: Scheduled[], added: Scheduled): void {
  let at = heap.push(added) - 1;
  while (at > 0) {
    const up = (at - 1) >> 1;
    const parent = heap[up];
    if (parent === undefined || !isBefore(added, parent)) break;
    heap[at] = parent;
    at = up;
  }
  heap[at] = added;
}

function pop(heap: Scheduled[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  let at = 0;
  for (;;) {
    const left = 2 * at + 1;
    const [a, b] = [heap[left], heap[left + 1]];
    if (a === undefined) break;
    const right = b !== undefined && isBefore(b, a);
    const child = right ? b : a;
    if (!isBefore(child, last)) break;
    heap[at] = child;
    at = right ? left + 1 : left;
  }
  heap[at] = last;
}
