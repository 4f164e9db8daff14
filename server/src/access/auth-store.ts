import type { Instant } from '@renkei/core/domain/values/jst.ts';
import pg from 'pg';
import type { Queryable } from '../store/db/db.ts';
import { gatherOn } from '../store/db/gather.ts';
import { createPool } from '../store/db/hosts.ts';

/** The part of a pool that better-auth uses. */
export type AuthPool = {
  connect(): Promise<AuthConnection>;
  end(): Promise<void>;
};
type AuthConnection = {
  query(sql: string, values: readonly unknown[], name?: string): Promise<pg.QueryResult>;
  release(): void;
};

/**
 * The sessions' own pool. better-auth takes the time from its process, whose clock may be wrong,
 * and differently wrong on each server. This pool moves its instants: to the database's time for
 * writing and comparing there, and to the process's time for reading.
 */
export function createAuthPool(
  databaseUrl: string,
  { now, max }: { readonly now: () => Instant; readonly max: number },
): AuthPool {
  const aheadMs = () => Date.now() - now();
  const pool = createPool(databaseUrl, {
    max,
    statement_timeout: 15_000,
    connectionTimeoutMillis: 10_000,
    application_name: 'renkei sessions',
    types: {
      getTypeParser(oid, format) {
        const parse = pg.types.getTypeParser(oid, format === 'binary' ? 'binary' : 'text');
        if (oid !== pg.types.builtins.TIMESTAMPTZ) return parse;
        return (text: string) => new Date(parse(text).getTime() + aheadMs());
      },
    },
  });
  const toDatabase = (value: unknown) =>
    value instanceof Date ? new Date(value.getTime() - aheadMs()) : value;
  return {
    async connect() {
      const client = await pool.connect();
      return {
        query: (text, values, name) => client.query({ name, text, values: values.map(toDatabase) }),
        release: () => client.release(),
      };
    },
    end: () => pool.end(),
  };
}

/** Runs one statement on a connection of the pool; one with a name is prepared there. */
export async function query<T extends pg.QueryResultRow>(
  pool: AuthPool,
  sql: string,
  values: readonly unknown[],
  name?: string,
): Promise<pg.QueryResult<T>> {
  const client = await pool.connect();
  try {
    return await client.query(sql, values, name);
  } finally {
    client.release();
  }
}

/** A limit of tries within a window, counted in the database by its clock. */
export type RateLimit = { readonly window: number; readonly max: number };

/** Counts a try; false if there were too many. `window` in seconds. */
export async function countTry(
  pool: AuthPool,
  key: string,
  { window, max }: RateLimit,
): Promise<boolean> {
  const { rowCount } = await query(pool, COUNT_TRY, [key, window * 1_000, max]);
  return rowCount === 1;
}

/** A new window begins: the last try is long ago, or was dated by a clock that was ahead. */
const BEGINS = `abs(excluded."lastRequest" - row."lastRequest") >= $2`;

/** A try beyond the limit changes nothing. */
const COUNT_TRY = `
  insert into "rateLimit" as row ("id", "key", "count", "lastRequest")
  values (gen_random_uuid(), $1, 1, floor(extract(epoch from clock_timestamp()) * 1000))
  on conflict ("key") do update set "lastRequest" = excluded."lastRequest",
    "count" = case when ${BEGINS} then 1 else row."count" + 1 end
   where row."count" < $3 or ${BEGINS}`;

/**
 * Sets another password, takes every other way in away (second factor, passkeys, directory), and
 * marks the address as proved: all or nothing. The changed password ends former sessions.
 */
export async function handOver(pool: AuthPool, userId: string, hash: string): Promise<void> {
  await query(pool, HAND_OVER, [userId, hash]);
}

const HAND_OVER = `
  with factors as (delete from "twoFactor" where "userId" = $1),
    keys as (delete from passkeys where user_id = $1),
    directories as (delete from "account" where "userId" = $1 and "providerId" <> 'credential'),
    passwords as (update "account" set "password" = $2, "updatedAt" = now()
      where "userId" = $1 and "providerId" = 'credential')
  update "user" set "emailVerified" = true, "twoFactorEnabled" = false, "updatedAt" = now()
   where "id" = $1`;

/** A session that has not ended, with its person. */
export type FoundSession = {
  readonly sessionId: string;
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** True if the session is good where a second factor is demanded. */
  readonly hasSecondFactor: boolean;
  /** True if a sign-in by password also asks for a code of the authenticator app. */
  readonly hasApp: boolean;
  /** True if it has not been prolonged for the time that was named. */
  readonly isWorthProlonging: boolean;
};

/**
 * Finds a session by its token; null if it has ended, or still waits for a second factor. Every
 * request asks this, so it is one prepared statement.
 */
export function findSession(
  pool: AuthPool,
  token: string,
  longMs: number,
): Promise<FoundSession | null> {
  return findTogether(pool, { token, longMs });
}

type AskedSession = { readonly token: string; readonly longMs: number };

const findTogether = gatherOn(async (pool: AuthPool, asked: readonly AskedSession[]) => {
  const values = [asked.map(({ token }) => token), asked.map(({ longMs }) => longMs)];
  const found: (FoundSession | null)[] = asked.map(() => null);
  const { rows } = await query<FoundSession & { at: number }>(pool, FIND, values, 'find-sessions');
  for (const { at, ...session } of rows) found[at - 1] = session;
  return found;
});

const FIND = `
  select asked.at::int, s."id" as "sessionId", u."id", u."name", u."email",
      coalesce(u."twoFactorEnabled", false) as "hasApp",
      case s."begunBy" when 'passkey' then true when 'directory' then false
        else coalesce(u."twoFactorEnabled", false) end as "hasSecondFactor",
      s."updatedAt" <= clock_timestamp() - asked.long * interval '1 millisecond'
        as "isWorthProlonging"
    from unnest($1::text[], $2::float8[]) with ordinality as asked (token, long, at)
    join "session" s on s."token" = asked.token
    join "user" u on u."id" = s."userId"
   where s."expiresAt" > clock_timestamp() and s."begunBy" is distinct from 'pending'`;

/** Prolongs a session in use, as its shops say (migration 047); false if it has reached its end. */
export async function prolongSession(pool: AuthPool, id: string): Promise<boolean> {
  const { rows } = await query<{ lives: boolean }>(pool, PROLONG, [id]);
  return rows[0]?.lives ?? false;
}

const PROLONG = `
  update "session" set "updatedAt" = clock_timestamp()
   where "id" = $1 and "expiresAt" > clock_timestamp()
  returning "expiresAt" > clock_timestamp() as lives`;

/** Forgets tries older than an hour: every window is shorter. */
export async function purgeTries(db: Queryable): Promise<void> {
  await db.query(
    `delete from "rateLimit"
      where "lastRequest" < extract(epoch from now() - interval '1 hour') * 1000`,
  );
}
