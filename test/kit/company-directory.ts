import { createHmac, createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import Provider, { interactionPolicy } from 'oidc-provider';
import type { Directory } from '../../server/src/access/directory.ts';
import { listenHttp } from './servers.ts';

/** A person in the company directory. */
type Employee = { readonly sub: string; readonly email: string; readonly isVerified: boolean };

type Claims = Readonly<Record<string, unknown>>;
/** Returns another ID token in the place of one with these claims; undefined: none at all. */
export type Spoiling = (
  claims: Claims,
  directory: { readonly key: KeyObject },
) => string | undefined;

/** A real provider of OpenID Connect on this machine. Whoever comes is signed in at once. */
export type CompanyDirectory = {
  readonly settings: Directory;
  /** Chooses the person who sits before the browser. */
  seat(employee: Employee): void;
  /** Spoils the ID tokens from now on; null: no longer. */
  spoil(spoiling: Spoiling | null): void;
};

const KEY_ID = 'the key of the directory';

export async function openCompanyDirectory(): Promise<CompanyDirectory> {
  let seated: Employee | null = null;
  let spoiling: Spoiling | null = null;
  let answer: ReturnType<Provider['callback']> | null = null;
  const { port } = await listenHttp((request, response) => {
    if (!request.url?.startsWith('/interaction/')) return void answer?.(request, response);
    const login = { login: { accountId: seated?.sub ?? 'nobody' } };
    void provider.interactionFinished(request, response, login);
  });
  const issuer = `http://127.0.0.1:${port}`;
  const client = { id: 'renkei', secret: 'a secret of the client at the directory' };
  const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const provider = makeProvider(issuer, client, key, () => seated);
  provider.use(async (context, next) => {
    await next();
    if (spoiling === null || context.path !== '/token' || context.status !== 200) return;
    const given = context.body as { readonly id_token: string };
    context.body = { ...given, id_token: spoiling(claimsOf(given.id_token), { key }) };
  });
  answer = provider.callback();
  return {
    settings: { issuer, clientId: client.id, clientSecret: client.secret, name: '花道カンパニー' },
    seat: (employee) => {
      seated = employee;
    },
    spoil: (next) => {
      spoiling = next;
    },
  };
}

function makeProvider(
  issuer: string,
  client: { readonly id: string; readonly secret: string },
  key: KeyObject,
  seated: () => Employee | null,
): Provider {
  const policy = interactionPolicy.base();
  policy.get('consent')?.checks.remove('native_client_prompt'); // nobody is there to consent
  return new Provider(issuer, {
    jwks: { keys: [{ ...key.export({ format: 'jwk' }), kid: KEY_ID, kty: 'RSA', use: 'sig' }] },
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        application_type: 'native', // its loopback addresses have any port
        redirect_uris: ['http://127.0.0.1/api/auth/callback/directory'],
      },
    ],
    ttl: {
      AccessToken: 60,
      AuthorizationCode: 60,
      Grant: 60,
      IdToken: 60,
      Interaction: 60,
      Session: 60,
    },
    pkce: { required: () => true },
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    conformIdTokenClaims: false,
    cookies: { keys: ['a key of the directory'] },
    features: { devInteractions: { enabled: false } },
    interactions: { policy, url: (_context, { uid }) => `/interaction/${uid}` },
    findAccount: (_context, sub) => ({
      accountId: sub,
      claims: () => ({ sub, email: seated()?.email, email_verified: seated()?.isVerified }),
    }),
    async loadExistingGrant({ oidc }) {
      const accountId = oidc.session?.accountId;
      const grant = new oidc.provider.Grant({ clientId: client.id, accountId });
      grant.addOIDCScope('openid email');
      await grant.save();
      return grant;
    },
  });
}

/** A JWT by RS256 with a key, by HS256 with a secret, or by nobody (`none`). */
export function jwt(claims: Claims, by: KeyObject | string | null, header: Claims = {}): string {
  const alg = by === null ? 'none' : typeof by === 'string' ? 'HS256' : 'RS256';
  const content = [{ alg, typ: 'JWT', kid: KEY_ID, ...header }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${content}.${signatureOf(content, by)}`;
}

function signatureOf(content: string, by: KeyObject | string | null): string {
  if (by === null) return '';
  if (typeof by === 'string') return createHmac('sha256', by).update(content).digest('base64url');
  return createSign('RSA-SHA256').update(content).sign(by, 'base64url');
}

function claimsOf(token: string): Claims {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
}
