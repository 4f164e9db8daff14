import {
  changePasswordSchema,
  directoryAnswerSchema,
  nothingSchema,
  recoveryCodeSchema,
  signInSchema,
  totpSchema,
  withPasswordSchema,
} from '@renkei/contract/shop/account.ts';
import { passkeyProofSchema } from '@renkei/contract/shop/passkeys.ts';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { User } from '../../../access/auth.ts';
import { DIRECTORY } from '../../../access/directory.ts';
import { logAccess } from '../../../store/audit/access-log.ts';
import { addressOf } from '../../address.ts';
import type { Backoffice } from '../../backoffice.ts';
import { edgeProblem } from '../../problems/problems.ts';
import { headersOf, localeOf } from '../../route.ts';
import { beginDirectory, finishDirectory, signInWaysRoute } from './directory.ts';
import { checkPassword } from './new-password.ts';
import { type AuthCall, answer, ask, pass } from './pass.ts';
import { askPasskey, signInByPasskey } from './passkey-sign-in.ts';
import { proveFactor, signIn } from './sign-in.ts';

type AuthPath = {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** What the path takes, and nothing else; better-auth knows options that nobody may give. */
  readonly body: z.ZodType | null;
  /** The parameters that the path takes; absent: none. */
  readonly query?: z.ZodType;
  readonly handle: (call: AuthCall) => Promise<FastifyReply>;
};

/** The paths under /api/auth that are open to the outside. Signing up is not one of them. */
export const AUTH_PATHS: readonly AuthPath[] = [
  { method: 'POST', path: '/sign-in/email', body: signInSchema, handle: signIn },
  { method: 'POST', path: '/sign-out', body: nothingSchema, handle: signOut },
  { method: 'GET', path: '/get-session', body: null, handle: pass },
  { method: 'POST', path: '/change-password', body: changePasswordSchema, handle: changePassword },
  { method: 'POST', path: '/two-factor/enable', body: withPasswordSchema, handle: changeFactor },
  { method: 'POST', path: '/two-factor/disable', body: withPasswordSchema, handle: changeFactor },
  {
    method: 'POST',
    path: '/two-factor/generate-backup-codes',
    body: withPasswordSchema,
    handle: renewRecoveryCodes,
  },
  { method: 'POST', path: '/two-factor/verify-totp', body: totpSchema, handle: proveFactor },
  {
    method: 'POST',
    path: '/two-factor/verify-backup-code',
    body: recoveryCodeSchema,
    handle: proveFactor,
  },
  { method: 'POST', path: '/directory', body: nothingSchema, handle: beginDirectory },
  {
    method: 'GET',
    path: `/callback/${DIRECTORY}`,
    body: null,
    query: directoryAnswerSchema,
    handle: finishDirectory,
  },
  { method: 'POST', path: '/passkey/options', body: nothingSchema, handle: askPasskey },
  { method: 'POST', path: '/passkey/sign-in', body: passkeyProofSchema, handle: signInByPasskey },
];

/** Signing in and out, and the factors of it. Only the listed paths are open. */
export function authRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  signInWaysRoute(app, backoffice);
  for (const { method, path, body, query = z.strictObject({}), handle } of AUTH_PATHS) {
    const url = `/api/auth${path}`;
    app.declaredRoutes.push({ method, url, deed: 'public', permission: 'public' });
    app.route({
      method,
      url,
      schema: { hide: true, querystring: query, ...(body === null ? {} : { body }) },
      handler: (request, reply) => handle({ backoffice, url, request, reply }),
    });
  }
}

async function signOut(call: AuthCall) {
  const { backoffice, request, reply } = call;
  const user = await backoffice.auth.whoIs(headersOf(request));
  const answered = await ask(call);
  if (user !== null && answered.ok) {
    await logAccess(backoffice.db, user.id, { action: 'signed_out', ip: addressOf(request) });
  }
  reply.header('clear-site-data', '"cache", "storage"');
  return answer(answered, call);
}

/** The other sessions end with the former password, and this one gets another token. */
async function changePassword(call: AuthCall) {
  const user = await signedIn(call);
  const body = call.request.body as z.output<typeof changePasswordSchema>;
  const { backoffice, request } = call;
  const shops = await backoffice.membershipsOf(user.id);
  checkPassword(body.newPassword, { ...user, shops }, localeOf(request));
  return answer(await ask(call, { ...body, revokeOtherSessions: true }), call);
}

/** The database ends the other sessions: migration 043. */
async function changeFactor(call: AuthCall) {
  const user = await signedIn(call);
  if (call.url.endsWith('/enable') && user.hasApp) {
    throw edgeProblem('second_factor_on', localeOf(call.request));
  }
  return answer(await ask(call), call);
}

async function renewRecoveryCodes(call: AuthCall) {
  const user = await signedIn(call);
  const answered = await ask(call);
  if (answered.ok) {
    await logAccess(call.backoffice.db, user.id, { action: 'recovery_codes_renewed' });
  }
  return answer(answered, call);
}

async function signedIn({ backoffice, request }: AuthCall): Promise<User> {
  const user = await backoffice.auth.whoIs(headersOf(request), { prolongs: true });
  if (user === null) throw edgeProblem('not_signed_in', localeOf(request));
  return user;
}
