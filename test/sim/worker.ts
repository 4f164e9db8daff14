import { parentPort } from 'node:worker_threads';
import type { Lot, Summary } from './hands.ts';
import { count } from './labels.ts';
import { play } from './world.ts';

/** A thread that plays the lots of seeds that it is given, one after the other. */
parentPort?.on('message', async ({ from, seeds }: Lot) => {
  const sum: Summary = { seeds: 0, events: 0, labels: new Map(), violations: [] };
  for (let seed = from; seed < from + seeds; seed += 1) {
    const { violation, events, labels } = await play(seed);
    sum.seeds += 1;
    sum.events += events;
    for (const [label, times] of labels) count(sum.labels, label, times);
    if (violation !== null) sum.violations.push({ seed, ...violation });
  }
  parentPort?.postMessage(sum);
});
