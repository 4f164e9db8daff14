import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Client } from '../kit/clients.ts';
import { judge, settle } from './judge.ts';
import { isCaptured, readLedger } from './ledger.ts';
import { openPair } from './pair.ts';
import { readyAfter, sleep, startServer } from './processes.ts';
import { fact, type Line, line } from './table.ts';
import { EMAIL, openTown, PASSWORD, SHOPS, type Town } from './town.ts';

const ADMIN = fileURLToPath(new URL('../../server/src/admin.ts', import.meta.url));

/** Starts a server once, and runs an admin command; the dead host comes first in the URL. */
async function beginAfterwards({ databaseUrl, directory, servers }: Town): Promise<string> {
  try {
    const seals = join(directory, 'seals-1.jsonl');
    await servers[1]?.kill();
    servers[1] = await startServer({ databaseUrl, seals, triesMax: 1 });
    await readyAfter(servers[1].url, performance.now(), 60_000);
    const env = { ...process.env, DATABASE_URL: databaseUrl };
    const { stdout } = await promisify(execFile)(process.execPath, [ADMIN, 'shops'], { env });
    return stdout.includes(SHOPS[0].shopId) ? 'yes' : `the shops are ${stdout}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/**
 * Kills the primary database in the middle of a bulk run and promotes its synchronous standby. The
 * run goes on by itself, because DATABASE_URL names both. Afterwards a server and an admin command
 * start with the same URL.
 */
export async function runFailover(rows: number): Promise<Line[]> {
  const [shop] = SHOPS;
  const town = await openTown({ servers: 2, latencyMs: 40, openDatabase: openPair });
  try {
    const numbers = await town.placeOrders(shop, rows);
    const url = town.servers[0]?.url ?? '';
    const client = await Client.signIn(url, EMAIL, PASSWORD);
    const body = { rows: numbers.map((orderNumber) => ({ orderNumber, version: 1 })) };
    const headers = { 'renkei-confirm': String(rows) };
    const started = await client.post(`/v1/runs?shop=${shop.shopId}`, { body, headers });
    if (started.status !== 202) throw new Error(JSON.stringify(started.body));
    const captured = async () => (await readLedger(town.sandbox.url)).filter(isCaptured).length;
    while ((await captured()) < rows / 5) await sleep(20);

    const began = performance.now();
    const before = await captured();
    await town.database.crash();
    const promotedMs = performance.now() - began;
    const counts = async () =>
      (await client.get(`/v1/runs/${started.body.id}?shop=${shop.shopId}`)).body?.counts;
    let said = await counts();
    const firstAnswer = async () => {
      while (said === undefined) {
        await sleep(20);
        said = await counts();
      }
      return performance.now() - began;
    };
    const answersMs = await firstAnswer();
    while (said?.succeeded !== rows && performance.now() - began < 180_000) {
      await sleep(200);
      said = await counts();
    }
    const finishedMs = performance.now() - began;
    const begun = await beginAfterwards(town);
    await settle(town, 60_000);
    const { violations, audit } = await judge(town, []);
    for (const violation of violations) console.log(`VIOLATION ${violation}`);
    return [
      fact('captured when the primary was killed', `${before} of ${rows}`),
      fact('promoted after', `${promotedMs.toFixed(0)} ms`),
      fact('answers again after', `${answersMs.toFixed(0)} ms`),
      fact('the run ended after', `${(finishedMs / 1_000).toFixed(1)} s`),
      line('a server and an admin command begin afterwards', begun, 'yes', begun === 'yes'),
      line('captured, each once', `${await captured()}`, `${rows}`, said?.succeeded === rows),
      line('violations', `${violations.length}`, '0', violations.length === 0),
      line('chain, seals, replay', `${audit.entries} entries`, 'all', audit.wrong === null),
    ];
  } finally {
    await town.close();
  }
}
