import type { Db } from '../../server/src/store/db/db.ts';

/** The clock of a database for connections through `movableUrl`. */
export type MovedClock = {
  /** Moves the time of all these connections at once. */
  move(byMs: number): Promise<void>;
};

/** Returns a URL under which `now()` and `clock_timestamp()` of a database can be moved. */
export function movableUrl(url: string): string {
  const path = encodeURIComponent('-c search_path=moved,pg_catalog,public');
  return `${url}${url.includes('?') ? '&' : '?'}options=${path}`;
}

/**
 * Makes a database's clock movable: statements through `movableUrl` find these functions before
 * PostgreSQL's own. Column defaults keep PostgreSQL's functions.
 */
export async function openMovedClock(db: Db): Promise<MovedClock> {
  await db.query('create schema moved');
  await db.query('create table moved.clock (by interval not null)');
  await db.query(`insert into moved.clock values ('0')`);
  for (const name of ['now', 'clock_timestamp']) {
    await db.query(`create function moved.${name}() returns timestamptz stable language sql
      as 'select pg_catalog.${name}() + by from moved.clock'`);
  }
  await db.query('grant usage on schema moved to public; grant select on moved.clock to public');
  return {
    async move(byMs) {
      await db.query(`update moved.clock set by = by + $1 * interval '1 ms'`, [byMs]);
    },
  };
}
