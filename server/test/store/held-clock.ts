import { connect } from '../../../test/kit/postgres.ts';
import type { Db } from '../../src/store/db/db.ts';

/** A database whose `now()` stands still, and goes on only when a test says so. */
export type HeldClock = {
  readonly db: Db;
  now(): number;
  timePasses(ms: number): Promise<void>;
};

/**
 * Opens a database with a clock in the test's hand, so that results of PostgreSQL and of the
 * simulation's memory can be compared to the millisecond, however busy the machine is. Statements
 * find this `now()` before PostgreSQL's own; column defaults keep PostgreSQL's.
 */
export async function holdClock(url: string, startAt: number): Promise<HeldClock> {
  const path = encodeURIComponent('-c search_path=held,pg_catalog,public');
  const db = connect(`${url}${url.includes('?') ? '&' : '?'}options=${path}`);
  let now = startAt;
  const set = () => db.query('update held.clock set at = to_timestamp($1::numeric / 1000)', [now]);
  await db.query('create schema held');
  await db.query('create table held.clock (at timestamptz not null)');
  await db.query('insert into held.clock values (to_timestamp($1::numeric / 1000))', [now]);
  await db.query(`create function held.now() returns timestamptz stable language sql
    as 'select at from held.clock'`);
  return {
    db,
    now: () => now,
    async timePasses(ms) {
      now += ms;
      await set();
    },
  };
}
