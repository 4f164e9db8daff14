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

  // It erases a customer, also out of entries from before migration 046, which it may not write.
  const press = async (method: string, url: string, body?: object) => {
    const { version: seen } = (await client.get(`${path}?${of}`)).body;
    const wanted = body === undefined ? { version: seen } : { body, version: seen };
    return client.send(method, `${path}/${url}?${of}`, wanted);
  };
  await town.db.query('alter table journal disable trigger journal_has_no_texts');
  await press('POST', 'cancel-request', { message: 'やめます' });
  await town.db.query('alter table journal enable trigger journal_has_no_texts');
  await press('DELETE', 'cancel-request');
  await press('POST', 'shipments', {
    shipments: [{ destination: 0, trackingNumber: '4512-0000-0001' }],
  });
  await press('POST', 'status', { to: 'completed' });
  await town.db.query(`update members set role = 'owner'`);
  await town.db.query(`update mails set state = 'withheld' where state = 'queued'`);
  const { version: last } = (await client.get(`${path}?${of}`)).body;
  const body = { orders: [{ orderNumber, version: last }], applications: [] };
  const headers = { 'renkei-confirm': '1' };
  const erased = await client.post(`/v1/erasures?${of}`, { body, headers });
  expect(erased.body).toMatchObject({ refused: [], certificates: [{ orders: 1 }] });
  const words = await town.db.query(
    `select 1 from journal where order_number = $1 and event::text ~ 'やめます|T-1'
     union all select 1 from journal_texts where order_number = $1`,
    [orderNumber],
  );
  expect(words.rows).toEqual([]);

  const db = connect(databaseUrl, { max: 1 });
  const forge = db.query(`update journal set event = '{}'`);
  await expect(forge).rejects.toThrow('permission denied for table journal');
  await db.end();
});
