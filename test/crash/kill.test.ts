import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { createAuth } from '../../backoffice/src/access/auth.ts';
import { saveMember } from '../../backoffice/src/access/members.ts';
import { newOrder, placeOrders } from '../../backoffice/src/store/order-place.ts';
import { incoming, TANAKA } from '../../backoffice/test/support/orders.ts';
import { freePort } from '../../demo/ports.ts';
import { createSandbox } from '../../sandbox/src/index.ts';
import { Client } from '../client.ts';
import { openShopAt, PASSWORD, SHOPS } from '../dev-env.ts';
import { createTestDatabase } from '../postgres.ts';

/**
 * M4: the server is killed in the middle of a bulk run of 200, twice, with real calls underway.
 * The next one goes on; in the end F-REGI's ledger has each order captured, once.
 */
const SECRET = 'a secret of thirty-two characters or more';
const SERVER = fileURLToPath(new URL('./server.ts', import.meta.url));
const ROWS = 200;

const servers: ChildProcess[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.kill('SIGKILL');
});

test.each([SHOPS[0], SHOPS[1]])(
  'M4, M5: kill -9 in a run of 200 at $shopId: every order is captured once',
  { timeout: 90_000 },
  async (shop) => {
    const database = await createTestDatabase();
    const { db } = database;
    const sandbox = await createSandbox({
      directory: null,
      latencyMs: 60,
      shops: SHOPS.map(({ fregiShopId, name, inquiry }) => ({
        ...{ shopId: fregiShopId, name, inquiry },
      })),
    });
    await openShopAt(db, sandbox.url, shop);
    const orders = Array.from({ length: ROWS }, () => incoming());
    const held = orders.map(({ transaction, orderNumber: id }) => ({
      ...transaction,
      ...{ shopId: shop.fregiShopId, id, state: 'authorized' },
    }));
    const seeding = { method: 'POST', body: JSON.stringify(held) };
    expect((await fetch(`${sandbox.url}/sandbox/v1/transactions`, seeding)).status).toBe(201);
    await placeOrders(
      db,
      orders.map((order) => newOrder(shop.shopId, order)),
      TANAKA,
    );
    const email = await hireClerk(database.url, shop.shopId, db);

    let server = await startServer(database.url);
    let client = await Client.signIn(server.url, email, PASSWORD);
    const rows = orders.map(({ orderNumber }) => ({ orderNumber, version: 1 }));
    const headers = { 'renkei-confirm': String(ROWS) };
    const started = await client.post('/v1/runs', { body: { rows }, headers });
    expect(started.status).toBe(202);
    const captured = () =>
      sandbox.gateway.ledger.list().filter(({ state }) => state === 'captured_untransmitted')
        .length;

    for (const enough of [40, 110]) {
      await expect.poll(captured, { timeout: 30_000, interval: 5 }).toBeGreaterThan(enough);
      server.child.kill('SIGKILL');
      server = await startServer(database.url);
    }
    expect(captured()).toBeLessThan(ROWS);

    client = await Client.signIn(server.url, email, PASSWORD);
    const counts = async () => (await client.get(`/v1/runs/${started.body.id}`)).body.counts;
    await expect
      .poll(counts, { timeout: 60_000, interval: 200 })
      .toMatchObject({ succeeded: ROWS });
    // One transaction an order, captured; and the history of none has a second capture.
    const ledger = sandbox.gateway.ledger.list();
    expect(ledger).toHaveLength(ROWS);
    for (const { state, history } of ledger) {
      expect(state).toBe('captured_untransmitted');
      expect(history.filter(({ by }) => by === 'shop')).toHaveLength(1);
    }
    const doubt = await db.query(`select 1 from steps where n > 1 or state <> 'done'`);
    expect(doubt.rowCount).toBeGreaterThan(0); // calls were underway when it was killed
    server.child.kill('SIGKILL');
    await sandbox.close();
    await database.drop();
  },
);

async function hireClerk(url: string, shopId: string, db: Parameters<typeof saveMember>[0]) {
  const email = 'clerk@example.jp';
  const auth = createAuth({ databaseUrl: url, secret: SECRET, publicUrl: 'http://127.0.0.1' });
  const { id: userId } = await auth.createUser({ name: '田中', email, password: PASSWORD });
  await saveMember(db, { shopId, userId, role: 'clerk' });
  await auth.close();
  return email;
}

async function startServer(databaseUrl: string): Promise<{ child: ChildProcess; url: string }> {
  const port = await freePort();
  const child = spawn(process.execPath, [SERVER], {
    env: { DATABASE_URL: databaseUrl, PORT: String(port), AUTH_SECRET: SECRET },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  servers.push(child);
  await new Promise<void>((resolve, reject) => {
    child.stdout?.once('data', () => resolve());
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
  child.removeAllListeners('exit');
  return { child, url: `http://127.0.0.1:${port}` };
}
