import { accountSchema, changeAccountSchema } from '@renkei/contract/shop/account.ts';
import { text } from '@renkei/contract/text.ts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { endSessions, listSessions } from '../../../access/sessions.ts';
import { rename } from '../../../store/people/people.ts';
import type { Backoffice } from '../../backoffice.ts';
import { edgeProblem } from '../../problems/problems.ts';
import { type Call, route } from '../../route.ts';
import { instant } from '../../views/instant.ts';

const params = z.object({ id: text({ max: 64 }) });

/** The signed-in person's own account. Password and second factor change under /api/auth. */
export function accountRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  const { db } = backoffice;
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/account',
    deed: 'signed_in',
    summary: 'The signed-in person’s account, with its sessions',
    answers: { 200: accountSchema },
    handle: (call) => view(call, call.user.name),
  });
  route(app, backoffice, {
    method: 'PATCH',
    url: '/v1/account',
    deed: 'signed_in',
    summary: 'Changes the person’s name, which history and logs show from now on',
    body: changeAccountSchema,
    answers: { 200: accountSchema },
    async handle(call) {
      const { name } = call.body;
      await rename(db, { userId: call.user.id, name, actor: call.actor });
      return view(call, name);
    },
  });
  route(app, backoffice, {
    method: 'DELETE',
    url: '/v1/account/sessions',
    deed: 'signed_in',
    summary: 'Ends every other session of the person',
    answers: { 200: accountSchema },
    async handle(call) {
      const { user, actor } = call;
      await endSessions(db, { userId: user.id, except: user.sessionId, actor });
      return view(call, user.name);
    },
  });
  route(app, backoffice, {
    method: 'DELETE',
    url: '/v1/account/sessions/:id',
    deed: 'signed_in',
    summary: 'Ends a session of the person',
    params,
    answers: { 200: accountSchema },
    async handle(call) {
      const { user, actor, params, locale } = call;
      const ended = await endSessions(db, { userId: user.id, id: params.id, actor });
      if (ended === 0) throw edgeProblem('session_gone', locale);
      return view(call, user.name);
    },
  });
}

async function view({ backoffice, user, memberships }: Call, name: string) {
  const { id, email, hasSecondFactor, sessionId } = user;
  const sessions = await listSessions(backoffice.db, id);
  const recoveryCodes = hasSecondFactor ? await backoffice.auth.countRecoveryCodes(id) : null;
  const demanding = memberships.filter(({ requireTwoFactor }) => requireTwoFactor);
  const body = {
    name,
    email,
    hasSecondFactor,
    recoveryCodes,
    demandedBy: demanding.map(({ shopName }) => shopName),
    sessions: sessions.map(({ begunAt, usedAt, endsAt, ...session }) => ({
      ...session,
      isThis: session.id === sessionId,
      begunAt: instant(begunAt),
      usedAt: instant(usedAt),
      endsAt: instant(endsAt),
    })),
  };
  return { status: 200, body };
}
