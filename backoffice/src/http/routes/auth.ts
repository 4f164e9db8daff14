import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AUTH_PATHS, CLIENT_ADDRESS_HEADER } from '../../access/auth.ts';
import { logFailedSignIn } from '../../store/settings-log.ts';
import type { Backoffice } from '../backoffice.ts';
import { sendProblem } from '../errors.ts';
import { edgeProblem, type HttpProblem } from '../problems.ts';
import { headersOf, localeOf } from '../route.ts';

/** Signing in and out. Only the paths that are listed are open; refusals are problems, too. */
export function authRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  for (const { method, path } of AUTH_PATHS) {
    const url = `/api/auth${path}`;
    app.declaredRoutes.push({ method, url, permission: 'public' });
    app.route({
      method,
      url,
      schema: { hide: true },
      handler: (request, reply) => answer(backoffice, url, request, reply),
    });
  }
}

async function answer(
  { auth, db, publicUrl }: Backoffice,
  url: string,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const headers = headersOf(request);
  headers.set(CLIENT_ADDRESS_HEADER, request.ip); // whatever the client has claimed
  headers.delete('content-length');
  const hasBody = request.method === 'POST';
  if (hasBody) headers.set('content-type', 'application/json');
  const asked = new Request(new URL(url, publicUrl), {
    method: request.method,
    headers,
    ...(hasBody ? { body: JSON.stringify(request.body ?? {}) } : {}),
  });
  const answered = await auth.handle(asked);
  if (answered.status === 401 && url.endsWith('/sign-in/email')) {
    const from = { ip: request.ip, requestId: request.id };
    await logFailedSignIn(db, emailIn(request.body), from);
  }
  if (!answered.ok) return sendProblem(refusal(answered.status, request), request, reply);
  const cookies = answered.headers.getSetCookie();
  if (cookies.length > 0) reply.header('set-cookie', cookies);
  return reply
    .status(answered.status)
    .type('application/json; charset=utf-8')
    .send(await answered.text());
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
