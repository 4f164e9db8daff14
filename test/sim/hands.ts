import { Worker } from 'node:worker_threads';
import type { Edit } from './break-sources.ts';
import { count, type Labels } from './labels.ts';
import type { Violation } from './scene.ts';

/** Many histories in several threads: each free thread gets the next small lot of seeds. */
export type Summary = {
  seeds: number;
  events: number;
  readonly labels: Labels;
  readonly violations: (Violation & { readonly seed: number })[];
};

export type Lot = {
  readonly from: number;
  readonly seeds: number;
  /** Stops at the first seed that fails. */
  readonly untilViolation?: boolean;
};

const LOT = 200;
/** The search stops after so many failing seeds. */
const VIOLATIONS_MAX = 20;

export async function playInParallel(wanted: Lot & { readonly workers: number }): Promise<Summary> {
  const { from, seeds, workers } = wanted;
  const end = from + seeds;
  const sum: Summary = { seeds: 0, events: 0, labels: new Map(), violations: [] };
  let next = from;
  const deal = (): Lot | null => {
    if (next >= end || sum.violations.length >= VIOLATIONS_MAX) return null;
    const lot = { from: next, seeds: Math.min(LOT, end - next) };
    next += lot.seeds;
    return lot;
  };
  await Promise.all(Array.from({ length: workers }, () => work(deal, sum)));
  sum.violations.sort((a, b) => a.seed - b.seed);
  return sum;
}

/** Plays one lot with broken code in a thread of its own, and stops at the first violation. */
export async function playBroken(edits: readonly Edit[], lot: Lot): Promise<Summary> {
  const sum: Summary = { seeds: 0, events: 0, labels: new Map(), violations: [] };
  const lots = [{ ...lot, untilViolation: true }];
  await work(() => lots.pop() ?? null, sum, edits);
  return sum;
}

function work(deal: () => Lot | null, sum: Summary, edits: readonly Edit[] = []): Promise<void> {
  const onDone = (done: Summary) => add(sum, done);
  return employ({ script: new URL('./worker.ts', import.meta.url), data: { edits }, deal, onDone });
}

/**
 * Runs one thread with a script until no lots are left; null tells the thread to close its port.
 * Rejects if the thread breaks. Does not terminate it: V8 can abort the process if a thread is
 * stopped while it compiles ("Check failed: jit_page.has_value()").
 */
export function employ<L, D>({
  script,
  data,
  deal,
  onDone,
}: {
  readonly script: URL;
  readonly data?: unknown;
  readonly deal: () => L | null;
  readonly onDone: (done: D) => void;
}): Promise<void> {
  const worker = new Worker(script, { workerData: data });
  return new Promise<void>((resolve, reject) => {
    let isDone = false;
    const give = () => {
      const lot = deal();
      isDone = lot === null;
      worker.postMessage(lot);
    };
    worker.on('message', (done: D) => {
      onDone(done);
      give();
    });
    worker.on('error', reject);
    worker.on('exit', (code) => {
      if (isDone) resolve();
      else reject(new Error(`a thread ended by itself, with ${code}`));
    });
    give();
  });
}

function add(sum: Summary, { seeds, events, labels, violations }: Summary): void {
  sum.seeds += seeds;
  sum.events += events;
  sum.violations.push(...violations);
  for (const [label, times] of labels) count(sum.labels, label, times);
}
