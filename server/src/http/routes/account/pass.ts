import type { FastifyReply, FastifyRequest } from 'fastify';
import { CLIENT_ADDRESS_HEADER } from '../../../access/auth-settings.ts';
import { addressOf } from '../../address.ts';
import type { Backoffice } from '../../backoffice.ts';
import { sendProblem } from '../../errors.ts';
import { type EdgeProblem, edgeProblem } from '../../problems/problems.ts';
import { headersOf, localeOf } from '../../route.ts';

/** A request to a path under /api/auth whose body its schema has checked. */
export type AuthCall = {
  readonly backoffice: Backoffice;
  readonly url: string;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
};

/** Passes a request on to better-auth as it is. */
export async function pass(call: AuthCall): Promise<FastifyReply> {
  return answer(await ask(call), call);
}

/** Asks better-auth, with another body than the request's if one is given. */
export function ask(call: AuthCall, body: unknown = call.request.body ?? {}): Promise<Response> {
  const { auth } = call.backoffice;
  return askOf((request) => auth.handle(request), call, call.url, body);
}

/** Asks one of the two instances of better-auth for a path of its own. */
export function askOf(
  handle: (request: Request) => Promise<Response>,
  call: AuthCall,
  url: string,
  body: unknown = {},
): Promise<Response> {
  const { backoffice, request } = call;
  const headers = headersFor(call);
  const hasBody = request.method === 'POST';
  if (hasBody) headers.set('content-type', 'application/json');
  const asked = new Request(new URL(url, backoffice.publicUrl), {
    method: request.method,
    headers,
    ...(hasBody ? { body: JSON.stringify(body) } : {}),
  });
  return handle(asked);
}

/** The request's headers for better-auth, with the client's address. */
export function headersFor({ request }: AuthCall): Headers {
  const headers = headersOf(request);
  headers.set(CLIENT_ADDRESS_HEADER, addressOf(request)); // whatever the client has claimed
  headers.delete('content-length');
  return headers;
}

/** Answers as better-auth did; a refusal is a problem. */
export async function answer(
  answered: Response,
  { request, reply }: AuthCall,
): Promise<FastifyReply> {
  if (!answered.ok) {
    const problem = edgeProblem(await problemOf(answered), localeOf(request));
    return sendProblem(problem, request, reply);
  }
  for (const cookie of answered.headers.getSetCookie()) reply.header('set-cookie', cookie);
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

/** better-auth's own codes of refusals that a person can do something about. */
const REFUSED: Readonly<Record<string, EdgeProblem>> = {
  INVALID_PASSWORD: 'password_wrong',
  INVALID_CODE: 'code_refused',
  INVALID_BACKUP_CODE: 'code_refused',
};

async function problemOf(answered: Response): Promise<EdgeProblem> {
  const { status } = answered;
  const { code = '' } = (await answered.json().catch(() => ({}))) as { code?: string };
  const known = REFUSED[code];
  if (known !== undefined) return known;
  if (status === 429) return 'too_many_requests';
  if (status === 401 || status === 403) return 'sign_in_failed';
  return status < 500 ? 'invalid_request' : 'internal_error';
}
