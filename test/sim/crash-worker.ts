import { parentPort } from 'node:worker_threads';
import { type CrashLot, enumerateLot } from './crashes.ts';

/** A thread that plays the lots of ends that it is given. */
parentPort?.on('message', async (lot: CrashLot) => {
  parentPort?.postMessage(await enumerateLot(lot));
});
