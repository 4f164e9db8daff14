import { text } from '@renkei/contract/text.ts';
import { type BetterAuthOptions, betterAuth } from 'better-auth';
import { genericOAuth } from 'better-auth/plugins/generic-oauth';
import { z } from 'zod';

/** A company directory that people sign in at: a provider of OpenID Connect. */
export type Directory = {
  /** The directory's own name, to the letter: its metadata and its tokens must bear it. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The name on the button of the sign-in screen. */
  readonly name: string;
};

/** The directory's name in better-auth's paths and tables. */
export const DIRECTORY = 'directory';

/**
 * Signing in by the directory: authorization code with PKCE, state and nonce, and an ID token whose
 * signature, issuer, audience and time are checked. It makes no account: a first sign-in links the
 * person of the same address, if the directory says that it is verified and if it is proved here, too.
 * From then on issuer and subject name the person, not the address. It is better-auth with the same
 * settings a second time, because a directory that is out of reach would otherwise stop every other
 * sign-in.
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
    discoveryHeaders: { accept: 'application/json' }, // with headers, it leaves the origin for no redirect
    scopes: ['openid', 'email'],
    pkce: true,
    requireIdTokenVerification: true,
    accountSubject: ({ tokens }: { readonly tokens: Tokens }) => personOf(tokens, issuer),
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

type Tokens = { readonly idToken?: string | undefined };

const claimsSchema = z.object({ iss: text({ max: 2_048 }), sub: text({ min: 1, max: 255 }) });

/**
 * Names the person of an ID token that better-auth has verified: its issuer and subject, because a
 * subject alone may be somebody else at another directory (ASVS 6.8.1, 10.5.2). '' refuses the
 * sign-in: without an ID token, or if the metadata have led to another issuer (ASVS 10.5.3).
 */
function personOf({ idToken = '' }: Tokens, issuer: string): string {
  const [, payload] = idToken.split('.');
  if (payload === undefined) return '';
  const claims = claimsSchema.parse(JSON.parse(Buffer.from(payload, 'base64url').toString()));
  return claims.iss === issuer ? `${claims.iss} ${claims.sub}` : '';
}

/** Renkei asks the directory for nothing later, so it keeps none of its tokens. */
function withoutTokens<Account extends object>(account: Account): Account {
  return { ...account, accessToken: null, refreshToken: null, idToken: null };
}
