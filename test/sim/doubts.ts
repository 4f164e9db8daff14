import { GATEWAY_FAULTS, type GatewayFault } from './faults.ts';
import type { InquiryMode } from './orders.ts';
import { Reviewer } from './outsiders.ts';
import { createRandom, type Random } from './random.ts';
import { MINUTE_MS, Scene } from './scene.ts';
import { AUTHORIZE, CANCEL, PAY, placeOne, pressAfter } from './stages.ts';

/**
 * How well doubts end: of many operations, at a given share of faulty calls and with nobody at the
 * console, how many came to be a person's (要確認), and how long the others were in doubt.
 */
type Doubts = {
  readonly operations: number;
  /** Those that a person was asked about. */
  readonly reviews: number;
  /** From acceptance to the end, in milliseconds, of those whose doubt ended by itself; ascending. */
  readonly settledMs: readonly number[];
};

const ORDERS = 20;
const DOUBTED = ['proven', 'disproven', 'repeated'];

/** Plays days of twenty orders each, until so many operations have been carried out. */
async function measureDoubts(
  inquiry: InquiryMode,
  faulty: number,
  operations: number,
): Promise<Doubts> {
  const settledMs: number[] = [];
  const sum = { operations: 0, reviews: 0 };
  for (let seed = 1; sum.operations < operations; seed += 1) {
    const scene = await playDay(seed, inquiry, faulty);
    sum.operations += scene.store.operations.size;
    sum.reviews += scene.reviewed.size;
    for (const operation of scene.store.operations.values()) {
      const steps = scene.store.stepsOf(operation);
      if (scene.reviewed.has(operation.id) || operation.endedAt === null) continue;
      if (!steps.some(({ state }) => DOUBTED.includes(state))) continue;
      settledMs.push(operation.endedAt - operation.createdAt);
    }
  }
  return { ...sum, settledMs: settledMs.sort((a, b) => a - b) };
}

async function playDay(seed: number, inquiry: InquiryMode, faulty: number): Promise<Scene> {
  const random = createRandom(seed);
  const planned = Array.from({ length: 20 * ORDERS }, () => someFault(random, faulty));
  const scene = new Scene({ seed, planned, inquiry });
  for (let n = 0; n < ORDERS; n += 1) {
    const ref = { shopId: 'hanamichi', orderNumber: `1000000001${String(n).padStart(2, '0')}` };
    const kind = random.weighted({ pay: 6, change: 2, cancel: 2, authorize: 1 });
    placeOne(scene, ref, kind === 'authorize' ? null : kind === 'change' ? 700 : 0);
    const command = kind === 'cancel' ? CANCEL : kind === 'authorize' ? AUTHORIZE : PAY;
    pressAfter(scene, 1_000 + n * 5_000, ref, command);
  }
  new Reviewer(scene, scene.ledger).lookRoundAfter(0);
  await scene.play(2 * MINUTE_MS);
  return scene;
}

function someFault(random: Random, faulty: number): GatewayFault | null {
  return random.chance(faulty) ? random.pick(GATEWAY_FAULTS) : null;
}

/** Reviews at the most, as a share of all operations; and the slowest but one in a hundred. */
const GOALS = {
  full: { reviews: 0.001, p99Ms: 3 * MINUTE_MS },
  partial: { reviews: 0.01, p99Ms: null },
  none: { reviews: 0.01, p99Ms: null },
} as const;
const FAULTY = 0.05;
const OPERATIONS = 8_000;

/** Of each kind of inquiry one row: the figures at 5 % faulty calls, each with its goal. */
export async function doubtRows(): Promise<string[][]> {
  const rows: string[][] = [];
  for (const inquiry of ['full', 'partial', 'none'] as const) {
    const { operations, reviews, settledMs } = await measureDoubts(inquiry, FAULTY, OPERATIONS);
    const { reviews: most, p99Ms } = GOALS[inquiry];
    const goal = p99Ms === null ? 'no goal' : `goal ${p99Ms / 1_000} s`;
    rows.push([
      inquiry,
      `${operations}`,
      `${((100 * reviews) / operations).toFixed(2)} % (goal ${100 * most} %)`,
      `${secondsAt(settledMs, 0.5)} s`,
      `${secondsAt(settledMs, 0.99)} s (${goal})`,
    ]);
  }
  return rows;
}

function secondsAt(sorted: readonly number[], share: number): number {
  const at = Math.min(sorted.length - 1, Math.floor(sorted.length * share));
  return Math.round((sorted[at] ?? 0) / 1_000);
}
