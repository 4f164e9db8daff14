import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { AccountHolder } from '../../../access/auth.ts';
import { ownCookie, ownCookieIn } from '../../../access/session-cookie.ts';
import { endSessions } from '../../../access/sessions.ts';
import {
  beginSignIn,
  forgetFailures,
  noteSignIn,
  type SignIn,
  uncountSignIn,
} from '../../../access/sign-in-tries.ts';
import { newToken } from '../../../access/tokens.ts';
import { type Factor, logFailedSignIn } from '../../../store/audit/access-log.ts';
import { addressOf } from '../../address.ts';
import { sendProblem } from '../../errors.ts';
import { edgeProblem } from '../../problems/problems.ts';
import { actorOf, headersOf, localeOf } from '../../route.ts';
import { type AuthCall, answer, ask } from './pass.ts';

/** A try to sign in: counted before it is made, forgiven if the password is right. */
export async function signIn(call: AuthCall): Promise<FastifyReply> {
  const { request, reply } = call;
  const { db } = call.backoffice;
  const { email } = request.body as { readonly email: string };
  const tried = placeOf(call, email);
  const admitted = await beginSignIn(db, tried);
  if (admitted.kind === 'closed') {
    reply.header('retry-after', String(admitted.waitS));
    return sendProblem(edgeProblem('too_many_requests', localeOf(request)), request, reply);
  }
  const answered = await ask(call).catch(async (error: unknown) => {
    await uncountSignIn(db, admitted.keys);
    throw error;
  });
  if (answered.ok) {
    await forgetFailures(db, admitted.keys);
    await endFormerSession(call);
    if (!(await owesFactor(answered))) await remember(call, tried);
  } else if (answered.status === 401) await logFailure(call, email, 'password');
  else await uncountSignIn(db, admitted.keys);
  return answer(answered, call);
}

/** A code of the app or a recovery code: at a sign-in, or when two-step sign-in is turned on. */
export async function proveFactor(call: AuthCall): Promise<FastifyReply> {
  const { backoffice, request, reply } = call;
  const factor: Factor = call.url.endsWith('/verify-totp') ? 'totp' : 'recovery_code';
  const { code } = request.body as { readonly code: string };
  const person = await backoffice.auth.whoOwesFactor(headersOf(request));
  if (person !== null && factor === 'totp') {
    if ((await backoffice.auth.takeCode(person.id, code)) === 'used') {
      await logFailure(call, person.email, factor);
      return sendProblem(edgeProblem('code_refused', localeOf(request)), request, reply);
    }
  }
  const answered = await ask(call);
  if (person !== null) await noteFactor(call, person, factor, answered);
  return answer(answered, call);
}

async function noteFactor(
  call: AuthCall,
  { email }: AccountHolder,
  factor: Factor,
  answered: Response,
) {
  if (answered.ok) await remember(call, placeOf(call, email));
  else if (answered.status === 401) await logFailure(call, email, factor);
}

export function logFailure({ backoffice, request }: AuthCall, email: string, factor: Factor) {
  const from = { ip: addressOf(request), requestId: request.id };
  return logFailedSignIn(backoffice.db, { email, factor }, from);
}

/** Ends the session that the browser had, also another person's (ASVS 7.2.4). */
export async function endFormerSession({ backoffice, request }: AuthCall): Promise<void> {
  const { auth, db } = backoffice;
  const former = await auth.whoIs(headersOf(request));
  if (former === null) return;
  const actor = actorOf(former, request);
  await endSessions(db, { userId: former.id, id: former.sessionId, actor });
}

const owingSchema = z.object({ twoFactorRedirect: z.literal(true) });

async function owesFactor(answered: Response): Promise<boolean> {
  return owingSchema.safeParse(await answered.clone().json()).success;
}

/** Remembers the place of a complete sign-in as one of this person's places. */
export async function remember({ backoffice, reply }: AuthCall, tried: SignIn) {
  const { db, publicUrl } = backoffice;
  const browser = tried.browser ?? newToken().token;
  await noteSignIn(db, { ...tried, browser });
  reply.header('set-cookie', ownCookie(publicUrl, BROWSER, browser, YEAR_S));
}

const BROWSER = 'browser';
const YEAR_S = 365 * 24 * 60 * 60;

export function placeOf({ backoffice, request }: AuthCall, email: string): SignIn {
  const kept = ownCookieIn(headersOf(request), backoffice.publicUrl, BROWSER) ?? '';
  const browser = /^[\w-]{43}$/.test(kept) ? kept : null;
  return { email, address: addressOf(request), browser };
}
