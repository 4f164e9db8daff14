import type { Gateway } from '../../backoffice/src/operations/gateway.ts';
import { createOffice, type Office } from '../../backoffice/src/operations/office.ts';
import type { World } from '../../backoffice/src/operations/perform.ts';
import type { Store } from '../../backoffice/src/operations/store.ts';
import type { Timing } from '../../backoffice/src/operations/timing.ts';
import type { FakeGateway } from './fake-gateway.ts';
import { type Faults, PROCESS_FAULTS, type ProcessFault, STORE_FAULTS } from './faults.ts';
import type { Kernel } from './kernel.ts';
import type { MemoryStore } from './memory-store.ts';

/**
 * A process with the real office in it. All that the office can wait for goes through here, so
 * that the process can die or fall asleep before and after each wait. What it had asked for goes
 * on without it; what comes back to the dead is heard by nobody.
 */
export class Process {
  readonly name: string;
  readonly #parts: Parts;
  #life = { alive: false };
  #office: Office | null = null;
  #asleepUntil = 0;
  /** Counts the waits, so that a test can end the process at any one of them. */
  waits = 0;

  constructor(name: string, parts: Parts) {
    this.name = name;
    this.#parts = parts;
    this.#start();
  }

  /** The office, or null while the process is down. */
  get office(): Office | null {
    return this.#life.alive ? this.#office : null;
  }

  kill(): void {
    if (!this.#life.alive) return;
    const { kernel } = this.#parts;
    this.#life.alive = false;
    kernel.note(this.name, 'is killed');
    kernel.after(kernel.random.int(500, 20_000), () => this.#start());
  }

  pause(ms: number): void {
    const { kernel } = this.#parts;
    kernel.note(this.name, `sleeps for ${ms} ms`);
    this.#asleepUntil = Math.max(this.#asleepUntil, kernel.now + ms);
  }

  /** Sweeps from now on, as often as the clock of the simulation says. */
  #start(): void {
    const { kernel, timing, alter, sweepAfterMs } = this.#parts;
    const life = { alive: true };
    this.#life = life;
    this.#asleepUntil = kernel.now;
    const world: World = {
      store: this.#store(life),
      gateway: this.#gateway(life),
      timing,
      stopwatch: () => kernel.now,
    };
    const office = createOffice({
      world: alter(world),
      now: () => kernel.now,
      onError: (error, ref) => kernel.note(this.name, `${ref?.orderNumber ?? 'sweep'}: ${error}`),
    });
    this.#office = office;
    const sweep = () => {
      if (!life.alive) return;
      office.sweep().catch((error: unknown) => kernel.note(this.name, `sweep: ${error}`));
      kernel.after(sweepAfterMs(), sweep);
    };
    kernel.after(kernel.random.int(0, 5_000), sweep);
  }

  #store(life: Life): Store {
    const { kernel, faults, store } = this.#parts;
    const inTime = () => kernel.random.int(1, kernel.random.chance(0.05) ? 2_000 : 20);
    return {
      turn: (ref, decide, key) =>
        this.#wait(life, 'turn', (tell) => {
          kernel.after(inTime(), () => {
            // A connection that has gone before the commit takes its transaction with it.
            if (!life.alive) return;
            const fault = faults.strike(STORE_FAULTS);
            if (fault === 'commit_lost') return tell(() => fail('connection terminated'));
            const outcome = attempt(() => store.turnNow(ref, decide, key));
            tell(fault === 'commit_untold' ? () => fail('connection terminated') : outcome);
          });
        }),
      due: (limit) =>
        this.#wait(life, 'due', (tell) => {
          kernel.after(inTime(), () => tell(() => store.dueNow(limit)));
        }),
    };
  }

  #gateway(life: Life): Gateway {
    const { gateway, inquiry } = this.#parts;
    return {
      ask: (ask) =>
        this.#wait(life, `ask ${ask.verb}`, (tell) => gateway.ask(ask, (a) => tell(() => a)), AWAKE),
      inquire: ({ shopId, slipId }) => {
        if (!inquiry(shopId)) return Promise.resolve({ kind: 'unsupported' });
        return this.#wait(life, 'inquire', (tell) => {
          gateway.inquire(shopId, slipId, (sighting) => tell(() => sighting));
        });
      },
    };
  }

  /** One wait of the process: what is waited for, and all that can happen to the one who waits. */
  #wait<T>(
    life: Life,
    what: string,
    begin: (tell: Tell<T>) => void,
    kinds: readonly ProcessFault[] = PROCESS_FAULTS,
  ): Promise<T> {
    const { faults, kernel, endAt } = this.#parts;
    return new Promise((resolve, reject) => {
      if (!life.alive) return;
      this.waits += 1;
      const planned = endAt(this.waits);
      const fault = planned ?? faults.strike(kinds);
      const tell: Tell<T> = (outcome) => {
        if (!life.alive) return;
        if (fault === 'crash_after') return this.#die(`after ${what}`);
        if (fault === 'pause_after') this.pause(kernel.random.int(1_000, PAUSE_MAX_MS));
        this.#whenAwake(life, () => settle(outcome, resolve, reject));
      };
      if (fault === 'crash_before') return this.#die(`before ${what}`);
      if (fault === 'pause_before') this.pause(kernel.random.int(1_000, PAUSE_MAX_MS));
      this.#whenAwake(life, () => begin(tell));
    });
  }

  #die(when: string): void {
    this.#parts.kernel.note(this.name, `dies ${when}`);
    this.kill();
  }

  #whenAwake(life: Life, act: () => void): void {
    if (!life.alive) return;
    const { kernel } = this.#parts;
    const leftMs = this.#asleepUntil - kernel.now;
    if (leftMs <= 0) return act();
    kernel.after(leftMs, () => this.#whenAwake(life, act));
  }
}

export type Parts = {
  readonly kernel: Kernel;
  readonly store: MemoryStore;
  readonly gateway: FakeGateway;
  readonly faults: Faults;
  readonly timing: Timing;
  readonly inquiry: (shopId: string) => boolean;
  /** Where a mutant puts its fingers in; the true protocol leaves the world as it is. */
  readonly alter: (world: World) => World;
  readonly sweepAfterMs: () => number;
  /** A planned end of the process at its n-th wait, for going through all of them. */
  readonly endAt: (wait: number) => 'crash_before' | 'crash_after' | null;
};

type Life = { alive: boolean };
type Tell<T> = (outcome: () => T) => void;

/**
 * Nobody can tell a sleep between the last look at the stopwatch and the first byte: the protocol
 * leaves those microseconds to the guards of the gateway, and so they are not played.
 */
const AWAKE = PROCESS_FAULTS.filter((kind) => kind !== 'pause_before');

const PAUSE_MAX_MS = 240_000;

function attempt<T>(effect: () => T): () => T {
  try {
    const value = effect();
    return () => value;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

function settle<T>(outcome: () => T, resolve: (value: T) => void, reject: (e: unknown) => void) {
  try {
    resolve(outcome());
  } catch (error) {
    reject(error);
  }
}

function fail(message: string): never {
  throw new Error(message);
}
