import {
  accountSchema,
  removePasskeySchema,
  withPasswordSchema,
} from '@renkei/contract/shop/account.ts';
import { addPasskeySchema, passkeyOptionsSchema } from '@renkei/contract/shop/passkeys.ts';
import type { FastifyInstance } from 'fastify';
import { offerPasskey, readRegistration } from '../../../access/passkeys.ts';
import { endSessions } from '../../../access/sessions.ts';
import {
  addPasskey,
  keepChallenge,
  listPasskeys,
  removePasskey,
  takeChallenge,
} from '../../../store/people/passkeys.ts';
import type { Backoffice } from '../../backoffice.ts';
import { edgeProblem } from '../../problems/problems.ts';
import { type Call, route } from '../../route.ts';
import { viewAccount } from './account-view.ts';

/** Guesses of the password within a minute, as better-auth counts them at the other factor. */
const GUESSES = { window: 60, max: 10 };

/** The person's own passkeys. A change of them ends every other session (ASVS 7.4.3). */
export function passkeyRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  const { db, publicUrl } = backoffice;
  route(app, backoffice, {
    method: 'POST',
    url: '/v1/account/passkeys/offer',
    deed: 'signed_in',
    summary: 'Begins to add a passkey: the browser’s options, for five minutes and this session',
    body: withPasswordSchema,
    answers: { 200: passkeyOptionsSchema },
    async handle(call) {
      const { user } = call;
      await checkCurrent(call, call.body.password);
      const known = await listPasskeys(db, user.id);
      const ids = known.map(({ id }) => id);
      const options = await offerPasskey(publicUrl, user, ids);
      await keepChallenge(db, bindingOf(user), options.challenge);
      return { status: 200, body: options };
    },
  });
  route(app, backoffice, {
    method: 'POST',
    url: '/v1/account/passkeys',
    deed: 'signed_in',
    summary: 'Adds the passkey that the browser has made; every other session ends',
    body: addPasskeySchema,
    answers: { 200: accountSchema },
    async handle(call) {
      const { user, body, actor, locale } = call;
      const challenge = await takeChallenge(db, bindingOf(user));
      const passkey = challenge && (await readRegistration(publicUrl, challenge, body.passkey));
      if (!passkey) throw edgeProblem('passkey_unusable', locale);
      const named = { ...passkey, userId: user.id, name: body.name };
      if (!(await addPasskey(db, named, actor))) throw edgeProblem('passkey_unusable', locale);
      return changed(call);
    },
  });
  route(app, backoffice, {
    method: 'POST',
    url: '/v1/account/passkeys/removal',
    deed: 'signed_in',
    summary: 'Removes a passkey of the person; every other session ends',
    body: removePasskeySchema,
    answers: { 200: accountSchema },
    async handle(call) {
      const { user, actor, body, locale } = call;
      await checkCurrent(call, body.password);
      const isGone = !(await removePasskey(db, { userId: user.id, id: body.id, actor }));
      if (isGone) throw edgeProblem('passkey_gone', locale);
      return changed(call);
    },
  });
}

/** A change of how a person comes in takes their password again (ASVS 7.5.1). */
async function checkCurrent({ backoffice, user, locale }: Call, password: string): Promise<void> {
  const { auth } = backoffice;
  const isFew = await auth.countTry(`passkey of ${user.id}`, GUESSES);
  if (!isFew) throw edgeProblem('too_many_requests', locale);
  const isRight = await auth.isPassword(user.id, password);
  if (!isRight) throw edgeProblem('password_wrong', locale);
}

async function changed(call: Call) {
  const { backoffice, user, actor } = call;
  await endSessions(backoffice.db, { userId: user.id, except: user.sessionId, actor });
  return viewAccount(call, user.name);
}

const bindingOf = ({ sessionId }: Call['user']) => `of session ${sessionId}`;
