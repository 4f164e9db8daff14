import { signInWaysSchema } from '@renkei/contract/shop/account.ts';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { DIRECTORY } from '../../../access/directory.ts';
import type { Backoffice } from '../../backoffice.ts';
import { edgeProblem } from '../../problems/problems.ts';
import { localeOf, route } from '../../route.ts';
import { type AuthCall, answer, askOf } from './pass.ts';
import { endFormerSession } from './sign-in.ts';

/** The page that says that the directory, or Renkei, has refused the person. */
const REFUSED = '/sign-in?refused=directory';

/** Tells whoever comes how to sign in. */
export function signInWaysRoute(app: FastifyInstance, backoffice: Backoffice): void {
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/sign-in-ways',
    deed: 'public',
    summary: 'The ways of signing in besides the password and a passkey',
    answers: { 200: signInWaysSchema },
    async handle() {
      const { directory } = backoffice.auth;
      return { status: 200, body: { directory: directory && { name: directory.name } } };
    },
  });
}

/** Begins a sign-in by the directory: the answer has the address of its page. */
export async function beginDirectory(call: AuthCall): Promise<FastifyReply> {
  const handle = handlerOf(call);
  const body = { provider: DIRECTORY, callbackURL: '/', errorCallbackURL: REFUSED };
  const wanted = { ...body, disableRedirect: true };
  const answered = await askOf(handle, call, '/api/auth/sign-in/social', wanted);
  if (!answered.ok) throw edgeProblem('directory_unreachable', localeOf(call.request));
  return answer(answered, call);
}

/** The browser comes back from the directory: signed in, or refused. */
export async function finishDirectory(call: AuthCall): Promise<FastifyReply> {
  const { request, reply } = call;
  const answered = await askOf(handlerOf(call), call, request.url);
  const place = new URL(answered.headers.get('location') ?? REFUSED, call.backoffice.publicUrl);
  const isIn =
    answered.status === 302 && place.pathname === '/' && !place.searchParams.has('error');
  if (!isIn) {
    request.problem = refusalOf(place);
    return reply.redirect(REFUSED, 303);
  }
  await endFormerSession(call);
  for (const cookie of answered.headers.getSetCookie()) reply.header('set-cookie', cookie);
  return reply.redirect('/', 303);
}

/** The line of the access log: why, as better-auth or the directory calls it. */
function refusalOf({ searchParams }: URL): string {
  const [cause] = /^\w{1,60}$/.exec(searchParams.get('error') ?? '') ?? [];
  return cause === undefined ? 'directory_refused' : `directory_refused ${cause}`;
}

function handlerOf({ backoffice, request }: AuthCall) {
  const { directory } = backoffice.auth;
  if (directory === null) throw edgeProblem('not_found', localeOf(request));
  return directory.handle;
}
