import { type FaultRule, setFaults } from './ledger.ts';
import { type Child, readyAfter, sleep } from './processes.ts';
import type { Town } from './town.ts';

/** The trouble of the servers and the database while people work. */
export type Storm = {
  /** SIGKILLs, in turn to each server, which is restarted at once. */
  readonly kills: number;
  /** SIGSTOPs of a server for `pauseMs`; some at the same time, beside the servers that go on. */
  readonly pauses: number;
  readonly pauseMs: number;
  readonly pausesAtOnce: number;
  /** Crashes of the database, as by a power failure. */
  readonly crashes: number;
};

export type Weathered = {
  readonly kills: number;
  readonly pauses: number;
  readonly crashes: number;
  /**
   * Milliseconds from the start of a server, or from the crash of the database, until a server is
   * ready again.
   */
  readonly readyMs: readonly number[];
};

const READY_WITHIN_MS = 60_000;

/** Goes through the storm; `say` hears of its progress. */
export async function weather(
  town: Town,
  storm: Storm,
  say: (line: string) => void,
): Promise<Weathered> {
  const readyMs: number[] = [];
  for (let n = 0; n < storm.kills; n += 1) {
    await sleep(50 + Math.random() * 700);
    readyMs.push(await killAndReplace(town, n % town.servers.length));
    if ((n + 1) % 25 === 0) say(`${n + 1} kills`);
  }
  for (let n = 0; n < storm.crashes; n += 1) {
    await sleep(100 + Math.random() * 900);
    const began = performance.now();
    await town.database.crash();
    const url = town.servers[0]?.url ?? '';
    readyMs.push(await readyAfter(url, began, READY_WITHIN_MS));
    if ((n + 1) % 10 === 0) say(`${n + 1} database crashes`);
  }
  let paused = 0;
  while (paused < storm.pauses) {
    const count = Math.min(storm.pausesAtOnce, storm.pauses - paused);
    await pauseSome(town, count, storm.pauseMs);
    paused += count;
    say(`${paused} pauses of ${storm.pauseMs / 1_000} s`);
  }
  const { kills, pauses, crashes } = storm;
  return { kills, pauses, crashes, readyMs };
}

/** Resolves to the milliseconds until the new server was ready. */
export async function killAndReplace(town: Town, slot: number): Promise<number> {
  await town.servers[slot]?.kill();
  const began = performance.now();
  const server = await town.startServer(slot);
  return readyAfter(server.url, began, READY_WITHIN_MS);
}

/** Extra servers take part; then all of them fall asleep at once, with work in hand. */
async function pauseSome(town: Town, count: number, pauseMs: number): Promise<void> {
  const usual = town.servers.length;
  const extra: Child[] = [];
  for (let n = 0; n < count; n += 1) extra.push(await town.startServer(usual + n));
  await sleep(1_500);
  for (const server of extra) {
    server.pause();
    await sleep(50);
  }
  town.servers.length = usual; // nobody waits for the sleeping servers
  await sleep(pauseMs);
  for (const server of extra) server.wake();
  await sleep(1_500);
  for (const server of extra) await server.kill();
}

/**
 * Makes one call in ten fail: lost requests, lost answers, garbage, half-done changes, and requests
 * carried out when nobody waits any more.
 */
export function faultsAt(
  town: Town,
  lateMs: number,
  others: readonly FaultRule[] = [],
): Promise<void> {
  return setFaults(town.sandbox.url, [
    { kind: 'drop_after', share: 0.03 },
    { kind: 'drop_before', share: 0.02 },
    { kind: 'http_500_after', share: 0.02 },
    { kind: 'garbage', share: 0.01 },
    { kind: 'cut_off', share: 0.01 },
    { kind: 'late_act', share: 0.01, delayMs: lateMs },
    ...others,
  ]);
}
