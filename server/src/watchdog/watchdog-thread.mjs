// The thread of watchdog.ts, in plain JavaScript: stripping types would cost it 10 MiB more.
import { writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';

const { beats, seconds } = workerData;
let seen = Atomics.load(beats, 0);
let still = 0;

// Counts its own seconds instead of reading a clock: a machine that slept has not stood still.
setInterval(() => {
  const beat = Atomics.load(beats, 0);
  still = beat === seen ? still + 1 : 0;
  seen = beat;
  if (still < seconds) return;
  const told = { at: 'watchdog', error: `the event loop has not turned for ${seconds} s` };
  writeSync(2, `${JSON.stringify(told)}\n`);
  process.kill(process.pid, 'SIGKILL');
}, 1_000);
