import type { Connection } from '../../server/src/store/db/db.ts';
import { connect } from '../kit/postgres.ts';
import type { Database } from './town.ts';

/** The databases of one PostgreSQL: copies, queries and drops them. */
export class Copies {
  readonly #postgres: Database;

  constructor(postgres: Database) {
    this.#postgres = postgres;
  }

  urlOf(name: string): string {
    return this.#postgres.url.replace(/\/postgres$/, `/${name}`);
  }

  /**
   * Turns waiting for the disk at a commit on or off. Without it only a crash of the machine loses
   * data, not a killed process or database. It is on for measurements and off for copies.
   */
  async setDurable(on: boolean): Promise<void> {
    await this.#command(`alter system set fsync = ${on ? 'on' : 'off'}`);
    await this.#command('select pg_reload_conf()');
  }

  /** Copies a database; drops a database of the new name before. */
  async copy(from: string, to: string): Promise<void> {
    await this.drop(to);
    await this.#command(`create database ${to} template ${from} strategy file_copy`);
  }

  async drop(name: string): Promise<void> {
    await this.#command(`drop database if exists ${name} with (force)`);
  }

  /** Renames a database; drops a database of the new name before. */
  async rename(from: string, to: string): Promise<void> {
    await this.drop(to);
    await this.#command(`alter database ${from} rename to ${to}`);
  }

  /** Does work on a connection without a limit for its statements. */
  async within<T>(name: string, work: (db: Connection) => Promise<T>): Promise<T> {
    const db = connect(this.urlOf(name), { max: 1 });
    const client = await db.connect();
    try {
      await client.query('set statement_timeout = 0');
      return await work(client);
    } finally {
      client.release(true);
      await db.end();
    }
  }

  #command(sql: string): Promise<unknown> {
    return this.within('postgres', (db) => db.query(sql));
  }
}
