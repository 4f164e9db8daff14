import type { Db } from '../../server/src/store/db/db.ts';

/** The clock of a database, as those who come by `movableUrl` are told it. */
export type MovedClock = {
  /** Time passes for all of them, at once. */
  move(byMs: number): Promise<void>;
};

/** The way to a database on which its `now()` and `clock_timestamp()` can be moved. */
export function movableUrl(url: string): string {
  const path = encodeURIComponent('-c search_path=moved,pg_catalog,public');
  return `${url}${url.includes('?') ? '&' : '?'}options=${path}`;
}

/**
 * Makes a database's clock movable: statements of those who come by `movableUrl` find these
 * functions before PostgreSQL's own. Defaults of columns keep PostgreSQL's.
 */
export async function openMovedClock(db: Db): Promise<MovedClock> {
  await db.query('create schema moved');
  await db.query('create table moved.clock (by interval not null)');
  await db.query(`insert into moved.clock values ('0')`);
  for (const name of ['now', 'clock_timestamp']) {
    await db.query(`create function moved.${name}() returns timestamptz stable language sql
      as 'select pg_catalog.${name}() + by from moved.clock'`);
  }
  return {
    async move(byMs) {
      await db.query(`update moved.clock set by = by + $1 * interval '1 ms'`, [byMs]);
    },
  };
}
