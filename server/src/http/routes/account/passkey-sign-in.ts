import type { PasskeyProof } from '@renkei/contract/shop/passkeys.ts';
import type { FastifyReply } from 'fastify';
import { askForPasskey, readProof } from '../../../access/passkeys.ts';
import { ownCookie, ownCookieIn } from '../../../access/session-cookie.ts';
import { networkOf } from '../../../access/sign-in-tries.ts';
import { hashToken, newToken } from '../../../access/tokens.ts';
import {
  findPasskey,
  keepChallenge,
  takeChallenge,
  usePasskey,
} from '../../../store/people/passkeys.ts';
import { addressOf } from '../../address.ts';
import { edgeProblem } from '../../problems/problems.ts';
import { headersOf, localeOf } from '../../route.ts';
import { type AuthCall, answer, headersFor } from './pass.ts';
import { endFormerSession, logFailure, placeOf, remember } from './sign-in.ts';

/** Tries from one address of the network; nobody guesses a key, so this only keeps the server free. */
const FROM_ADDRESS = { window: 60, max: 60 };

/** The secret that ties a challenge to the browser that asked for it. */
const COOKIE = 'passkey';
const COOKIE_S = 300;

/** Begins a sign-in by passkey: a challenge for this browser, good once and for five minutes. */
export async function askPasskey(call: AuthCall): Promise<FastifyReply> {
  const { backoffice, reply } = call;
  const { db, publicUrl } = backoffice;
  await countFromAddress(call);
  const { token } = newToken();
  const options = await askForPasskey(publicUrl);
  await keepChallenge(db, bindingOf(token), options.challenge);
  reply.header('set-cookie', ownCookie(publicUrl, COOKIE, token, COOKIE_S));
  return reply.status(200).send(options);
}

/** Signs a person in by a passkey of theirs. */
export async function signInByPasskey(call: AuthCall): Promise<FastifyReply> {
  const { backoffice, request } = call;
  await countFromAddress(call);
  const { passkey: proof } = request.body as { readonly passkey: PasskeyProof };
  const owner = await provedOwner(call, proof);
  if (owner === null) throw edgeProblem('passkey_refused', localeOf(request));
  await endFormerSession(call);
  const answered = await backoffice.auth.beginSession(owner.userId, headersFor(call));
  if (answered.ok) await remember(call, placeOf(call, owner.email));
  return answer(answered, call);
}

/** Finds the person whose passkey has signed this browser's challenge; null if none has. */
async function provedOwner(call: AuthCall, proof: PasskeyProof) {
  const { backoffice, request } = call;
  const { db, publicUrl } = backoffice;
  const token = ownCookieIn(headersOf(request), publicUrl, COOKIE);
  const challenge = token === null ? null : await takeChallenge(db, bindingOf(token));
  const passkey = await findPasskey(db, proof.id);
  if (passkey === null) return null;
  const counter = challenge && (await readProof(publicUrl, challenge, passkey, proof));
  if (counter !== null && counter !== '' && (await usePasskey(db, passkey.id, counter))) {
    return passkey;
  }
  await logFailure(call, passkey.email, 'passkey');
  return null;
}

const bindingOf = (token: string) => `of browser ${hashToken(token).toString('hex')}`;

async function countFromAddress({ backoffice, request, reply }: AuthCall): Promise<void> {
  const key = `passkey from ${networkOf(addressOf(request))}`;
  if (await backoffice.auth.countTry(key, FROM_ADDRESS)) return;
  reply.header('retry-after', String(FROM_ADDRESS.window));
  throw edgeProblem('too_many_requests', localeOf(request));
}
