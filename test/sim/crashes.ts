import type { ProcessFault } from './faults.ts';
import type { InquiryMode } from './orders.ts';
import { plan, SCENARIOS, type Scenario } from './scenarios.ts';
import { MINUTE_MS, Scene, type Violation } from './scene.ts';

/**
 * Every place at which a process can end or fall asleep, one after the other: each wait of each
 * process, before and after, in every scenario, with every kind of inquiry; and pairs of them.
 * What a seed finds by chance is found here because it is all there is.
 */
export type CrashSummary = {
  runs: number;
  waits: number;
  readonly violations: (Violation & { readonly run: string })[];
};

export const INQUIRIES: readonly InquiryMode[] = ['full', 'partial', 'none'];
const ENDS: readonly ProcessFault[] = ['crash_before', 'crash_after', 'pause_after'];

/** One planned end: which process, at which of its waits, how. */
type End = { readonly process: string; readonly wait: number; readonly how: ProcessFault };
type Play = (...ends: readonly End[]) => Promise<Scene>;

/** Plays every scenario, with every inquiry, with every end; and with every pair of crashes. */
export async function enumerateAll({ pairs }: { readonly pairs: boolean }): Promise<CrashSummary> {
  const sum: CrashSummary = { runs: 0, waits: 0, violations: [] };
  for (const scenario of SCENARIOS) {
    for (const inquiry of INQUIRIES) {
      await enumerate((...ends) => playOnce(scenario, inquiry, ends, sum), sum, pairs);
    }
  }
  return sum;
}

async function enumerate(play: Play, sum: CrashSummary, pairs: boolean): Promise<void> {
  const undisturbed = await play();
  for (const { process, wait } of waitsOf(undisturbed)) {
    sum.waits += 1;
    for (const how of ENDS) {
      const first = { process, wait, how };
      const disturbed = await play(first);
      if (pairs && how === 'crash_after') await enumerateSeconds(play, first, disturbed);
    }
  }
}

/** All that a second crash can hit, after the first. */
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
