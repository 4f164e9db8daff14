import Provider, { interactionPolicy } from 'oidc-provider';
import type { Directory } from '../../server/src/access/directory.ts';
import { listenHttp } from './servers.ts';

/** A person in the company directory. */
type Employee = { readonly sub: string; readonly email: string; readonly isVerified: boolean };

/** A real provider of OpenID Connect on this machine. Whoever comes is signed in at once. */
export type CompanyDirectory = {
  readonly settings: Directory;
  /** Chooses the person who sits before the browser. */
  seat(employee: Employee): void;
};

export async function openCompanyDirectory(): Promise<CompanyDirectory> {
  let seated: Employee | null = null;
  let answer: ReturnType<Provider['callback']> | null = null;
  const { port } = await listenHttp((request, response) => {
    if (!request.url?.startsWith('/interaction/')) return void answer?.(request, response);
    const login = { login: { accountId: seated?.sub ?? 'nobody' } };
    void provider.interactionFinished(request, response, login);
  });
  const issuer = `http://127.0.0.1:${port}`;
  const client = { id: 'renkei', secret: 'a secret of the client at the directory' };
  const policy = interactionPolicy.base();
  policy.get('consent')?.checks.remove('native_client_prompt'); // nobody is there to consent
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        application_type: 'native', // its loopback addresses have any port
        redirect_uris: ['http://127.0.0.1/api/auth/callback/directory'],
      },
    ],
    pkce: { required: () => true },
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    conformIdTokenClaims: false,
    cookies: { keys: ['a key of the directory'] },
    features: { devInteractions: { enabled: false } },
    interactions: { policy, url: (_context, { uid }) => `/interaction/${uid}` },
    findAccount: (_context, sub) => ({
      accountId: sub,
      claims: () => ({ sub, email: seated?.email, email_verified: seated?.isVerified }),
    }),
    async loadExistingGrant({ oidc }) {
      const accountId = oidc.session?.accountId;
      const grant = new oidc.provider.Grant({ clientId: client.id, accountId });
      grant.addOIDCScope('openid email');
      await grant.save();
      return grant;
    },
  });
  answer = provider.callback();
  return {
    settings: { issuer, clientId: client.id, clientSecret: client.secret, name: '花道カンパニー' },
    seat: (employee) => {
      seated = employee;
    },
  };
}
