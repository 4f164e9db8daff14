import type { World } from '../../backoffice/src/operations/perform.ts';
import type { Request } from '../../backoffice/src/operations/accept.ts';
import { isOpen } from '../../backoffice/src/operations/operation.ts';
import { TIMING, type Timing } from '../../backoffice/src/operations/timing.ts';
import { FakeGateway } from './fake-gateway.ts';
import { Faults } from './faults.ts';
import { AT_ASK, AT_COMMIT, AT_DEED, AT_REST, type Evidence } from './invariants.ts';
import { Kernel, type TraceLine } from './kernel.ts';
import { Ledger } from './ledger.ts';
import { MemoryStore, type MemoryStoreOptions } from './memory-store.ts';
import { placeSomeOrders, SHOPS } from './orders.ts';
import { meddle, Reviewer } from './outsiders.ts';
import { type Press, type Shop, workOnSomeOrder } from './people.ts';
import { Process } from './process.ts';

/**
 * One history of a day at two shops: operators, two processes, F-REGI, people at its console, and
 * everything that can go wrong; then faults end, everybody answers, and all invariants are judged.
 */
export type Mutant = {
  readonly name: string;
  /** What it breaks, as a sentence. */
  readonly breaks: string;
  readonly timing?: Partial<Timing>;
  readonly guards?: MemoryStoreOptions['guards'];
  readonly alterWorld?: (world: World, tools: MutantTools) => World;
  readonly alterRequest?: (request: Request) => Request;
};
export type MutantTools = { readonly kernel: Kernel; readonly store: MemoryStore };

export type History = {
  readonly seed: number;
  readonly violation: { readonly invariant: string; readonly what: string } | null;
  readonly trace: readonly TraceLine[];
  readonly fingerprint: number;
  readonly events: number;
  /** How many times each way of ending an operation occurred: that the history was worth it. */
  readonly ends: Readonly<Record<string, number>>;
};

const MINUTE_MS = 60_000;
const START_AT = Date.UTC(2026, 10, 20, 3, 0, 0);
const TROUBLE_MS = 8 * MINUTE_MS;
const HEALING_MS = 30 * 60 * MINUTE_MS;

/** Plays the history of a seed. Never rejects for what the code under test does. */
export async function play(seed: number, mutant: Mutant | null = null): Promise<History> {
  const scene = setUp(seed, mutant);
  const { kernel, faults, store } = scene;
  const giveBack = kernel.borrowTimers();
  try {
    await kernel.run(START_AT + TROUBLE_MS, () => scene.violation !== null);
    faults.on = false;
    const atRest = () => [...store.operations.values()].every((operation) => !isOpen(operation));
    const over = () => scene.violation !== null || atRest();
    await kernel.run(START_AT + TROUBLE_MS + HEALING_MS, over);
    // What is still under way at the gateway arrives.
    await kernel.run(kernel.now + 10 * MINUTE_MS, () => scene.violation !== null);
    scene.judge(AT_REST);
  } finally {
    giveBack();
  }
  const ends: Record<string, number> = {};
  for (const { state } of store.operations.values()) ends[state] = (ends[state] ?? 0) + 1;
  const { trace, fingerprint, events } = kernel;
  return { seed, violation: scene.violation, trace, fingerprint, events, ends };
}

type Violation = History['violation'];
type Checks<T extends unknown[]> = Readonly<
  Record<string, (evidence: Evidence, ...seen: T) => string | null>
>;

class Scene {
  readonly kernel: Kernel;
  readonly faults: Faults;
  readonly store: MemoryStore;
  readonly ledger: Ledger;
  readonly presses = new Map<string, Press>();
  violation: Violation = null;
  readonly #evidence: Evidence;

  constructor(seed: number, mutant: Mutant | null) {
    this.kernel = new Kernel(seed, START_AT);
    this.faults = new Faults(this.kernel.random);
    this.ledger = new Ledger((changed) => this.judge(AT_DEED, changed));
    this.store = new MemoryStore({
      now: () => this.kernel.now,
      onCommit: (before, after) => {
        this.judge(AT_COMMIT, before, after);
        for (const { kind } of after.entries) this.kernel.note('journal', kind);
      },
      ...(mutant?.guards ? { guards: mutant.guards } : {}),
    });
    const { store, ledger, presses } = this;
    this.#evidence = { store, ledger, presses, calls: new Map(), written: new Map() };
  }

  /** Judges the evidence; the first thing that is wrong is kept, and ends the history. */
  judge<T extends unknown[]>(checks: Checks<T>, ...seen: T): void {
    if (this.violation !== null) return;
    for (const [invariant, check] of Object.entries(checks)) {
      const what = check(this.#evidence, ...seen);
      if (what === null) continue;
      this.violation = { invariant, what };
      this.kernel.note('VIOLATION', `${invariant}: ${what}`);
      return;
    }
  }
}

function setUp(seed: number, mutant: Mutant | null): Scene {
  const scene = new Scene(seed, mutant);
  const { kernel, faults, store, ledger, presses } = scene;
  placeSomeOrders(kernel.random, store, ledger);
  const timing = { ...TIMING, ...mutant?.timing };
  const gateway = new FakeGateway(kernel, ledger, faults, TIMING, (ask, call) => {
    kernel.note('gateway', `call ${call}: ${ask.verb} ${ask.shopId}/${ask.slipId} ${ask.seqno}`);
    scene.judge(AT_ASK, ask, call);
  });
  const alter = (world: World) => mutant?.alterWorld?.(world, { kernel, store }) ?? world;
  const inquiry = (shopId: string) => SHOPS.some((s) => s.shopId === shopId && s.inquiry);
  const sweepAfterMs = () => nextSweepMs(scene);
  const endAt = () => null;
  const parts = { kernel, store, gateway, faults, timing, inquiry, alter, sweepAfterMs, endAt };
  const processes = [new Process('first', parts), new Process('second', parts)];
  const someOffice = () => {
    const up = processes.filter(({ office }) => office !== null);
    return up.length === 0 ? null : kernel.random.pick(up).office;
  };
  const alterRequest = mutant?.alterRequest ?? ((request: Request) => request);
  planDay(scene, { kernel, store, presses, someOffice, alterRequest }, processes);
  return scene;
}

/** While there is trouble, every few seconds; afterwards when something is due. */
function nextSweepMs({ kernel, faults, store }: Scene): number {
  if (faults.on) return kernel.random.int(3_000, 12_000);
  const open = [...store.operations.values()].filter(isOpen).map(({ dueAt }) => dueAt);
  return Math.min(Math.max(Math.min(...open) - kernel.now, 1_000), 60 * MINUTE_MS);
}

function planDay({ kernel, ledger }: Scene, shop: Shop, processes: readonly Process[]): void {
  const { random } = kernel;
  const some = (least: number, most: number, act: () => void) => {
    const times = random.int(least, most);
    for (let i = 0; i < times; i += 1) kernel.after(random.int(0, 5 * MINUTE_MS), act);
  };
  some(7, 12, () => workOnSomeOrder(shop));
  if (random.chance(0.3)) some(1, 2, () => meddle(shop, ledger));
  if (random.chance(0.2)) some(1, 1, () => ledger.transmit());
  some(0, 2, () => random.pick(processes).kill());
  some(0, 2, () => random.pick(processes).pause(random.int(1_000, 4 * MINUTE_MS)));
  const reviewer = new Reviewer(shop, ledger);
  const round = () => {
    reviewer.lookRound();
    kernel.after(random.int(20_000, 60_000), round);
  };
  round();
}
