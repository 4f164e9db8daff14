import type { Connection } from '../../server/src/store/db/db.ts';
import { connect } from '../kit/postgres.ts';
import type { Database } from './town.ts';

/** The databases of one PostgreSQL: copied from each other, looked into, dropped. */
export class Copies {
  readonly #postgres: Database;

  constructor(postgres: Database) {
    this.#postgres = postgres;
  }

  urlOf(name: string): string {
    return this.#postgres.url.replace(/\/postgres$/, `/${name}`);
  }

  /**
   * Whether a commit waits for the disk. A killed process or database loses nothing by it, only a
   * machine does; so it is for what is measured, and copies are made without.
   */
  async setDurable(on: boolean): Promise<void> {
    await this.#command(`alter system set fsync = ${on ? 'on' : 'off'}`);
    await this.#command('select pg_reload_conf()');
  }

  /** Whatever has that name is dropped before. */
  async copy(from: string, to: string): Promise<void> {
    await this.drop(to);
    await this.#command(`create database ${to} template ${from} strategy file_copy`);
  }

  async drop(name: string): Promise<void> {
    await this.#command(`drop database if exists ${name} with (force)`);
  }

  /** Whatever has the new name is dropped before. */
  async rename(from: string, to: string): Promise<void> {
    await this.drop(to);
    await this.#command(`alter database ${from} rename to ${to}`);
  }

  /** On a connection whose statements may take their time. */
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
