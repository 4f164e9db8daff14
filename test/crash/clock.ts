import { setClockWrong } from '../kit/wrong-clock.ts';

/** Preloaded into a server (`--import`): its clock is wrong and jumps. */
const byMs = Number(process.env.CLOCK_BY_MS);
const JUMP_MS = 3 * 3_600_000;
const JUMP_EVERY_MS = 250;

let jumpMs = 0;
setClockWrong(() => byMs + jumpMs);
setInterval(() => {
  jumpMs = (Math.random() * 2 - 1) * JUMP_MS;
}, JUMP_EVERY_MS).unref();
