import { parentPort, workerData } from 'node:worker_threads';
import { breakSources, type Edit } from './break-sources.ts';
import type { Lot, Summary } from './hands.ts';
import { count } from './labels.ts';

/** A thread that plays the lots of seeds it is given, with broken code if there are edits. */
const edits: readonly Edit[] = workerData?.edits ?? [];
if (edits.length > 0) breakSources(edits);
// Loads it only now, so that the edits break all that it loads, too.
const { play } = await import('./world.ts');

parentPort?.on('message', async (lot: Lot | null) => {
  if (lot === null) return parentPort?.close();
  const { from, seeds, untilViolation } = lot;
  const sum: Summary = { seeds: 0, events: 0, labels: new Map(), violations: [] };
  for (let seed = from; seed < from + seeds; seed += 1) {
    const { violation, events, labels } = await play(seed);
    sum.seeds += 1;
    sum.events += events;
    for (const [label, times] of labels) count(sum.labels, label, times);
    if (violation !== null) sum.violations.push({ seed, ...violation });
    if (violation !== null && untilViolation) break;
  }
  parentPort?.postMessage(sum);
});
