import { Worker } from 'node:worker_threads';
import { PLACES } from '../places.ts';

const BEAT_MS = 500;

/**
 * Kills this process once its event loop has not turned for some seconds: it answers nobody then,
 * and holds what other servers wait for. Whatever keeps the service (systemd, a container) starts
 * it anew, and the operations go on where they stand. A thread watches, because this one could not.
 */
export function startWatchdog(seconds: number): void {
  const beats = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const thread = new Worker(PLACES.watchdog, {
    workerData: { beats, seconds },
    execArgv: [],
  });
  thread.unref();
  setInterval(() => Atomics.add(beats, 0, 1), BEAT_MS).unref();
}
