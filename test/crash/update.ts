import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { judge, SETTLED_MS, settle } from './judge.ts';
import { Operators } from './operators.ts';
import { sleep, startServer } from './processes.ts';
import { fact, type Line, line } from './table.ts';
import { SHOPS, type Town } from './town.ts';
import { checkOut, type VersionBefore } from './version-before.ts';

const ORDERS = 50;

export type UpdateOptions = {
  readonly ordersPerShop: number;
  readonly operators: number;
  /** How long people work with two old servers, with one of each, and with two new servers. */
  readonly seconds: number;
  /** The previous version; left out: the last version without the newest migration. */
  readonly commit?: string;
};

/**
 * An update while people work: two servers of the previous version are replaced by today's, one
 * after the other. The first of today's migrates, so the previous version works on today's schema
 * until its turn comes (G16).
 */
export async function update(
  { ordersPerShop, operators: people, seconds, commit }: UpdateOptions,
  say: (line: string) => void,
): Promise<Line[]> {
  const home = await mkdtemp(join(tmpdir(), 'renkei-update-'));
  const before = await checkOut(join(home, 'before'), commit);
  say(`the version before is ${before.commit}`);
  const town = await openTownOf(before);
  try {
    const schemaBefore = await countMigrations(town);
    const orders = new Map<string, string[]>();
    for (const shop of SHOPS) {
      orders.set(shop.shopId, await town.placeOrders(shop, ordersPerShop));
    }
    const operators = await Operators.begin(town, orders, people);
    await sleep(seconds * 1_000);
    await replace(town, 0);
    const schema = await countMigrations(town);
    say('one server of each');
    const placed = await placeByTheVersionBefore(town, say);
    await sleep(seconds * 1_000);
    await replace(town, 1);
    say('both are today’s');
    await sleep(seconds * 1_000);
    await operators.stop();
    await settle(town, SETTLED_MS);
    const judged = await judge(town, operators.presses);
    for (const violation of judged.violations) say(`VIOLATION ${violation}`);
    const failed = operators.heard.get(500) ?? 0;
    return [
      fact('the version before', before.commit),
      line(
        'its dependencies',
        before.sameDependencies ? 'as today' : 'other',
        'as today',
        before.sameDependencies,
      ),
      line('migrations while it works', `${schema - schemaBefore}`, '≥ 1', schema > schemaBefore),
      fact('presses, acknowledged', `${operators.presses.length}, ${judged.acknowledged}`),
      fact('orders, captured', `${judged.orders}, ${judged.captured}`),
      line('orders that it places meanwhile', `${placed}`, `${ORDERS}`, placed === ORDERS),
      line('answers that were a failure (500)', `${failed}`, '0', failed === 0),
      line('violations', `${judged.violations.length}`, '0', judged.violations.length === 0),
    ];
  } finally {
    await town.close();
    await before.remove();
    await rm(home, { recursive: true, force: true });
  }
}

/** Opens a town with the servers, seeds and schema of the previous version. */
async function openTownOf({ directory }: VersionBefore): Promise<Town> {
  const its: typeof import('./town.ts') = await import(join(directory, 'test/crash/town.ts'));
  return its.openTown({ servers: 2, latencyMs: 40 });
}

/**
 * Resolves to the number of orders that the previous version's code could place on today's schema.
 */
async function placeByTheVersionBefore(town: Town, say: (line: string) => void): Promise<number> {
  try {
    return (await town.placeOrders(SHOPS[0], ORDERS)).length;
  } catch (error) {
    say(`the version before places no orders any more: ${error}`);
    return 0;
  }
}

/** Ends an old server in the middle of its work; one of today's takes its place. */
async function replace(town: Town, slot: number): Promise<void> {
  await town.servers[slot]?.kill();
  const { databaseUrl, sealFiles } = town;
  town.servers[slot] = await startServer({ databaseUrl, seals: sealFiles[slot] ?? '' });
}

async function countMigrations({ db }: Town): Promise<number> {
  const { rows } = await db.query<{ n: number }>('select count(*) as n from schema_migrations');
  return rows[0]?.n ?? 0;
}
