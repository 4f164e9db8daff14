import type { Edit } from './break-sources.ts';
import type { ProcessFault } from './faults.ts';
import { employ } from './hands.ts';
import type { InquiryMode } from './orders.ts';
import type { Scenario } from './scenario.ts';
import { plan, SCENARIOS } from './scenarios.ts';
import { Scene, type Violation } from './scene.ts';
import { MINUTE_MS } from './stage.ts';

/**
 * Every place where a process can end or fall asleep: before and after each wait of each process,
 * in every scenario, with every kind of inquiry; and pairs of such places. Seeds find these by
 * chance; here all of them are played.
 */
export type CrashSummary = {
  runs: number;
  waits: number;
  readonly violations: (Violation & { readonly run: string })[];
};

export const INQUIRIES: readonly InquiryMode[] = ['full', 'partial', 'none'];
const ENDS: readonly ProcessFault[] = ['crash_before', 'crash_after', 'pause_after'];

/** A planned end: the process, the wait at which it ends, and how. */
type End = { readonly process: string; readonly wait: number; readonly how: ProcessFault };
type Play = (...ends: readonly End[]) => Promise<Scene>;

/** The work of one thread at a time: every `parts`-th first end of a scenario. */
export type CrashLot = {
  readonly scenario: string;
  readonly inquiry: InquiryMode;
  readonly part: number;
  readonly parts: number;
  /** Plays a second crash after each first one, if the scenario allows pairs (`pairs`). */
  readonly pairs: boolean;
};

const PARTS = 8;

/**
 * Returns every scenario with every inquiry and every end; with `pairs`, every pair of crashes,
 * too.
 */
export function crashLots({ pairs }: { readonly pairs: boolean }): CrashLot[] {
  return SCENARIOS.flatMap(({ name }) =>
    INQUIRIES.flatMap((inquiry) =>
      Array.from({ length: PARTS }, (_, part) => {
        return { scenario: name, inquiry, part, parts: PARTS, pairs };
      }),
    ),
  );
}

/** Plays lots in several threads. */
export async function enumerateInParallel(
  lots: readonly CrashLot[],
  workers: number,
): Promise<CrashSummary> {
  const sum: CrashSummary = { runs: 0, waits: 0, violations: [] };
  const waiting = [...lots];
  const deal = () => waiting.shift() ?? null;
  await Promise.all(Array.from({ length: workers }, () => work(deal, sum)));
  return sum;
}

/**
 * Plays lots with broken code in a thread of its own. Stops at the first violation; null if none.
 */
export async function catchByEnds(
  edits: readonly Edit[],
  lots: readonly CrashLot[],
): Promise<CrashSummary['violations'][number] | null> {
  const sum: CrashSummary = { runs: 0, waits: 0, violations: [] };
  const waiting = [...lots];
  const deal = () => (sum.violations.length > 0 ? null : (waiting.shift() ?? null));
  await work(deal, sum, edits);
  return sum.violations[0] ?? null;
}

function work(
  deal: () => CrashLot | null,
  sum: CrashSummary,
  edits: readonly Edit[] = [],
): Promise<void> {
  const onDone = ({ runs, waits, violations }: CrashSummary) => {
    sum.runs += runs;
    sum.waits += waits;
    sum.violations.push(...violations);
  };
  const script = new URL('./crash-worker.ts', import.meta.url);
  return employ({ script, data: { edits }, deal, onDone });
}

/** Plays one lot in this thread. */
export async function enumerateLot(lot: CrashLot): Promise<CrashSummary> {
  const sum: CrashSummary = { runs: 0, waits: 0, violations: [] };
  const scenario = SCENARIOS.find(({ name }) => name === lot.scenario);
  if (scenario === undefined) throw new Error(`no scenario ${lot.scenario}`);
  const play: Play = (...ends) => playOnce(scenario, lot.inquiry, ends, sum);
  const firsts = waitsOf(await play()).filter((_, at) => at % lot.parts === lot.part);
  for (const { process, wait } of firsts) {
    sum.waits += 1;
    for (const how of ENDS) {
      const first = { process, wait, how };
      const disturbed = await play(first);
      const goesOn = lot.pairs && scenario.pairs !== false && how === 'crash_after';
      if (goesOn) await enumerateSeconds(play, first, disturbed);
    }
  }
  return sum;
}

/** Plays every place that a second crash can hit after the first. */
async function enumerateSeconds(play: Play, first: End, disturbed: Scene): Promise<void> {
  for (const second of waitsOf(disturbed)) {
    if (second.process === first.process && second.wait <= first.wait) continue;
    await play(first, { ...second, how: 'crash_after' });
  }
}

function waitsOf({ processes }: Scene): Pick<End, 'process' | 'wait'>[] {
  return processes.flatMap(({ name, waits }) =>
    Array.from({ length: waits }, (_, index) => ({ process: name, wait: index + 1 })),
  );
}

async function playOnce(
  scenario: Scenario,
  inquiry: InquiryMode,
  ends: readonly End[],
  sum: CrashSummary,
): Promise<Scene> {
  const endAt = (process: string, wait: number) =>
    ends.find((end) => end.process === process && end.wait === wait)?.how ?? null;
  const scene = new Scene({ seed: 1, planned: scenario.planned ?? [], inquiry, endAt });
  plan(scene, scenario);
  await scene.play(2 * MINUTE_MS);
  sum.runs += 1;
  if (scene.violation !== null) {
    const where = ends.map(({ process, wait, how }) => `${how} at ${process} ${wait}`).join(', ');
    sum.violations.push({ ...scene.violation, run: `${scenario.name} (${inquiry}): ${where}` });
  }
  return scene;
}
