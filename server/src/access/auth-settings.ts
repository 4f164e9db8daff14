import { PASSWORD_MAX, PASSWORD_MIN, SESSION_HOURS } from '@renkei/contract/limits.ts';
import type { SESSION_BEGINNINGS } from '@renkei/contract/shop/account.ts';
import type { BetterAuthOptions } from 'better-auth';
import { twoFactor } from 'better-auth/plugins/two-factor';
import { type AuthPool, countTry, type RateLimit } from './auth-store.ts';
import { PASSKEY_PATH, passkeySession } from './passkey-session.ts';

/** The client's address; only our server sets it. */
export const CLIENT_ADDRESS_HEADER = 'x-renkei-client-address';

/**
 * `pending`: the password was right, and a second factor is still to come. Such a session admits to
 * nothing, and better-auth deletes it within the same request.
 */
type SessionBeginning = (typeof SESSION_BEGINNINGS)[number] | 'pending';

type AuthFacts = { readonly secret: string; readonly publicUrl: string };

/** Tries within a minute from an address where somebody could guess a password. */
const GUESSES = { window: 60, max: 10 };
const GUESSABLE = [
  '/change-password',
  '/two-factor/enable',
  '/two-factor/disable',
  '/two-factor/generate-backup-codes',
];
/**
 * An office behind one address signs in at nine. Wrong passwords are counted by sign-in-tries.ts,
 * wrong codes by better-auth for each account: after ten of them it is locked for 15 minutes.
 */
const SIGN_INS = { window: 60, max: 300 };
const SIGNING_IN = [
  '/sign-in/email',
  '/sign-in/social',
  '/two-factor/verify-totp',
  '/two-factor/verify-backup-code',
];

/** The settings of better-auth. */
export function authSettings({ secret, publicUrl }: AuthFacts, pool: AuthPool) {
  const secure = publicUrl.startsWith('https:');
  return {
    appName: 'Renkei',
    database: pool,
    secret,
    baseURL: publicUrl,
    basePath: '/api/auth',
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_MIN,
      maxPasswordLength: PASSWORD_MAX,
    },
    session: {
      // The cookie's life. The database ends the session itself, by the shop's setting.
      expiresIn: SESSION_HOURS.max * 60 * 60,
      disableSessionRefresh: true,
      additionalFields: { begunBy: { type: 'string' as const, required: false, input: false } },
    },
    databaseHooks: { session: { create: { before: beginSession } } },
    rateLimit: rateLimits(pool),
    advanced: {
      // A browser takes a __Host- cookie only from this very host, by https (ASVS 3.3.1).
      cookiePrefix: cookiePrefix(publicUrl),
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
    plugins: [twoFactor({ issuer: 'Renkei' }), passkeySession()],
  };
}

export function cookiePrefix(publicUrl: string): string {
  return publicUrl.startsWith('https:') ? '__Host-renkei' : 'renkei';
}

function rateLimits(pool: AuthPool) {
  return {
    enabled: true,
    customStorage: {
      async consume(key: string, limit: RateLimit) {
        return { allowed: await countTry(pool, key, limit), retryAfter: limit.window };
      },
    },
    window: 60,
    max: 300,
    customRules: {
      ...Object.fromEntries(SIGNING_IN.map((path) => [path, SIGN_INS])),
      ...Object.fromEntries(GUESSABLE.map((path) => [path, GUESSES])),
    },
  };
}

type SessionHooks = NonNullable<NonNullable<BetterAuthOptions['databaseHooks']>['session']>;
type BeforeSession = NonNullable<NonNullable<SessionHooks['create']>['before']>;

/** Notes how a session begins. */
const beginSession: BeforeSession = async (session, context) => ({
  data: { ...session, begunBy: await beginningOf(session.userId, context) },
});

async function beginningOf(
  userId: string,
  context: Parameters<BeforeSession>[1],
): Promise<SessionBeginning> {
  if (context?.path === '/sign-in/email') {
    const user = await context.context.internalAdapter.findUserById(userId);
    return user !== null && hasSecondFactor(user) ? 'pending' : 'password';
  }
  if (context?.path === PASSKEY_PATH) return 'passkey';
  if (context?.path.startsWith('/callback/')) return 'directory';
  if (context === null || context.context.session !== null) return 'renewal';
  if (context.path === '/two-factor/verify-totp') return 'totp';
  return context.path === '/two-factor/verify-backup-code' ? 'recovery_code' : 'renewal';
}

/** Tells whether better-auth asks a user for a second factor; its types leave the plugin's out. */
function hasSecondFactor(user: object): boolean {
  return 'twoFactorEnabled' in user && user.twoFactorEnabled === true;
}
