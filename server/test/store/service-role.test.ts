import { describe, expect, test } from 'vitest';
import { createTestDatabase } from '../../../test/kit/databases.ts';
import { connect } from '../../../test/kit/postgres.ts';
import { asService } from '../../../test/kit/service.ts';
import { APPEND_ONLY, CHANGING } from '../../src/store/db/service-role.ts';
import { listTables } from '../../src/store/db/tables.ts';

describe('the role that the service works as', () => {
  test('each table is either only added to or changed, and none is forgotten', async () => {
    const { db } = await createTestDatabase();
    const tables = (await listTables(db)).map(({ name }) => name);
    expect([...APPEND_ONLY, ...CHANGING].toSorted()).toEqual(tables.toSorted());
  });

  test('a table that refuses changes by a trigger is one that the service only adds to', async () => {
    const { db } = await createTestDatabase();
    const { rows } = await db.query<{ name: string }>(
      `select distinct tgrelid::regclass::text as name from pg_trigger
        where tgfoid = 'refuse_change'::regproc order by 1`,
    );
    expect(rows.map(({ name }) => name)).toEqual(APPEND_ONLY);
  });

  test('the role rewrites no journal, log or seal, switches no trigger off, and makes no table', async () => {
    const { url } = await createTestDatabase();
    const db = connect(asService(url), { max: 1 });
    for (const table of APPEND_ONLY) {
      for (const does of [
        `delete from ${table}`,
        `update ${table} set shop_id = 'x'`,
        `truncate ${table}`,
        `alter table ${table} disable trigger all`,
        `drop table ${table}`,
      ]) {
        await expect(db.query(does), does).rejects.toThrow(/permission denied|must be owner/);
      }
    }
    for (const does of [
      `set session_replication_role = 'replica'`,
      'create table mine (n int)',
      'create or replace function refuse_change() returns trigger language sql as $$ $$',
      'delete from schema_migrations',
      `alter role renkei superuser`,
    ]) {
      await expect(db.query(does), does).rejects.toThrow(/permission denied|must be owner/);
    }
  });
});
