import { expect } from 'vitest';
import type { Client } from './clients.ts';
import { Authenticator, Visitor } from './visitors.ts';
import { type DevEnv, PASSWORD, SHOPS } from './worlds.ts';

/** A person who works in the first shop, with one session open. */
export type Someone = {
  readonly email: string;
  readonly id: string;
  readonly name: string;
  readonly client: Client;
};

export async function someone({ signIn }: DevEnv): Promise<Someone> {
  const client = await signIn('clerk');
  const { id, name, email } = (await client.get('/v1/me')).body.user;
  return { id, name, email, client };
}

/** A browser in which a person has typed the right password. */
export async function visitor(
  { url }: DevEnv,
  email: string,
  password = PASSWORD,
): Promise<Visitor> {
  const one = new Visitor(url);
  expect((await one.signIn(email, password)).status).toBe(200);
  return one;
}

/** Turns two-step sign-in on, with the code of the present step; the next sign-in takes a later one. */
export async function turnOn(one: Visitor, password = PASSWORD) {
  const offer = await one.send('POST', '/api/auth/two-factor/enable', { body: { password } });
  expect(offer.status).toBe(200);
  const app = new Authenticator(offer.body.totpURI);
  const codes: readonly string[] = offer.body.backupCodes;
  const firstCode = app.code();
  expect((await prove(one, firstCode)).status).toBe(200);
  return { app, codes, firstCode };
}

/** Types a code of the app. */
export function prove(one: Visitor, code: string) {
  return one.send('POST', '/api/auth/two-factor/verify-totp', { body: { code } });
}

/** Types a recovery code. */
export function proveByRecovery(one: Visitor, code: string) {
  return one.send('POST', '/api/auth/two-factor/verify-backup-code', { body: { code } });
}

export async function isSignedIn(one: Client | Visitor): Promise<boolean> {
  return (await one.get('/v1/me')).status === 200;
}

/** What the first shop's log says about a person: actions with their factors, the oldest first. */
export async function accessLogOf({ db }: DevEnv, id: string): Promise<string[]> {
  const { rows } = await db.query<{ said: string }>(
    `select concat_ws(' ', after ->> 'action', after ->> 'factor') as said from shop_log
      where area = 'access' and shop_id = $2 and subject = (select name from "user" where id = $1)
      order by n`,
    [id, SHOPS[0].shopId],
  );
  return rows.map(({ said }) => said);
}
