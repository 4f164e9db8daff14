import pg from 'pg';
import { createPool, NoWritableHostError, StandbyError } from './hosts.ts';

/**
 * The database. SQL stands as plain text beside the function that runs it, so that it can be read
 * and pasted into a console. Values come back in the domain's own shapes: an instant as
 * milliseconds since 1970 UTC, a date as YYYY-MM-DD, a count as a number.
 */
export type Db = pg.Pool;
export type Connection = pg.PoolClient;
/** What can run a statement: the pool, or a connection inside a transaction. */
export type Queryable = Pick<pg.Pool, 'query'>;

export type DbOptions = {
  readonly max?: number;
  /** Runs on each new connection before anything else does; where it rejects, there is none. */
  readonly onConnect?: (client: Connection) => Promise<void>;
};

export function createDb(url: string, { max = 20, onConnect }: DbOptions = {}): Db {
  return createPool(url, {
    max,
    ...(onConnect === undefined ? {} : { onConnect: (client) => onConnect(client as Connection) }),
    types: { getTypeParser },
    statement_timeout: 15_000,
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
  } finally {
    client.release(broken);
  }
}

/** The same on a connection that the caller has; `onBroken` hears that it is of no use any more. */
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

/** True where a statement failed because this unique index holds the value already. */
export function isUniqueViolation(error: unknown, index: string): boolean {
  return error instanceof pg.DatabaseError && error.code === '23505' && error.constraint === index;
}

/** True where the database could not be reached, was going down, or did not answer in time. */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return /^(08|57P|53|57014)/.test(error.code ?? '');
  if (error instanceof StandbyError || error instanceof NoWritableHostError) return true;
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return (
    /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EHOST|ENET|EAI_)/.test(code) || LOST.test(error.message)
  );
}

/**
 * True where every connection of a pool was taken for too long: the database may be quite well.
 * better-auth hands its own causes on.
 */
export function isPoolTaken(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return TAKEN.test(error.message) || isPoolTaken(error.cause);
}

const TAKEN = /^timeout exceeded when trying to connect/;

/** What the driver says, in words only, of a connection that is gone. */
const LOST = /^Connection terminated|^timeout exceeded when trying to connect|not queryable/;

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

/** Sums of yen come back exact, or not at all. */
function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`not an exact integer: ${text}`);
  return value;
}

/** An instant as a parameter of a statement. */
export function timestamp(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
