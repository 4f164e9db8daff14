import { text } from '@renkei/contract/text.ts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AUTH_PATHS, CLIENT_ADDRESS_HEADER } from '../../../access/auth.ts';
import {
  beginSignIn,
  forgetFailures,
  noteSignIn,
  type SignIn,
  uncountSignIn,
} from '../../../access/sign-in-tries.ts';
import { newToken } from '../../../access/tokens.ts';
import { logFailedSignIn } from '../../../store/audit/settings-log.ts';
import { addressOf } from '../../address.ts';
import type { Backoffice } from '../../backoffice.ts';
import { sendProblem } from '../../errors.ts';
import { edgeProblem, type HttpProblem } from '../../problems/problems.ts';
import { headersOf, localeOf } from '../../route.ts';

/** The input of better-auth: flat, with texts that PostgreSQL can store. */
const bodySchema = z
  .record(text({ max: 100 }), z.union([text({ max: 2_000 }), z.boolean(), z.number(), z.null()]))
  .nullish();

/** Signing in and out. Only the listed paths are open; refusals are problems, too. */
export function authRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  for (const { method, path } of AUTH_PATHS) {
    const url = `/api/auth${path}`;
    app.declaredRoutes.push({ method, url, permission: 'public' });
    app.route({
      method,
      url,
      schema: { hide: true, ...(method === 'POST' ? { body: bodySchema } : {}) },
      handler: (request, reply) =>
        path === '/sign-in/email'
          ? signIn(backoffice, url, request, reply)
          : pass(backoffice, url, request, reply),
    });
  }
}

/** A try to sign in: counted before it is made, forgiven if it succeeds. */
async function signIn(
  backoffice: Backoffice,
  url: string,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const { db } = backoffice;
  const address = addressOf(request);
  const tried: SignIn = { email: emailIn(request.body), address, browser: browserOf(request) };
  const admitted = await beginSignIn(db, tried);
  if (admitted.kind === 'closed') {
    reply.header('retry-after', String(admitted.waitS));
    return sendProblem(edgeProblem('too_many_requests', localeOf(request)), request, reply);
  }
  const answered = await ask(backoffice, url, request).catch(async (error: unknown) => {
    await uncountSignIn(db, admitted.keys);
    throw error;
  });
  if (answered.ok) {
    await forgetFailures(db, admitted.keys);
    await remember(backoffice, tried, reply);
  } else if (answered.status === 401) {
    await logFailedSignIn(db, tried.email, { ip: address, requestId: request.id });
  } else await uncountSignIn(db, admitted.keys);
  return answer(answered, request, reply);
}

/** Remembers the place of a successful sign-in as one of this person's places. */
async function remember({ db, publicUrl }: Backoffice, tried: SignIn, reply: FastifyReply) {
  const browser = tried.browser ?? newToken().token;
  await noteSignIn(db, { ...tried, browser });
  const secure = publicUrl.startsWith('https:') ? '; Secure' : '';
  reply.header(
    'set-cookie',
    `${BROWSER}=${browser}; Path=/api/auth; HttpOnly; SameSite=Lax; Max-Age=${YEAR_S}${secure}`,
  );
}

const BROWSER = 'renkei.browser';
const YEAR_S = 365 * 24 * 60 * 60;

function browserOf({ headers }: FastifyRequest): string | null {
  return (
    new RegExp(`(?:^|; )${BROWSER}=([\\w-]{43})(?:;|$)`).exec(headers.cookie ?? '')?.[1] ?? null
  );
}

async function pass(
  backoffice: Backoffice,
  url: string,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  return answer(await ask(backoffice, url, request), request, reply);
}

function ask(
  { auth, publicUrl }: Backoffice,
  url: string,
  request: FastifyRequest,
): Promise<Response> {
  const headers = headersOf(request);
  headers.set(CLIENT_ADDRESS_HEADER, addressOf(request)); // whatever the client has claimed
  headers.delete('content-length');
  const hasBody = request.method === 'POST';
  if (hasBody) headers.set('content-type', 'application/json');
  const asked = new Request(new URL(url, publicUrl), {
    method: request.method,
    headers,
    ...(hasBody ? { body: JSON.stringify(request.body ?? {}) } : {}),
  });
  return auth.handle(asked);
}

async function answer(answered: Response, request: FastifyRequest, reply: FastifyReply) {
  if (!answered.ok) return sendProblem(refusal(answered.status, request), request, reply);
  for (const cookie of answered.headers.getSetCookie()) reply.header('set-cookie', cookie);
  if (request.url.endsWith('/sign-out')) reply.header('clear-site-data', '"cache", "storage"');
  return reply
    .status(answered.status)
    .type('application/json; charset=utf-8')
    .send(withoutTokens(await answered.text()));
}

/** The session's token stands in its cookie only, which no script can read. */
function withoutTokens(body: string): string {
  if (body === '') return body;
  return JSON.stringify(
    JSON.parse(body, (name, value: unknown) => (name === 'token' ? undefined : value)),
  );
}

function emailIn(body: unknown): string {
  return typeof body === 'object' && body !== null && 'email' in body ? String(body.email) : '';
}

function refusal(status: number, request: FastifyRequest): HttpProblem {
  const locale = localeOf(request);
  if (status === 429) return edgeProblem('too_many_requests', locale);
  if (status === 401 || status === 403) return edgeProblem('sign_in_failed', locale);
  return edgeProblem(status < 500 ? 'invalid_request' : 'internal_error', locale);
}
