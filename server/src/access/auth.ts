import type { Instant } from '@renkei/core/domain/values/jst.ts';
import { betterAuth } from 'better-auth';
import { twoFactor } from 'better-auth/plugins/two-factor';
import { isUniqueViolation } from '../store/db/db.ts';
import { POOLS } from '../store/db/pools.ts';
import { type AuthPool, countTry, createAuthPool, handOver, type RateLimit } from './auth-store.ts';

/** A signed-in person. */
export type User = { readonly id: string; readonly name: string; readonly email: string };

/** Signing in and out: the server's needs, without better-auth's details. */
export type Auth = {
  /** Answers a request to one of {@link AUTH_PATHS}. Throws internal errors. */
  handle(request: Request): Promise<Response>;
  /** Returns the sender of a request by its session cookie. Throws {@link AuthUnavailable}. */
  whoIs(headers: Headers): Promise<User | null>;
  /**
   * Creates a user with a password; an existing user of that address stays as they are. Throws a
   * RangeError if the password is too short or too long.
   */
  createUser(user: NewUser): Promise<User & { readonly isNew: boolean }>;
  /**
   * Hands an account to the person who has proved its address: with another password, without the
   * second factor, and with all former sessions ended. Throws a RangeError as {@link createUser}
   * does.
   */
  handOver(userId: string, password: string): Promise<void>;
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
  /** The most connections to the database. */
  readonly connections?: number;
  /** The database's time; if absent, this process's. */
  readonly now?: () => Instant;
};

/** The client's address; only our server sets it. */
export const CLIENT_ADDRESS_HEADER = 'x-renkei-client-address';

/** The paths under /api/auth that are open to the outside. Signing up is not one of them. */
export const AUTH_PATHS = [
  { method: 'POST', path: '/sign-in/email' },
  { method: 'POST', path: '/sign-out' },
  { method: 'GET', path: '/get-session' },
  { method: 'POST', path: '/change-password' },
  { method: 'POST', path: '/revoke-other-sessions' },
  { method: 'POST', path: '/two-factor/enable' },
  { method: 'POST', path: '/two-factor/disable' },
  { method: 'POST', path: '/two-factor/verify-totp' },
] as const;

const PASSWORD_LENGTH_MIN = 12;
const PASSWORD_LENGTH_MAX = 128;
const HOUR_S = 60 * 60;

/** Signing in by e-mail and password; the database holds sessions, rate limits and TOTP. */
export function createAuth(options: AuthOptions): Auth {
  const pool = createAuthPool(options.databaseUrl, {
    now: options.now ?? Date.now,
    max: options.connections ?? POOLS.sessions,
  });
  const auth = betterAuth(settingsOf(options, pool));
  return {
    handle: (request) => auth.handler(request),
    async whoIs(headers) {
      const session = await auth.api.getSession({ headers }).catch((cause: unknown) => {
        throw new AuthUnavailable(cause);
      });
      if (session === null) return null;
      const { id, name, email } = session.user;
      return { id, name, email };
    },
    async handOver(userId, password) {
      checkPassword(password);
      const { password: passwords } = await auth.$context;
      await handOver(pool, userId, await passwords.hash(password));
    },
    async createUser({ name, email, password, isProved = true }) {
      const { internalAdapter, password: passwords } = await auth.$context;
      const find = async () => {
        const known = await internalAdapter.findUserByEmail(email);
        return known && { id: known.user.id, name: known.user.name, email, isNew: false };
      };
      const existing = await find();
      if (existing !== null) return existing;
      checkPassword(password);
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
    },
    close: () => pool.end(),
  };
}

function checkPassword({ length }: string): void {
  if (length >= PASSWORD_LENGTH_MIN && length <= PASSWORD_LENGTH_MAX) return;
  throw new RangeError('a password has 12 to 128 characters');
}

function settingsOf(options: AuthOptions, pool: AuthPool) {
  const secure = options.publicUrl.startsWith('https:');
  return {
    appName: 'Renkei',
    database: pool,
    secret: options.secret,
    baseURL: options.publicUrl,
    basePath: '/api/auth',
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_LENGTH_MIN,
      maxPasswordLength: PASSWORD_LENGTH_MAX,
    },
    session: { expiresIn: 12 * HOUR_S, updateAge: HOUR_S },
    rateLimit: {
      enabled: true,
      customStorage: {
        async consume(key: string, limit: RateLimit) {
          return { allowed: await countTry(pool, key, limit), retryAfter: limit.window };
        },
      },
      window: 60,
      max: 300,
      customRules: {
        // Wrong passwords are counted separately: sign-in-tries.ts.
        '/sign-in/email': { window: 60, max: 300 },
        '/two-factor/verify-totp': { window: 60, max: 10 },
      },
    },
    advanced: {
      // A browser takes a __Host- cookie only from this very host, by https (ASVS 3.3.1).
      cookiePrefix: secure ? '__Host-renkei' : 'renkei',
      useSecureCookies: false, // would write __Secure- before the name
      defaultCookieAttributes: { httpOnly: true, secure, sameSite: 'lax' as const },
      // Reads a session and its user in one statement.
      database: { joins: true },
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS_HEADER] },
      // Our own same-origin check runs before every request that changes something.
      disableCSRFCheck: true,
    },
    telemetry: { enabled: false },
    // Errors are thrown, and logged with all others.
    logger: { disabled: true },
    onAPIError: { throw: true },
    plugins: [twoFactor({ issuer: 'Renkei' })],
  };
}
