import { accountSchema, changeAccountSchema } from '@renkei/contract/shop/account.ts';
import { text } from '@renkei/contract/text.ts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { endSessions } from '../../../access/sessions.ts';
import { rename } from '../../../store/people/people.ts';
import type { Backoffice } from '../../backoffice.ts';
import { edgeProblem } from '../../problems/problems.ts';
import { route } from '../../route.ts';
import { viewAccount } from './account-view.ts';
import { passkeyRoutes } from './passkeys.ts';

const params = z.object({ id: text({ max: 64 }) });

/** The signed-in person's own account. Password and second factor change under /api/auth. */
export function accountRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  const { db } = backoffice;
  passkeyRoutes(app, backoffice);
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/account',
    deed: 'signed_in',
    summary: 'The signed-in person’s account, with its sessions',
    answers: { 200: accountSchema },
    handle: (call) => viewAccount(call, call.user.name),
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
      return viewAccount(call, name);
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
      return viewAccount(call, user.name);
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
      return viewAccount(call, user.name);
    },
  });
}
