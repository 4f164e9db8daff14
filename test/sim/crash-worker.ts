import { parentPort, workerData } from 'node:worker_threads';
import { breakSources, type Edit } from './break-sources.ts';
import type { CrashLot } from './crashes.ts';

/**
 * A thread that plays the lots of process ends it is given, with broken code if there are edits.
 */
const edits: readonly Edit[] = workerData?.edits ?? [];
if (edits.length > 0) breakSources(edits);
// Loads it only now, so that the edits break all that it loads, too.
const { enumerateLot } = await import('./crashes.ts');

parentPort?.on('message', async (lot: CrashLot | null) => {
  if (lot === null) return parentPort?.close();
  parentPort?.postMessage(await enumerateLot(lot));
});
