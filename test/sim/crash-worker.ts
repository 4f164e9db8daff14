import { parentPort, workerData } from 'node:worker_threads';
import { breakSources, type Edit } from './break-sources.ts';
import type { CrashLot } from './crashes.ts';

/** A thread that plays the lots of ends that it is given, perhaps with broken code. */
const edits: readonly Edit[] = workerData?.edits ?? [];
if (edits.length > 0) breakSources(edits);
// Only now, so that what it loads is broken, too.
const { enumerateLot } = await import('./crashes.ts');

parentPort?.on('message', async (lot: CrashLot | null) => {
  if (lot === null) return parentPort?.close();
  parentPort?.postMessage(await enumerateLot(lot));
});
