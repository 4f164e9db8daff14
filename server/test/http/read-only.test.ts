import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Client } from '../../../test/kit/clients.ts';
import { connect, openPostgres } from '../../../test/kit/postgres.ts';
import { type DevEnv, openDevEnv, PASSWORD } from '../../../test/kit/worlds.ts';
import { checkWritable, type Db, isUnavailable } from '../../src/store/db/db.ts';

/** A read-only database is named as such, and is not ready. */
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

describe('a primary that is read-only for a while', () => {
  let env: DevEnv;
  let clerk: Client;
  beforeAll(async () => {
    env = await openDevEnv();
    clerk = await env.signIn('clerk');
  });
  afterAll(() => env?.close());

  /** Does as pg_auto_failover while it promotes another host: for all sessions, new and old. */
  async function setReadOnly(isReadOnly: boolean): Promise<void> {
    const admin = connect(env.databaseUrl, { max: 1 });
    await admin.query('set default_transaction_read_only = off');
    const { rows } = await admin.query<{ name: string }>('select current_database() as name');
    const name = rows[0]?.name;
    const setting = 'default_transaction_read_only';
    await admin.query(
      isReadOnly
        ? `alter database ${name} set ${setting} = on`
        : `alter database ${name} reset ${setting}`,
    );
    await admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`,
    );
    await admin.end();
  }

  const ready = async () => (await clerk.get('/readyz')).status;

  test('ASVS 16.5.3: a read-only primary is not ready; a payment and a sign-in are answered 503 and leave no trace', async () => {
    const orderNumber = await env.order();
    const press = () =>
      clerk.post(`/v1/orders/${orderNumber}/payment`, { body: {}, version: 1, key: 'once' });
    const { body: me } = await clerk.get('/v1/me');
    const signIn = () =>
      clerk.post('/api/auth/sign-in/email', {
        body: { email: me.user.email, password: PASSWORD },
      });
    expect(await ready()).toBe(200);

    await setReadOnly(true);
    try {
      await expect.poll(ready, { timeout: 60_000 }).toBe(503);
      for (const send of [press, signIn]) {
        const refused = await send();
        expect([refused.status, refused.body.code]).toEqual([503, 'unavailable']);
        expect(refused.headers.get('retry-after')).toBe('5');
      }
      const looked = await clerk.get(`/v1/orders/${orderNumber}`);
      expect([looked.status, looked.body.paidOn]).toEqual([200, null]); // reading goes on
      expect((await clerk.get('/healthz')).status).toBe(200);
    } finally {
      await setReadOnly(false);
    }
    await expect.poll(ready, { timeout: 60_000 }).toBe(200);
    await expect.poll(async () => (await press()).status, { timeout: 60_000 }).toBe(200);
    const held = env.sandbox.gateway.ledger.list().filter(({ id }) => id === orderNumber);
    expect(held.map(({ state }) => state)).toEqual(['captured_untransmitted']);
  });
});

describe('a standby', () => {
  let directory: string;
  let standby: Awaited<ReturnType<typeof openPostgres>>;
  let db: Db;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'renkei-standby-'));
    const written = await openPostgres({ directory: join(directory, 'first') });
    await written.stop();
    await cp(join(directory, 'first'), join(directory, 'second'), { recursive: true });
    await writeFile(join(directory, 'second', 'data', 'standby.signal'), '');
    standby = await openPostgres({ directory: join(directory, 'second') });
    db = connect(standby.url, { max: 1 });
  });
  afterAll(async () => {
    await rm(directory, { recursive: true, force: true });
  });

  test('a standby can be read, and answers that it takes no writes', async () => {
    expect((await db.query('select pg_is_in_recovery() as standby')).rows).toEqual([
      { standby: true },
    ]);
    const error: unknown = await checkWritable(db).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: '25006' });
    expect(isUnavailable(error)).toBe(true);
  });

  test('a connection to several hosts skips a standby and a read-only primary', async () => {
    const several = connect(standby.url.replace('@', '@127.0.0.1:1,'), { max: 1 });
    const error: unknown = await several.query('select 1').catch((caught: unknown) => caught);
    expect(error).toMatchObject({ name: 'NoWritableHostError' });
    expect(String(error)).toMatch(/ECONNREFUSED.*; .*this database host takes no writes/);
    expect(isUnavailable(error)).toBe(true);
  });
});
