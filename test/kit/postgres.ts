import { keepPostgres } from '../../server/src/embedded/keep.ts';
import {
  type EmbeddedOptions,
  type EmbeddedPostgres,
  startPostgres,
} from '../../server/src/embedded/postgres.ts';
import { createDb, type Db, type DbOptions } from '../../server/src/store/db/db.ts';
import { createPool } from '../../server/src/store/db/hosts.ts';
import { owned } from './scope.ts';

/** Opens a pool of the product's own to a database; it ends with the test. */
export function connect(url: string, options: DbOptions = {}): Db {
  const db = createDb(url, options);
  owned(() => endOnce(db));
  return db;
}

/** Opens a pool with settings that the product does not have. */
export function connectWith(url: string, config: Parameters<typeof createPool>[1]): Db {
  const db = createPool(url, config);
  owned(() => endOnce(db));
  return db;
}

/** Starts a PostgreSQL of the test's own, for a test that ends or starts one. */
export async function openPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const server = await startPostgres(options);
  return { ...server, stop: owned(() => server.stop()) };
}

/** Starts a PostgreSQL and restarts it whenever it ends. */
export async function openKeptPostgres(
  ...how: Parameters<typeof keepPostgres>
): ReturnType<typeof keepPostgres> {
  const kept = await keepPostgres(...how);
  return { url: kept.url, stop: owned(() => kept.stop()) };
}

/** A test may have ended the pool: a second end would throw. */
async function endOnce(db: Db): Promise<void> {
  if (!db.ending) await db.end();
}
