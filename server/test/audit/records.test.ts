import { beforeAll, describe, expect, test, vi } from 'vitest';
import { openDirectory } from '../../../test/kit/directories.ts';
import { connect } from '../../../test/kit/postgres.ts';
import { type DevEnv, openDevEnv } from '../../../test/kit/worlds.ts';
import { formatVerdict, verifyDatabase } from '../../src/admin/verify.ts';

/** Whoever rules the database changes rows without the triggers; `verify` names each. */
let env: DevEnv;
let sealFile: string;
beforeAll(async () => {
  sealFile = `${await openDirectory('records')}/seals.jsonl`;
  env = await openDevEnv({ sealFile });
  const owner = await env.signIn('owner');
  await env.signIn('clerk');
  const orderNumber = await env.order();
  const { version } = (await owner.get(`/v1/orders/${orderNumber}`)).body;
  const paid = await owner.post(`/v1/orders/${orderNumber}/payment`, { version, body: {} });
  expect(paid.status).toBe(200);
  const next = await env.order();
  const rows = [{ orderNumber: next, version: 1 }];
  expect((await owner.post('/v1/runs', { body: { rows } })).status).toBe(202);
  const selection = (await owner.post('/v1/selections', { body: { q: orderNumber } })).body.id;
  const exported = await owner.get(`/v1/exports?selection=${selection}&layout=futureshop`);
  expect(exported.status).toBe(200);
  await env.db.query(`
    insert into imports (shop_id, file_hash, actor, orders) values ('hanamichi', 'abc', '{}', 2);
    insert into sightings (shop_id, id, source, seen_at, actor, file_name, file_hash, transactions)
      values ('hanamichi', gen_random_uuid(), 'console_csv', now(), '{}', 'console.csv', 'def', 1);
    insert into closings (shop_id, from_on, to_on, actor, equation, lines, hash)
      values ('hanamichi', '2026-01-01', '2026-01-31', '{}', '{"sum": 1}', '[]', 'hash');
    insert into mails (shop_id, order_number, kind, occasion, actor, state)
      select 'hanamichi', order_number, 'thanks', 'x', '{}', 'sent' from orders limit 1;
    insert into review_answers (shop_id, operation_id, answer, actor)
      select shop_id, id, '{"amount": 1}', '{}' from operations limit 1`);
  await vi.waitFor(
    async () => {
      const { rows: left } = await env.db.query(
        `select (select count(*) from operations where ended_at is not null) as ended,
                (select count(*) from to_seal) as unsealed`,
      );
      expect(left).toEqual([{ ended: 2, unsealed: 0 }]);
    },
    { timeout: 20_000 },
  );
});

async function verdict(): Promise<string> {
  return formatVerdict(await verifyDatabase(env.db, sealFile));
}

/** Runs statements as the superuser who switches all triggers off. */
async function tamper(sql: string): Promise<void> {
  const db = connect(env.databaseUrl, { max: 1 });
  await db.query(`set session_replication_role = 'replica'; ${sql}`);
  await db.end();
}

type Tampering = { readonly does: string; readonly undo: string; readonly said: RegExp };

/** Changes a column of one row, and gives its value back. */
function set(table: string, column: string, to: string, where = 'true'): Omit<Tampering, 'said'> {
  return {
    does: `create table kept as select ${column} as was from ${table} where ${where};
           update ${table} set ${column} = ${to} where ${where}`,
    undo: `update ${table} set ${column} = (select was from kept) where ${where}; drop table kept`,
  };
}

const owner = `(select user_id from members where role = 'owner' limit 1)`;
const clerk = `(select user_id from members where role = 'clerk' limit 1)`;
const STEP = `operation_id = (select id from operations where key not like 'run:%')`;
const TAMPERINGS: Readonly<Record<string, Tampering>> = {
  'a clerk is made an owner': {
    does: `update members set role = 'owner' where user_id = (select id from "user" where name like 'clerk%')`,
    undo: `update members set role = 'clerk' where user_id = (select id from "user" where name like 'clerk%')`,
    said: /hanamichi: the member \S+ \(clerk 2\) is not as logged: role$/,
  },
  'a stranger is made a member': {
    does: `insert into "user" (id, name, email, "emailVerified") values ('m', 'Mallory', 'm@x', true);
           insert into members values ('hanamichi', 'm', 'viewer')`,
    undo: `delete from members where user_id = 'm'; delete from "user" where id = 'm'`,
    said: /the member m \(Mallory\) was never logged$/,
  },
  'a member is gone': {
    does: `create table kept as select * from members where user_id = ${clerk}; delete from members where user_id = ${clerk}`,
    undo: 'insert into members select * from kept; drop table kept',
    said: /the member \S+ was logged, but is missing$/,
  },
  'an owner has another’s password': {
    ...set('"account"', '"password"', `'of the clerk'`, `"userId" = ${owner}`),
    said: /the member \S+ \(owner 1\) is not as logged: password$/,
  },
  'an owner has a second factor of a stranger': {
    does: `insert into "twoFactor" (id, secret, "backupCodes", "userId") select 't', 's', 'c', ${owner};
           update "user" set "twoFactorEnabled" = true where id = ${owner}`,
    undo: `delete from "twoFactor"; update "user" set "twoFactorEnabled" = null where id = ${owner}`,
    said: /is not as logged: factor$/,
  },
  'an owner has the mail address of a stranger': {
    ...set('"user"', 'email', `'stranger@example.jp'`, `id = ${owner}`),
    said: /is not as logged: email$/,
  },
  'the shop’s money goes elsewhere': {
    ...set('shops', 'fregi_base_url', `'http://evil.example/'`, `shop_id = 'hanamichi'`),
    said: /hanamichi: the shop’s contract or settings is not as logged: fregi_base_url$/,
  },
  'an operation was somebody else’s': {
    ...set('operations', 'actor', `'{"kind":"user","id":"x","name":"x"}'`, `key not like 'run:%'`),
    said: /an operation of order \d{12} names another person than its journal$/,
  },
  'F-REGI said something else': {
    ...set('steps', 'text', `'it was refused'`, STEP),
    said: /operation [0-9a-f-]{36} or one of its steps is not as it was sealed$/,
  },
  'a step is gone': {
    does: 'create table kept as select * from steps; delete from steps',
    undo: 'insert into steps select * from kept; drop table kept',
    said: /or one of its steps is not as it was sealed$/,
  },
  'a bulk run was somebody else’s': {
    ...set('runs', 'actor', `'{"kind":"user","id":"x","name":"x"}'`),
    said: /the bulk run [0-9a-f-]{36} is not as logged: actor$/,
  },
  'an export never was': {
    does: `insert into exports (shop_id, actor, layout, encoding, orders, rows) values ('hanamichi', '{}', 'all', 'utf-8', 1, 1)`,
    undo: `delete from exports where layout = 'all'`,
    said: /the export \d+ \(all\) was never logged$/,
  },
  'an export is gone': {
    does: 'create table kept as select * from exports; delete from exports',
    undo: 'insert into exports overriding system value select * from kept; drop table kept',
    said: /the export \d+ was logged, but is missing$/,
  },
  'an import was of another file': {
    ...set('imports', 'orders', '3'),
    said: /the import abc is not as logged: orders$/,
  },
  'a file of F-REGI’s console was somebody else’s': {
    ...set('sightings', 'actor', `'{"name":"x"}'`, `source = 'console_csv'`),
    said: /the sighting [0-9a-f-]{36} \(console.csv\) is not as logged: actor$/,
  },
  'a mail was written by somebody else': {
    ...set('mails', 'actor', `'{"name":"x"}'`, `kind = 'thanks'`),
    said: /the mail written by a person \d+ is not as logged: actor$/,
  },
  'an answer to 要確認 was another': {
    ...set('review_answers', 'answer', `'{"amount": 2}'`),
    said: /the answer to 要確認 [0-9a-f-]{36} is not as logged: answer$/,
  },
  'a closed month had other sums': {
    ...set('closings', 'equation', `'{"sum": 2}'`),
    said: /the closing 2026-01-31 is not as logged: contents$/,
  },
};

describe('S8: what the database’s superuser changes, with the triggers off', () => {
  test.each(Object.entries(TAMPERINGS))('verify names it: %s', async (_what, one) => {
    expect(await verdict()).toMatch(/^everything is as written/);
    await tamper(one.does);
    expect(await verdict()).toMatch(one.said);
    await tamper(one.undo);
    expect(await verdict()).toMatch(/^everything is as written/);
  });
});
