import { createHash } from 'node:crypto';
import { askResetSchema, redeemResetSchema } from '@renkei/contract/shop/account.ts';
import { told } from '@renkei/contract/text.ts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { setPassword } from '../../../access/accounts.ts';
import { findReset, type Resetting, takeReset } from '../../../access/password-resets.ts';
import { networkOf } from '../../../access/sign-in-tries.ts';
import { addressOf } from '../../address.ts';
import type { Backoffice } from '../../backoffice.ts';
import { edgeProblem } from '../../problems/problems.ts';
import { actorOf, type Call, route } from '../../route.ts';
import { checkPassword } from './new-password.ts';

/** Tries from one address of the network, and mails to one person. Windows in seconds. */
const FROM_ADDRESS = { window: 600, max: 20 };
const TO_ACCOUNT = { window: 3_000, max: 3 };

/** A forgotten password: a mailed link, good once, sets another one. */
export function resetRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  route(app, backoffice, {
    method: 'POST',
    url: '/v1/password-resets',
    deed: 'public',
    summary: 'Mails a link to set another password; the answer never says whether to anybody',
    body: askResetSchema,
    answers: { 202: z.object({}) },
    async handle(call) {
      const { body, locale, request } = call;
      const { mailReset, auth } = backoffice;
      if (mailReset === null) throw edgeProblem('no_mail_server', locale);
      await countFromAddress(call);
      const account = createHash('sha256').update(body.email.toLowerCase()).digest('hex');
      const isFew = await auth.countTry(`reset of ${account}`, TO_ACCOUNT);
      // It mails after the answer, which so takes as long for an unknown address.
      if (isFew) mailReset(body.email, { ip: addressOf(request), requestId: request.id });
      return { status: 202, body: {} };
    },
  });
  route(app, backoffice, {
    method: 'POST',
    url: '/v1/password-resets/redeem',
    deed: 'public',
    summary: 'Sets another password by a mailed link; every session of the person ends',
    body: redeemResetSchema,
    answers: { 200: z.object({ email: told }) },
    async handle(call) {
      await countFromAddress(call);
      const { body, locale } = call;
      const found = await findReset(backoffice.db, body.token);
      if (found === null) throw edgeProblem('reset_gone', locale);
      const shops = await backoffice.membershipsOf(found.id);
      checkPassword(body.password, { ...found, shops }, locale);
      if (!(await takeReset(backoffice.db, body.token))) throw edgeProblem('reset_gone', locale);
      await change(call, found, body.password);
      return { status: 200, body: { email: found.email } };
    },
  });
}

/**
 * The second factor stays (ASVS 6.4.3), unless nobody has proved the address before: then whoever
 * made the account may be somebody else.
 */
async function change({ backoffice, request }: Call, found: Resetting, password: string) {
  const { auth, db } = backoffice;
  if (!found.isProved) return auth.handOver(found.id, password);
  await setPassword(db, { userId: found.id, actor: actorOf(found, request) }, password);
}

async function countFromAddress({ backoffice, request, reply, locale }: Call): Promise<void> {
  const key = `reset from ${networkOf(addressOf(request))}`;
  if (await backoffice.auth.countTry(key, FROM_ADDRESS)) return;
  reply.header('retry-after', String(FROM_ADDRESS.window));
  throw edgeProblem('too_many_requests', locale);
}
