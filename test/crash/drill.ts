import { join } from 'node:path';
import { backUp } from '../../server/src/admin/backup.ts';
import { restore } from '../../server/src/admin/restore.ts';
import { loadSafeMode, releaseSafeMode } from '../../server/src/store/audit/safe-mode.ts';
import type { Db } from '../../server/src/store/db/db.ts';
import { Client } from '../kit/clients.ts';
import { connect } from '../kit/postgres.ts';
import { judge, settle } from './judge.ts';
import { isCaptured, readLedger } from './ledger.ts';
import { sleep, startServer } from './processes.ts';
import { fact, type Line, line } from './table.ts';
import { EMAIL, openTown, PASSWORD, SHOPS, type Town } from './town.ts';

/**
 * Restore drills: the database goes back to a backup while F-REGI has gone on. Renkei must notice
 * each, move no money until the release, and agree with F-REGI in the end.
 */
export async function runDrills(count: number, say: (line: string) => void): Promise<Line[]> {
  const town = await openTown({ servers: 1, latencyMs: 10 });
  let noticed = 0;
  let moved = 0;
  let violations = 0;
  const backMs: number[] = [];
  let current: Town = town;
  try {
    for (let n = 1; n <= count; n += 1) {
      const drill = await runDrill(current, n);
      current = drill.town;
      noticed += drill.noticed ? 1 : 0;
      moved += drill.movedInSafeMode;
      violations += drill.violations.length;
      backMs.push(drill.backMs);
      for (const violation of drill.violations) say(`VIOLATION in drill ${n}: ${violation}`);
      if (n % 5 === 0) say(`${n} drills`);
    }
  } finally {
    for (const server of current.servers) await server.kill();
    if (current.db !== town.db) await current.db.end();
    await town.close();
  }
  const slowest = Math.max(...backMs) / 1_000;
  return [
    fact('restores to the past', `${count}`),
    line('noticed', `${noticed}`, `${count}`, noticed === count),
    line('moved at F-REGI in safe mode', `${moved}`, '0', moved === 0),
    line('violations in the end', `${violations}`, '0', violations === 0),
    line('back in service, slowest', `${slowest.toFixed(1)} s`, '≤ 600 s', slowest <= 600),
  ];
}

type Drill = {
  readonly town: Town;
  readonly noticed: boolean;
  readonly movedInSafeMode: number;
  readonly violations: readonly string[];
  /** From the kill of the server until it takes payments again, in milliseconds. */
  readonly backMs: number;
};

async function runDrill(before: Town, n: number): Promise<Drill> {
  const orders = new Map<string, string[]>();
  for (const shop of SHOPS) orders.set(shop.shopId, await before.placeOrders(shop, 4));
  const each = [...orders].flatMap(([shopId, numbers]) =>
    numbers.map((orderNumber, index) => ({ shopId, orderNumber, index })),
  );
  await pay(
    before,
    each.filter(({ index }) => index === 0),
  ); // before the backup
  const directory = join(before.directory, `backup-${n}`);
  await backUp(before.db, directory);
  await pay(
    before,
    each.filter(({ index }) => index === 1 || index === 2),
  ); // lost by the restore
  await sleep(2_500); // the sealer seals about once a second

  const began = performance.now();
  await before.servers[0]?.kill();
  const town = await moveTo(before, `drill_${n}`, directory);
  const safeMode = await loadSafeMode(town.db);
  const ledger = await readLedger(town.sandbox.url);
  const answers = await pay(
    town,
    each.filter(({ index }) => index === 3),
  );
  const refused = answers.every(({ status, code }) => status === 503 && code === 'safe_mode');
  while ((await loadSafeMode(town.db))?.comparedAt === null) await sleep(200);
  const movedInSafeMode = countMoves(await readLedger(town.sandbox.url)) - countMoves(ledger);
  await releaseSafeMode(town.db, 'drill');
  const backMs = performance.now() - began;

  await payUntilTaken(town, each); // the lost orders are found, the last ones captured
  await settle(town, 60_000);
  const { violations } = await judge(town, []);
  const captured = (await readLedger(town.sandbox.url)).filter(isCaptured);
  const missing = each.filter(({ orderNumber }) => captured.every(({ id }) => id !== orderNumber));
  return {
    town,
    movedInSafeMode,
    backMs,
    noticed: safeMode !== null && refused,
    violations: [...violations, ...missing.map(({ orderNumber }) => `${orderNumber} is lost`)],
  };
}

/** Puts a backup into a new database of the same server, and starts a Renkei on it. */
async function moveTo(before: Town, name: string, directory: string): Promise<Town> {
  const admin = connect(before.database.url, { max: 1 });
  await admin.query(`create database ${name}`);
  await admin.end();
  const databaseUrl = before.database.url.replace(/\/postgres$/, `/${name}`);
  const db: Db = connect(databaseUrl, { max: 6 });
  await restore(db, directory);
  await releaseSafeMode(db, 'drill'); // like a restore by other means, which only the marks reveal
  const seals = before.sealFiles[0] ?? '';
  const server = await startServer({ databaseUrl, seals });
  const town: Town = {
    ...before,
    databaseUrl,
    db,
    servers: [server],
    placeOrders: (shop, count, into = db) => before.placeOrders(shop, count, into),
  };
  return town;
}

async function pay(
  town: Town,
  orders: readonly { readonly shopId: string; readonly orderNumber: string }[],
): Promise<{ status: number; code: string }[]> {
  const { url } = town.servers[0] ?? { url: '' };
  const client = await Client.signIn(url, EMAIL, PASSWORD);
  return Promise.all(
    orders.map(async ({ shopId, orderNumber }) => {
      const path = `/v1/orders/${orderNumber}`;
      const { body } = await client.get(`${path}?shop=${shopId}`);
      const { version } = body;
      const reply = await client.post(`${path}/payment?shop=${shopId}`, { body: {}, version });
      return { status: reply.status, code: reply.body.code };
    }),
  );
}

/**
 * Presses again until each payment is taken, as people do when a message says that payments are
 * held.
 */
async function payUntilTaken(town: Town, orders: Parameters<typeof pay>[1]): Promise<void> {
  const deadline = performance.now() + 60_000;
  for (let left = orders; left.length > 0; ) {
    const answers = await pay(town, left);
    left = left.filter((_, index) => answers[index]?.status === 503);
    if (performance.now() > deadline) throw new Error(`refused to the end: ${left.length} orders`);
    if (left.length > 0) await sleep(500);
  }
}

function countMoves(ledger: Awaited<ReturnType<typeof readLedger>>): number {
  return ledger.reduce((sum, { history }) => sum + history.length, 0);
}
