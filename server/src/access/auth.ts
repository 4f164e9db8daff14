import { PASSWORD_MAX, PASSWORD_MIN } from '@renkei/contract/limits.ts';
import type { Instant } from '@renkei/core/domain/values/jst.ts';
import { betterAuth } from 'better-auth';
import { isUniqueViolation } from '../store/db/db.ts';
import { POOLS } from '../store/db/pools.ts';
import { authSettings, cookiePrefix } from './auth-settings.ts';
import {
  type AuthPool,
  countTry,
  createAuthPool,
  findSession,
  handOver,
  prolongSession,
  query,
  type RateLimit,
} from './auth-store.ts';
import { type Directory, directoryAuth } from './directory.ts';
import { cookieIn, sessionTokenIn } from './session-cookie.ts';
import { PROLONGED_EVERY_MS } from './sessions.ts';
import { takeCode } from './totp.ts';

export type AccountHolder = { readonly id: string; readonly name: string; readonly email: string };

/** A signed-in person. */
export type User = AccountHolder & {
  /** True if the session is good where a second factor is demanded. */
  readonly hasSecondFactor: boolean;
  /** True if a sign-in by password also asks for a code of the authenticator app. */
  readonly hasApp: boolean;
  readonly sessionId: string;
};

/** Signing in and out: the server's needs, without better-auth's details. */
export type Auth = {
  /** Answers a request of a path under /api/auth. Throws internal errors. */
  handle(request: Request): Promise<Response>;
  /** The company directory, with better-auth's answers to requests of its sign-in; or null. */
  readonly directory: { readonly name: string; handle: Auth['handle'] } | null;
  /**
   * Returns the sender of a request by its session cookie. A request that a person makes prolongs
   * the session; a screen that reads again by itself does not. Throws {@link AuthUnavailable}.
   */
  whoIs(headers: Headers, wanted?: { readonly prolongs: boolean }): Promise<User | null>;
  /** Returns the person who still owes a second factor: by session, or by the right password. */
  whoOwesFactor(headers: Headers): Promise<AccountHolder | null>;
  /** Takes a person's code of an authenticator app, so that it is good once. */
  takeCode(userId: string, code: string): Promise<'taken' | 'used' | 'wrong'>;
  /** Counts a try, in the database; false if there were too many within the window. */
  countTry(key: string, limit: RateLimit): Promise<boolean>;
  /** Counts a person's recovery codes that are still good. */
  countRecoveryCodes(userId: string): Promise<number>;
  /**
   * Creates a user with a password; an existing user of that address stays as they are. Throws a
   * RangeError if the password is too short or too long.
   */
  createUser(user: NewUser): Promise<AccountHolder & { readonly isNew: boolean }>;
  /**
   * Hands an account to the person who has proved its address: with another password, without
   * second factor, passkeys and directory, and with all former sessions ended. Throws a RangeError
   * as {@link createUser} does.
   */
  handOver(userId: string, password: string): Promise<void>;
  /** Tells whether a password is the person's. */
  isPassword(userId: string, password: string): Promise<boolean>;
  /** Begins the session of a person who has proved themselves by passkey; answers its cookie. */
  beginSession(userId: string, headers: Headers): Promise<Response>;
  close(): Promise<void>;
};

/** Sessions cannot be looked up: the database is out of reach. */
export class AuthUnavailable extends Error {
  constructor(cause: unknown) {
    super('sessions cannot be looked up', { cause });
    this.name = 'AuthUnavailable';
  }
}

type NewUser = {
  readonly name: string;
  readonly email: string;
  /** 12 to 128 characters. */
  readonly password: string;
  /** True if a mail to the address proved it, or if the administrator says so. */
  readonly isProved?: boolean;
};

export type AuthOptions = {
  readonly databaseUrl: string;
  /** Signs cookies; 32 characters or more. */
  readonly secret: string;
  /** The address of the screens for the browser; https makes the cookies Secure. */
  readonly publicUrl: string;
  /** The company directory; absent or null: there is none. */
  readonly directory?: Directory | null;
  /** The most connections to the database. */
  readonly connections?: number;
  /** The database's time; if absent, this process's. */
  readonly now?: () => Instant;
};

type BetterAuth = ReturnType<typeof betterAuth<ReturnType<typeof authSettings>>>;

/** Signing in by e-mail and password; the database holds sessions, rate limits and TOTP. */
export function createAuth(options: AuthOptions): Auth {
  const pool = createAuthPool(options.databaseUrl, {
    now: options.now ?? Date.now,
    max: options.connections ?? POOLS.sessions,
  });
  const settings = authSettings(options, pool);
  const auth = betterAuth(settings);
  return {
    directory: options.directory ? openDirectory(settings, options.directory) : null,
    handle: (request) => auth.handler(request),
    whoIs: (headers, { prolongs } = { prolongs: false }) =>
      whoIs(pool, sessionTokenIn(headers, options), prolongs),
    whoOwesFactor: async (headers) =>
      (await whoIs(pool, sessionTokenIn(headers, options), false)) ??
      (await challenged(pool, cookieIn(headers, `${cookiePrefix(options.publicUrl)}.two_factor`))),
    async takeCode(userId, code) {
      const { secretConfig } = await auth.$context;
      return takeCode(pool, secretConfig, { userId, code, at: Date.now() }); // as better-auth
    },
    countTry: (key, limit) => countTry(pool, key, limit),
    async countRecoveryCodes(userId) {
      const { backupCodes } = await auth.api.viewBackupCodes({ body: { userId } });
      return backupCodes.length;
    },
    async handOver(userId, password) {
      checkLength(password);
      const { password: passwords } = await auth.$context;
      await handOver(pool, userId, await passwords.hash(password));
    },
    async isPassword(userId, password) {
      const { internalAdapter, password: passwords } = await auth.$context;
      const accounts = await internalAdapter.findAccounts(userId);
      const hash = accounts.find(({ providerId }) => providerId === 'credential')?.password;
      return hash ? passwords.verify({ hash, password }) : false;
    },
    beginSession: (userId, headers) =>
      auth.api.beginPasskeySession({ body: { userId }, headers, asResponse: true }),
    createUser: (user) => createUser(auth, user),
    close: () => pool.end(),
  };
}

function openDirectory(settings: ReturnType<typeof authSettings>, directory: Directory) {
  const auth = directoryAuth(settings, directory);
  return { name: directory.name, handle: (request: Request) => auth.handler(request) };
}

async function whoIs(
  pool: AuthPool,
  token: string | null,
  prolongs: boolean,
): Promise<User | null> {
  if (token === null) return null;
  const found = await findSession(pool, token, PROLONGED_EVERY_MS).catch((cause: unknown) => {
    throw new AuthUnavailable(cause);
  });
  if (found === null) return null;
  const { isWorthProlonging, ...user } = found;
  if (prolongs && isWorthProlonging) {
    // A session that cannot be prolonged now still lasts until its end.
    const lives = await prolongSession(pool, user.sessionId).catch(() => true);
    if (!lives) return null;
  }
  return user;
}

/** Returns the person whose password was right, by the cookie of the challenge. */
async function challenged(pool: AuthPool, cookie: string | null): Promise<AccountHolder | null> {
  const identifier = cookie?.split('.')[0];
  if (!identifier?.startsWith('2fa-')) return null;
  const { rows } = await query<AccountHolder>(
    pool,
    `select u."id", u."name", u."email" from "verification" v join "user" u on u."id" = v."value"
      where v."identifier" = $1 and v."expiresAt" > clock_timestamp()`,
    [identifier],
  );
  return rows[0] ?? null;
}

async function createUser(auth: BetterAuth, { name, email, password, isProved = true }: NewUser) {
  const { internalAdapter, password: passwords } = await auth.$context;
  const find = async () => {
    const known = await internalAdapter.findUserByEmail(email);
    return known && { id: known.user.id, name: known.user.name, email, isNew: false };
  };
  const existing = await find();
  if (existing !== null) return existing;
  checkLength(password);
  const hash = await passwords.hash(password);
  const asked = { name, email, emailVerified: isProved };
  try {
    const { id } = await internalAdapter.createUser(asked, { method: 'email-password' });
    const credential = { providerId: 'credential', accountId: id, password: hash };
    await internalAdapter.linkAccount({ userId: id, ...credential });
    return { id, name, email, isNew: true };
  } catch (error) {
    const quicker = isUniqueViolation(error, 'user_email_key') ? await find() : null;
    if (quicker === null) throw error;
    return quicker;
  }
}

function checkLength({ length }: string): void {
  if (length >= PASSWORD_MIN && length <= PASSWORD_MAX) return;
  throw new RangeError('a password has 12 to 128 characters');
}
