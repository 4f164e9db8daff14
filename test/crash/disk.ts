import { mkdtempSync, rmSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '../kit/clients.ts';
import { connect, openKeptPostgres } from '../kit/postgres.ts';
import { countMoves, countNotNoted, reportOn } from './disk-report.ts';
import { SETTLED_MS, settle } from './judge.ts';
import { readLedger, setFaults } from './ledger.ts';
import { Operators } from './operators.ts';
import { readyAfter, sleep } from './processes.ts';
import { SmallDisk } from './small-disk.ts';
import { fact, type Line } from './table.ts';
import { type Database, EMAIL, openTown, PASSWORD, SHOPS, type Town } from './town.ts';

export type DiskOptions = {
  /** How often each of the three kinds of trouble comes. */
  readonly rounds: number;
  readonly operators: number;
  readonly ordersPerShop: number;
  readonly say: (line: string) => void;
};

const DATABASE_MIB = 200;
const MARKS_MIB = 1;
const FULL_MS = 3_000;
const FELT_WITHIN_MS = 60_000;
const READY_WITHIN_MS = 60_000;

/** PostgreSQL keeps no reserve: it gives a full segment back and needs room for the next. */
const FRUGAL = {
  wal_recycle: 'off',
  min_wal_size: '32MB',
  max_wal_size: '48MB',
  log_min_messages: 'panic',
};

/**
 * The disks run full while people work, and get room again. First the tables of the database cannot
 * grow; then its log cannot, and PostgreSQL gives up; last the marks cannot (F35).
 */
export async function runDisk(options: DiskOptions): Promise<Line[]> {
  const home = mkdtempSync(join(tmpdir(), 'renkei-disks-'));
  const disks: SmallDisk[] = [];
  const mount = (name: string, mib: number) => {
    const disk = SmallDisk.mount(join(home, name), mib);
    disks.push(disk);
    return disk;
  };
  try {
    const full = { database: mount('database', DATABASE_MIB), marks: mount('marks', MARKS_MIB) };
    let restarts = 0;
    const town = await openTown({
      servers: 2,
      latencyMs: 40,
      marksDirectory: full.marks.directory,
      openDatabase: () => openKept(full.database, () => (restarts += 1)),
    });
    try {
      const lines = await workOn(town, full, options);
      return [...lines, fact('tries to start PostgreSQL again', `${restarts}`)];
    } finally {
      for (const disk of disks) disk.free();
      await town.close();
    }
  } finally {
    for (const disk of disks) disk.unmount();
    rmSync(home, { recursive: true });
  }
}

/** Starts PostgreSQL as Renkei itself runs it: a keeper restarts it when it gives up. */
async function openKept({ directory }: SmallDisk, onGone: () => void): Promise<Database> {
  const home = { directory: join(directory, 'postgres'), settings: FRUGAL };
  const { url, stop } = await openKeptPostgres(home, onGone, 500);
  return { url, stop, crash: () => Promise.reject(new Error('only its disk runs full')) };
}

type Full = { readonly database: SmallDisk; readonly marks: SmallDisk };

async function workOn(town: Town, full: Full, options: DiskOptions): Promise<Line[]> {
  const { rounds, say } = options;
  const orders = new Map<string, string[]>();
  for (const shop of SHOPS) {
    orders.set(shop.shopId, await town.placeOrders(shop, options.ordersPerShop));
  }
  await setFaults(town.sandbox.url, [
    { kind: 'drop_after', share: 0.03 },
    { kind: 'drop_before', share: 0.02 },
  ]);
  const operators = await Operators.begin(town, orders, options.operators);
  const backMs: number[] = [];
  let moved = 0;
  let gaveUp = 0;
  for (let round = 1; round <= rounds; round += 1) {
    await whileFull(full.database, () => untilTold(town, operators)); // no more blocks for a table
    backMs.push(await untilWorkGoesOn(town, full.database, operators));
    gaveUp += (await fillLog(town, full.database, operators)) ? 1 : 0;
    backMs.push(await untilWorkGoesOn(town, full.database, operators));
    moved += await fillMarks(town, full.marks);
    backMs.push(await untilWorkGoesOn(town, full.marks, operators));
    say(`round ${round} of ${rounds}`);
  }
  await operators.stop();
  await setFaults(town.sandbox.url, []);
  say('settling');
  const settledMs = await settle(town, SETTLED_MS * 2);
  return reportOn(town, operators, { rounds, backMs, gaveUp, moved, settledMs, say });
}

/**
 * Fills the log: people's work alone would need too long to reach the next segment. Returns true if
 * PostgreSQL gave up, and false if it only refused.
 */
async function fillLog(town: Town, disk: SmallDisk, operators: Operators): Promise<boolean> {
  let gaveUp = false;
  const db = connect(town.databaseUrl, { max: 1 });
  const write = `select pg_logical_emit_message(true, 'full', repeat('x', 1000000))`;
  await whileFull(disk, async () => {
    await until('the log still finds room', () =>
      db.query(write).then(
        () => false,
        ({ severity }: { readonly severity?: string }) => {
          gaveUp = severity !== 'ERROR'; // PANIC, or a broken connection
          return true;
        },
      ),
    );
    await untilTold(town, operators);
  });
  await db.end();
  return gaveUp;
}

/** Fills a disk and takes each freed block again, until some seconds after `felt` has resolved. */
async function whileFull(disk: SmallDisk, felt: () => Promise<void>): Promise<void> {
  disk.fill();
  const refilling = setInterval(() => disk.fill(), 100);
  try {
    await felt();
    await sleep(FULL_MS);
  } finally {
    clearInterval(refilling);
  }
}

/** Resolves once the servers have refused people at work, and then signs in at each server. */
async function untilTold(town: Town, { heard }: Operators): Promise<void> {
  const refused = () => heard.get(503) ?? 0;
  const before = refused();
  await until('nobody was told that the disk is full', () => refused() > before);
  const body = { email: EMAIL, password: PASSWORD };
  for (const { url } of town.servers) {
    const { status } = await new Client(url).post('/api/auth/sign-in/email', { body });
    heard.set(status, (heard.get(status) ?? 0) + 1);
  }
}

/** Resolves to the number of moves of money while no mark could be written. */
async function fillMarks(town: Town, disk: SmallDisk): Promise<number> {
  let moved = 0;
  await whileFull(disk, async () => {
    const said = await countNotNoted(town);
    // The last block has room for a few more marks; then the files stop growing.
    let sizes = '';
    let stillSince = performance.now();
    await until('the marks still find room', async () => {
      const now = (await Promise.all(town.sealFiles.map((file) => stat(file)))).map(
        ({ size }) => size,
      );
      if (now.join() !== sizes) stillSince = performance.now();
      sizes = now.join();
      return performance.now() - stillSince > FULL_MS;
    });
    const before = countMoves(await readLedger(town.sandbox.url));
    const clerk = await Client.signIn(town.servers[0]?.url ?? '', EMAIL, PASSWORD);
    const isTold = async () => (await clerk.get('/v1/me')).body.roomIsLow === true;
    await until('no screen says that a disk is full', isTold);
    await until('no operation says why', async () => (await countNotNoted(town)) > said);
    moved = countMoves(await readLedger(town.sandbox.url)) - before;
  });
  return moved;
}

/**
 * Resolves to the milliseconds from free room until every server is ready and a press is carried
 * out.
 */
async function untilWorkGoesOn(town: Town, disk: SmallDisk, operators: Operators): Promise<number> {
  const began = performance.now();
  disk.free();
  for (const { url } of town.servers) await readyAfter(url, began, READY_WITHIN_MS);
  const done = () => operators.presses.filter(({ succeeded }) => succeeded).length;
  const before = done();
  await until('no press is carried out any more', () => done() > before);
  const backMs = performance.now() - began;
  await sleep(1_500);
  return backMs;
}

async function until(otherwise: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const began = performance.now();
  while (!(await holds())) {
    if (performance.now() - began > FELT_WITHIN_MS) throw new Error(otherwise);
    await sleep(50);
  }
}
