import { type Connection, createDb, type Db } from '../store/db/db.ts';
import type { Pools } from '../store/db/pools.ts';
import type { Sealer } from '../workers/audit/sealer.ts';

/**
 * The database over two pools of connections, so that people's requests never wait for a connection
 * of the background work.
 */
export class Databases {
  readonly people: Db;
  readonly background: Db;
  #sealer: Sealer | null = null;

  constructor(url: string, pools: Pools) {
    const onConnect = (client: Connection) => this.#lookFirst(client);
    this.people = createDb(url, { max: pools.people, onConnect });
    this.background = createDb(url, { max: pools.background, onConnect });
  }

  /** From now on the sealer checks each new connection, also one to a restored database. */
  guardBy(sealer: Sealer): void {
    this.#sealer = sealer;
  }

  async close(): Promise<void> {
    await Promise.all([this.people.end(), this.background.end()]);
  }

  async #lookFirst(client: Connection): Promise<void> {
    await this.#sealer?.checkConnection(client);
  }
}
