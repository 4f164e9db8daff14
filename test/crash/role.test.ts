import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import { Client } from '../kit/clients.ts';
import { connect } from '../kit/postgres.ts';
import { startServer } from './processes.ts';
import { EMAIL, openTown, PASSWORD, SHOPS, type Town } from './town.ts';

const ADMIN = fileURLToPath(new URL('../../server/src/admin.ts', import.meta.url));
/** The statement of docs/runbook.md that creates a role without ownership, word for word. */
const RUNBOOK = new URL('../../docs/runbook.md', import.meta.url);
const ROLE = 'renkei_app';
let town: Town;
beforeAll(async () => {
  town = await openTown({ servers: 0, latencyMs: 10 });
}, 120_000);

test('a server whose role owns nothing does its work, and cannot rewrite the past', {
  timeout: 60_000,
}, async () => {
  const statements = (await readFile(RUNBOOK, 'utf8'))
    .split('```')
    .find((block) => block.startsWith('sql\n') && block.includes(`create role ${ROLE}`));
  await town.db.query((statements ?? '').replace('sql\n', '').replace('…', 'of a test'));
  const env = { ...process.env, DATABASE_URL: town.databaseUrl };
  await promisify(execFile)(process.execPath, [ADMIN, 'grant', ROLE], { env });
  const databaseUrl = town.databaseUrl.replace(/\/\/.*@/, `//${ROLE}:of%20a%20test@`);
  const server = await startServer({ databaseUrl, seals: `${town.directory}/seals.jsonl` });
  town.servers.push(server);

  const [orderNumber] = await town.placeOrders(SHOPS[0], 1);
  const client = await Client.signIn(server.url, EMAIL, PASSWORD);
  const path = `/v1/orders/${orderNumber}`;
  const of = `shop=${SHOPS[0].shopId}`;
  const { version } = (await client.get(`${path}?${of}`)).body;
  const paid = await client.post(`${path}/payment?${of}`, { body: {}, version });
  expect(paid.body.operation.state).toBe('succeeded');
  const count = async () => (await town.db.query('select count(*) as n from seals')).rows[0].n;
  await expect.poll(count, { timeout: 30_000 }).toBeGreaterThan(0);

  const db = connect(databaseUrl, { max: 1 });
  const forge = db.query(`update journal set event = '{}'`);
  await expect(forge).rejects.toThrow('permission denied for table journal');
  await db.end();
});
