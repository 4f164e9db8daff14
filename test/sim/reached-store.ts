import type { OrderRef } from '../../core/src/domain/order/order.ts';
import type { BatchStore, Caller, Store } from '../../core/src/ports/store.ts';
import { type BatchOptions, TurnBatches } from '../../core/src/turn-batches.ts';
import type { Faults, TurnPort } from './faults.ts';
import type { Kernel } from './kernel.ts';
import { count, type Labels, labelsOf } from './labels.ts';
import type { MemoryStore } from './memory-store.ts';
import { attempt, cutOff, type Tell } from './outcome.ts';

/** A process, as far as its way to the database concerns it. */
type Reaching = {
  readonly kernel: Kernel;
  readonly faults: Faults;
  readonly labels: Labels;
  readonly store: MemoryStore;
  readonly isAlive: () => boolean;
  readonly wait: <T>(port: string, begin: (tell: Tell<T>) => void) => Promise<T>;
  /** Names the turn of an order that is made now. */
  readonly portOf: (ref: OrderRef, given: Caller | undefined) => TurnPort;
};

/** The store as a process uses it: turns in batches, named and counted by their ports. */
export function reachStore(reaching: Reaching): Store {
  const ports = new WeakMap<object, TurnPort>();
  const store = statements(reaching, (decide) => ports.get(decide) ?? 'take');
  const batches = new TurnBatches(store, batchOptions(reaching));
  return {
    due: store.due,
    turn: (ref, decide, given) => {
      const port = reaching.portOf(ref, given);
      const counting: typeof decide = (page, earlier) => {
        const turn = decide(page, earlier);
        for (const label of labelsOf(port, page, turn)) count(reaching.labels, label);
        return turn;
      };
      ports.set(counting, port);
      return batches.turn(ref, counting, given);
    },
  };
}

/** Batches smaller than in production, so that turns wait for a second one. */
function batchOptions({ kernel, faults }: Reaching): BatchOptions {
  // A scenario with planned faults plays alone: chance would only blur it.
  if (!faults.on) return { size: 32, withinShop: false, patience: NEVER };
  const patience = () => new Promise<void>((resolve) => void kernel.after(100, resolve));
  return { size: 4, withinShop: kernel.random.chance(0.2), patience };
}

const NEVER = () => new Promise<void>(() => {});

/** The statements of the database: each is a wait of the process, and so is a turn alone. */
function statements(reaching: Reaching, portOf: (decide: object) => TurnPort): BatchStore {
  const { faults, labels, store } = reaching;
  const read = <T>(port: string, effect: () => T) =>
    ask<T>(reaching, port, (tell) => tell(faults.ofReading(port) ? cutOff : effect));
  const write = <T>(port: string, effect: () => T) =>
    ask<T>(reaching, port, (tell) => {
      const fault = faults.ofStore(port);
      if (fault === 'commit_lost') return tell(cutOff);
      const outcome = attempt(effect);
      tell(fault === 'commit_untold' ? cutOff : outcome);
    });
  return {
    turn: (ref, decide, given) => write(portOf(decide), () => store.turnNow(ref, decide, given)),
    readPages: (asked) => read('pages read', () => store.readPagesNow(asked)),
    writePages: (written) =>
      write('pages write', () => {
        const stand = store.writePagesNow(written);
        count(labels, labelOf(stand));
        return stand;
      }),
    due: (limit) => read('due', () => store.dueNow(limit)),
  };
}

function labelOf(stand: readonly boolean[]): string {
  const lost = stand.filter((stands) => !stands).length;
  const what = lost === 0 ? 'stand' : lost < stand.length ? 'stand but for some' : 'lose';
  return `batch: ${stand.length === 1 ? 'one' : 'several'} ${what}`;
}

/** A connection that ends before the commit takes its transaction with it. */
function ask<T>(
  { kernel, isAlive, wait }: Reaching,
  port: string,
  act: (tell: Tell<T>) => void,
): Promise<T> {
  return wait(port, (tell) => {
    kernel.after(kernel.random.int(1, kernel.random.chance(0.05) ? 2_000 : 20), () => {
      if (isAlive()) act(tell);
    });
  });
}
