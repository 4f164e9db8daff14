import pg from 'pg';
import { createPool, NoWritableHostError, ReadOnlyHostError } from './hosts.ts';

/**
 * The database. SQL is plain text beside the function that runs it, so that a reader can paste it
 * into a console. Values arrive in the domain's own shapes: an instant as UTC milliseconds since
 * 1970, a date as YYYY-MM-DD, a count as a number.
 */
export type Db = pg.Pool;
export type Connection = pg.PoolClient;
/** Anything that runs a statement: the pool, or a connection inside a transaction. */
export type Queryable = Pick<pg.Pool, 'query'>;

export type DbOptions = {
  readonly max?: number;
  /** Cancels statements that take longer, in milliseconds. */
  readonly statementMs?: number;
  /** Runs first on each new connection; if it rejects, the connection fails. */
  readonly onConnect?: (client: Connection) => Promise<void>;
};

/** After this time no caller waits for a statement any more. */
const STATEMENT_MS = 15_000;

export function createDb(url: string, options: DbOptions = {}): Db {
  const { max = 20, statementMs = STATEMENT_MS, onConnect } = options;
  return createPool(url, {
    max,
    ...(onConnect === undefined ? {} : { onConnect: (client) => onConnect(client as Connection) }),
    types: { getTypeParser },
    statement_timeout: statementMs,
    connectionTimeoutMillis: 10_000,
    application_name: 'renkei',
  });
}

/**
 * Runs work in one transaction at READ COMMITTED. Rejects if the work throws (rolled back), or if
 * the commit fails: then nobody knows whether it was committed, and callers must not guess.
 */
export async function transaction<T>(db: Db, work: (client: Connection) => Promise<T>): Promise<T> {
  const client = await db.connect();
  let broken: Error | undefined;
  try {
    return await transactionOn(client, work, (cause) => {
      broken = cause;
    });
  } catch (error) {
    // Drops a connection to a read-only host: the next connection may reach one that takes writes.
    if (error instanceof pg.DatabaseError && error.code === READ_ONLY) broken ??= error;
    throw error;
  } finally {
    client.release(broken);
  }
}

/** The same on the caller's connection; `onBroken` hears that the connection is useless. */
export async function transactionOn<C extends Queryable, T>(
  client: C,
  work: (client: C) => Promise<T>,
  onBroken: (cause: Error) => void = () => {},
): Promise<T> {
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(onBroken);
    throw error;
  }
}

/** True if a statement failed because this unique index already holds the value. */
export function isUniqueViolation(error: unknown, index: string): boolean {
  return error instanceof pg.DatabaseError && error.code === '23505' && error.constraint === index;
}

/**
 * True if the database was out of reach, read-only, full, shutting down, or too slow: the request
 * is right and can be repeated. This is the one place that distinguishes these from our own faults;
 * the API answers 503 if true, otherwise 500.
 */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) {
    return UNAVAILABLE.some((code) => error.code?.startsWith(code));
  }
  if (error instanceof ReadOnlyHostError || error instanceof NoWritableHostError) return true;
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return (
    /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_|EHOST|ENET)/.test(code) || LOST.test(error.message)
  );
}

/** From a standby, and from a primary that is being replaced. */
const READ_ONLY = '25006';

/** SQLSTATEs, or their prefixes (PostgreSQL's appendix A). */
const UNAVAILABLE = [
  '08', // connection exception
  READ_ONLY,
  '25P03', // idle_in_transaction_session_timeout and transaction_timeout
  '25P04',
  '28', // the database refuses our login
  '3D000', // no database of this name
  '53', // no room on the disk, no memory, no connections
  '57014', // statement_timeout
  '57P', // shutting down, starting, or disconnected by an administrator
  '58', // its disk or operating system
] as const;

/**
 * True if all connections of a pool stayed busy for too long: the database may be healthy.
 * better-auth passes its own causes on.
 */
export function isPoolTaken(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return TAKEN.test(error.message) || isPoolTaken(error.cause);
}

const TAKEN = /^timeout exceeded when trying to connect/;

/** The driver reports a lost connection by its message only. */
const LOST = /^Connection terminated|^timeout exceeded when trying to connect|not queryable/;

/**
 * Rejects if nothing can be written now: read-only, a standby, a full disk, out of reach. A read
 * would not notice, so this writes: a table that needs room on the disk, an entry in the
 * write-ahead log, and a commit that waits like that of a payment. Leaves nothing behind.
 */
export async function checkWritable(db: Db): Promise<void> {
  await db.query('create temporary table write_probe on commit drop as select now() as at');
}

const PARSERS = new Map<number, (text: string) => unknown>([
  [pg.types.builtins.TIMESTAMPTZ, (text) => Date.parse(isoOf(text))],
  [pg.types.builtins.DATE, (text) => text],
  [pg.types.builtins.INT8, (text) => safeInteger(text)],
  [pg.types.builtins.NUMERIC, (text) => safeInteger(text)],
]);

function getTypeParser(oid: number, format?: string): (value: string) => unknown {
  const own = format === 'binary' ? undefined : PARSERS.get(oid);
  return own ?? pg.types.getTypeParser(oid, format === 'binary' ? 'binary' : 'text');
}

/** PostgreSQL writes `2026-11-23 12:00:00.123+00`; Date.parse wants `T` and `+00:00`. */
function isoOf(text: string): string {
  const iso = text.replace(' ', 'T');
  return /[+-]\d\d$/.test(iso) ? `${iso}:00` : iso;
}

/** Returns sums of yen exactly, or throws. */
function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`not an exact integer: ${text}`);
  return value;
}

/** Returns an instant as a parameter of a statement. */
export function timestamp(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
