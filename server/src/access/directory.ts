import { type BetterAuthOptions, betterAuth } from 'better-auth';
import { genericOAuth } from 'better-auth/plugins/generic-oauth';

/** A company directory that people sign in at: a provider of OpenID Connect. */
export type Directory = {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The name on the button of the sign-in screen. */
  readonly name: string;
};

/** The directory's name in better-auth's paths and tables. */
export const DIRECTORY = 'directory';

/**
 * Signing in by the directory: authorization code with PKCE, state and nonce, an ID token whose
 * signature, issuer and audience are checked. It makes no account: a first sign-in links the person
 * of the same address, if the directory says that it is verified and if it is proved here, too. It is
 * better-auth with the same settings a second time, because a directory that is out of reach would
 * otherwise stop every other sign-in.
 */
export function directoryAuth<Settings extends BetterAuthOptions>(
  settings: Settings,
  { issuer, clientId, clientSecret, name }: Directory,
) {
  const config = {
    providerId: DIRECTORY,
    name,
    clientId,
    clientSecret,
    discoveryUrl: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
    scopes: ['openid', 'email'],
    pkce: true,
    requireIdTokenVerification: true,
    disableSignUp: true,
    disableImplicitSignUp: true,
  };
  return betterAuth({
    ...settings,
    account: {
      updateAccountOnSignIn: false,
      accountLinking: { enabled: true, requireLocalEmailVerified: true, trustedProviders: [] },
    },
    databaseHooks: {
      ...settings.databaseHooks,
      account: { create: { before: async (account) => ({ data: withoutTokens(account) }) } },
    },
    plugins: [...(settings.plugins ?? []), genericOAuth({ config: [config] })],
  });
}

/** Renkei asks the directory for nothing later, so it keeps none of its tokens. */
function withoutTokens<Account extends object>(account: Account): Account {
  return { ...account, accessToken: null, refreshToken: null, idToken: null };
}
