import { mkdtempSync, rmSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepPostgres } from '../../backoffice/src/embedded/keep.ts';
import { createDb } from '../../backoffice/src/store/db.ts';
import { judge, settle } from './judge.ts';
import { type Held, readLedger, setFaults } from './ledger.ts';
import { Operators } from './operators.ts';
import { readyAfter, sleep } from './processes.ts';
import { SmallDisk } from './small-disk.ts';
import { fact, type Line, line, percentile } from './table.ts';
import { type Database, openTown, SHOPS, type Town } from './town.ts';

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
const READY_P95_MS = 10_000;
const SETTLED_MS = 180_000;

/** PostgreSQL keeps no room in reserve: a segment that is full is given back, and the next wants some. */
const FRUGAL = {
  ...{ wal_recycle: 'off', min_wal_size: '32MB', max_wal_size: '48MB' },
  ...{ log_min_messages: 'panic' },
};

/**
 * The disks run full while people work, and get room again: the database's, so that its tables
 * cannot grow; so that its log cannot, at which it gives up; and that of the marks (F35).
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
      ...{ servers: 2, latencyMs: 40, marksDirectory: full.marks.directory },
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

/** PostgreSQL as Renkei itself runs it: looked after, and started again when it gives up. */
async function openKept({ directory }: SmallDisk, onGone: () => void): Promise<Database> {
  const home = { directory: join(directory, 'postgres'), settings: FRUGAL };
  const { url, stop } = await keepPostgres(home, onGone, 500);
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
    await whileFull(full.database, () => untilTold(operators)); // no block more for a table
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
  return report(town, operators, { rounds, backMs, gaveUp, moved, settledMs, say });
}

/**
 * No room for another segment of the log either, of which more is used up than by people's work.
 * True where PostgreSQL gave up at it, and did not only refuse.
 */
async function fillLog(town: Town, disk: SmallDisk, operators: Operators): Promise<boolean> {
  let gaveUp = false;
  const db = createDb(town.databaseUrl, { max: 1 });
  const write = `select pg_logical_emit_message(true, 'full', repeat('x', 1000000))`;
  await whileFull(disk, async () => {
    await until('the log still finds room', () =>
      db.query(write).then(
        () => false,
        ({ severity }: { readonly severity?: string }) => {
          gaveUp = severity !== 'ERROR'; // PANIC, or a connection that is no more
          return true;
        },
      ),
    );
    await untilTold(operators);
  });
  await db.end();
  return gaveUp;
}

/** Keeps a disk full for a while from when `felt` resolves: what is given back is taken again. */
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

async function untilTold({ heard }: Operators): Promise<void> {
  const refused = () => heard.get(503) ?? 0;
  const before = refused();
  await until('nobody was told that the disk is full', () => refused() > before);
}

/** Resolves to how much money was moved while nothing could be noted. */
async function fillMarks(town: Town, disk: SmallDisk): Promise<number> {
  let moved = 0;
  await whileFull(disk, async () => {
    const said = await countNotNoted(town);
    // Room that is left in a block takes a few more marks; then the files grow no more.
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
    await until('no operation says why', async () => (await countNotNoted(town)) > said);
    moved = countMoves(await readLedger(town.sandbox.url)) - before;
  });
  return moved;
}

/** From when there is room again until every server is ready and a press is carried out, ms. */
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

async function countNotNoted({ db }: Town): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    `select count(*) from operations where reason = 'not_noted'`,
  );
  return rows[0]?.count ?? 0;
}

/** A change of an amount moves a transaction and makes another, at one instant: that is one. */
function countMoves(ledger: readonly Held[]): number {
  const moves = ledger.flatMap(({ id, history }) =>
    history.filter(({ by }) => by === 'shop').map(({ at, what }) => `${id} ${at} ${what}`),
  );
  return new Set(moves).size;
}

type Run = {
  readonly rounds: number;
  readonly backMs: readonly number[];
  readonly gaveUp: number;
  readonly moved: number;
  readonly settledMs: number;
  readonly say: (line: string) => void;
};

async function report(town: Town, operators: Operators, run: Run): Promise<Line[]> {
  const { presses, heard } = operators;
  const { rounds, backMs, gaveUp, moved, settledMs, say } = run;
  const judged = await judge(town, presses);
  const wrong = [...judged.violations, ...(await unwritten(town))];
  for (const violation of wrong) say(`VIOLATION ${violation}`);
  const broken = [...heard].filter(([status]) => status >= 500 && status !== 503);
  const errors = broken.reduce((sum, [, count]) => sum + count, 0);
  const notNoted = await countNotNoted(town);
  const p95 = percentile(backMs, 0.95);
  return [
    fact('full: tables, log, marks', `${rounds} times each`),
    fact('PostgreSQL gave up at a full log', `${gaveUp} of ${rounds}`),
    fact('presses, acknowledged', `${presses.length}, ${judged.acknowledged}`),
    fact('answered 503', `${heard.get(503) ?? 0}`),
    line('answered 500', `${errors}`, '0', errors === 0),
    line('money moved with full marks', `${moved}`, '0', moved === 0),
    line('operations that say why', `${notNoted}`, `≥ ${rounds}`, notNoted >= rounds),
    line(
      'moves not written, or not marked; violations',
      `${wrong.length}`,
      '0',
      wrong.length === 0,
    ),
    line(
      'work goes on after, p95',
      `${p95.toFixed(0)} ms`,
      `≤ ${READY_P95_MS} ms`,
      p95 <= READY_P95_MS,
    ),
    line(
      'all settled after',
      `${(settledMs / 1_000).toFixed(1)} s`,
      `≤ ${SETTLED_MS / 1_000} s`,
      settledMs <= SETTLED_MS,
    ),
    line(
      'journal replays, chain and seals hold',
      `${judged.audit.entries} entries, ${judged.audit.seals} seals`,
      'all',
      judged.audit.wrong === null,
    ),
  ];
}

/** What moved at F-REGI without as many steps written of its order, and marks of those steps. */
async function unwritten(town: Town): Promise<string[]> {
  const lines = await Promise.all(town.sealFiles.map((file) => readFile(file, 'utf8')));
  const marked = new Set(
    lines
      .flatMap((text) => text.split('\n'))
      .filter((text) => text.includes('"what":"step"'))
      .map((text) => JSON.parse(text))
      .map(({ id, n }) => `${id} ${n}`),
  );
  const { rows } = await town.db.query<{ order_number: string; step: string }>(
    `select order_number, operation_id || ' ' || n as step from steps
      join operations on operations.shop_id = steps.shop_id and operations.id = operation_id`,
  );
  const steps = Map.groupBy(rows, (row) => row.order_number);
  const ledger = Map.groupBy(await readLedger(town.sandbox.url), ({ id }) => id);
  return [...ledger].flatMap(([orderNumber, held]) => {
    const own = steps.get(orderNumber) ?? [];
    const both = own.filter(({ step }) => marked.has(step)).length;
    const moves = countMoves(held);
    return moves > both
      ? [`${orderNumber}: ${moves} moves, ${own.length} steps, ${both} marked`]
      : [];
  });
}
