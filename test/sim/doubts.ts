import type { Step } from '../../core/src/turns/operation.ts';
import { GATEWAY_FAULTS, type GatewayFault } from './faults.ts';
import type { InquiryMode } from './orders.ts';
import { Reviewer } from './outsiders.ts';
import { createRandom } from './random.ts';
import { Scene } from './scene.ts';
import { MINUTE_MS } from './stage.ts';
import { AUTHORIZE, CANCEL, PAY, placeOne, pressAfter } from './stages.ts';

/**
 * How well doubts end: of many operations, at a given share of faulty calls and with nobody at the
 * console, how many came to be a person's (要確認), and how long each doubt of the others lasted.
 */
type Doubts = {
  readonly operations: number;
  /** Those that a person was asked about. */
  readonly reviews: number;
  /** From the ask to its outcome, in milliseconds, of what ended by itself; ascending. */
  readonly lastedMs: readonly number[];
};

/** What is measured: what the gateways show, what goes wrong there, and what is to be reached. */
type Measure = {
  readonly inquiry: InquiryMode;
  readonly faults: readonly GatewayFault[];
  /** Reviews at the most, as a share of all operations; null: no goal. */
  readonly reviews: number | null;
  /** The slowest but one in a hundred; null: no goal. */
  readonly p99Ms: number | null;
};

const ORDERS = 20;
const FAULTY = 0.05;
const OPERATIONS = 8_000;

/** A half-done change was never seen at F-REGI, and only a person can tell: it counts by itself. */
const USUAL = GATEWAY_FAULTS.filter((fault) => fault !== 'half_done_change');
const MEASURES: readonly Measure[] = [
  { inquiry: 'full', faults: USUAL, reviews: 0.001, p99Ms: 3 * MINUTE_MS },
  { inquiry: 'partial', faults: USUAL, reviews: 0.01, p99Ms: null },
  { inquiry: 'none', faults: USUAL, reviews: 0.01, p99Ms: null },
  { inquiry: 'full', faults: GATEWAY_FAULTS, reviews: null, p99Ms: null },
];

/** A row for each measure, its figures beside their goals; and whether all goals are reached. */
export async function measureAllDoubts(): Promise<{ rows: string[][]; reached: boolean }> {
  const rows: string[][] = [];
  let reached = true;
  for (const measure of MEASURES) {
    const { inquiry, faults } = measure;
    const { operations, reviews, lastedMs } = await measureDoubts(measure);
    const share = reviews / operations;
    const p99 = atShare(lastedMs, 0.99);
    reached &&= share <= (measure.reviews ?? 1) && p99 <= (measure.p99Ms ?? Infinity);
    rows.push([
      faults === USUAL ? inquiry : `${inquiry}, and changes are half done`,
      `${operations}`,
      `${percent(share)}${goal(measure.reviews, percent)}`,
      `${lastedMs.length}`,
      seconds(atShare(lastedMs, 0.5)),
      `${seconds(p99)}${goal(measure.p99Ms, seconds)}`,
    ]);
  }
  return { rows, reached };
}

/** Plays days of twenty orders each, until so many operations have been carried out. */
async function measureDoubts(measure: Measure): Promise<Doubts> {
  const lastedMs: number[] = [];
  const sum = { operations: 0, reviews: 0 };
  for (let seed = 1; sum.operations < OPERATIONS; seed += 1) {
    const scene = await playDay(seed, measure);
    sum.operations += scene.store.operations.size;
    sum.reviews += scene.reviewed.size;
    for (const operation of scene.store.operations.values()) {
      if (scene.reviewed.has(operation.id)) continue;
      lastedMs.push(...doubtsOf(scene.store.stepsOf(operation)));
    }
  }
  return { ...sum, lastedMs: lastedMs.sort((a, b) => a - b) };
}

async function playDay(seed: number, { inquiry, faults }: Measure): Promise<Scene> {
  const random = createRandom(seed);
  const planned = Array.from({ length: 20 * ORDERS }, () =>
    random.chance(FAULTY) ? random.pick(faults) : null,
  );
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

/** How long each doubt lasted; what was asked again is one doubt with what it was asked for. */
function doubtsOf(steps: readonly Step[]): number[] {
  const lasted: number[] = [];
  let since: number | null = null;
  for (const { state, sentAt, answeredAt } of steps) {
    const wasDoubted = since !== null || state === 'proven' || state === 'disproven';
    if (state === 'repeated') {
      since ??= sentAt;
    } else if (wasDoubted && answeredAt !== null) {
      lasted.push(answeredAt - (since ?? sentAt));
      since = null;
    }
  }
  return lasted;
}

function goal(most: number | null, tell: (figure: number) => string): string {
  return most === null ? '' : ` (≤ ${tell(most)})`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}

function seconds(ms: number): string {
  return `${Math.round(ms / 1_000)} s`;
}

function atShare(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
