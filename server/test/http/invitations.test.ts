import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Mailbox } from '../../../demo/mailbox.ts';
import { Client } from '../../../test/kit/clients.ts';
import { openMailbox } from '../../../test/kit/servers.ts';
import { type DevEnv, openDevEnv, PASSWORD } from '../../../test/kit/worlds.ts';
import { findAccount } from '../../src/store/people/account-origins.ts';

/** S2: a mail proves an address before its account can enter another shop. */
const SQUATTED = 'a password that Mallory knows';

const invite = (owner: Client, email: string, role = 'owner') =>
  owner.post('/v1/invitations', { body: { email, name: '鈴木', role } });
const tokenOf = (text: string) => /invitation#([\w-]{43})/.exec(text)?.[1] ?? '';
const accept = (by: Client, token: string, password?: string) =>
  by.post('/v1/invitations/accept', {
    body: { token, ...(password === undefined ? {} : { password }) },
  });

describe('with mail', { timeout: 120_000 }, () => {
  let mailbox: Mailbox;
  let env: DevEnv;
  let minato: Client;
  beforeAll(async () => {
    mailbox = await openMailbox();
    env = await openDevEnv({ smtpUrl: mailbox.smtpUrl });
    minato = await env.signIn('owner', 'minato');
  });
  afterAll(async () => {
    await env?.close();
  });

  async function mailedTo(email: string): Promise<string> {
    const find = () => mailbox.mails.find(({ to }) => to === email)?.text ?? '';
    await expect.poll(find).toMatch(/invitation#/);
    return tokenOf(find());
  }

  test('the link goes to the person, not to the inviter, and proves the address', async () => {
    const { status, body } = await invite(minato, 'cfo@minato.example', 'clerk');
    expect([status, body.link, body.invitation.mail]).toEqual([201, null, 'queued']);
    const token = await mailedTo('cfo@minato.example');
    const listed = async () => (await minato.get('/v1/invitations')).body.items[0].mail;
    await expect.poll(listed).toBe('sent');
    const { rows } = await env.db.query(`select * from mails where kind = 'invitation'`);
    expect(JSON.stringify(rows)).not.toContain(token); // it is a secret
    expect((await accept(new Client(env.url), token, PASSWORD)).status).toBe(200);
    expect(await findAccount(env.db, 'CFO@minato.example')).toMatchObject({
      isProved: true,
      way: 'mailed_link',
      shops: ['minato'],
    });
  });

  test('the mailed link hands over an account that somebody else has made', async () => {
    const email = 'ceo@minato.example';
    const made = await env.renkei.backoffice.auth.createUser({
      email,
      name: 'みなと社長',
      password: SQUATTED,
      isProved: false,
    });
    const mallory = await Client.signIn(env.url, email, SQUATTED);
    await env.db.query(
      `insert into "twoFactor" ("id", "secret", "backupCodes", "userId") values ('x', 'x', 'x', $1)`,
      [made.id],
    );
    await env.db.query(`update "user" set "twoFactorEnabled" = true where id = $1`, [made.id]);
    await env.db.query(
      `insert into passkeys (id, user_id, name, public_key, counter, transports)
       values ('x', $1, 'x', '\\x00', 0, '{}')`,
      [made.id],
    );
    await env.db.query(
      `insert into "account" ("id", "userId", "providerId", "accountId", "updatedAt")
       values ('x', $1, 'directory', 'https://login.example.jp x', now())`,
      [made.id],
    );
    await invite(minato, email);
    const token = await mailedTo(email);
    const look = await mallory.post('/v1/invitations/look', { body: { token } });
    expect(look.body).toMatchObject({ hasAccount: false, handsOver: true, isSignedIn: false });
    expect((await accept(mallory, token)).body.code).toBe('password_wanted');
    expect((await accept(new Client(env.url), token, PASSWORD)).status).toBe(200);
    expect((await mallory.get('/v1/me')).status).toBe(401);
    await expect(Client.signIn(env.url, email, SQUATTED)).rejects.toThrow(/sign_in_failed/);
    const { body } = await (await Client.signIn(env.url, email, PASSWORD)).get('/v1/me');
    expect(body.shops).toMatchObject([{ id: 'minato', role: 'owner' }]);
    const { rows } = await env.db.query(
      `select "providerId" as way from "account" where "userId" = $1
       union all select id from passkeys where user_id = $1`,
      [made.id],
    );
    expect(rows).toEqual([{ way: 'credential' }]);
    expect(await findAccount(env.db, email)).toMatchObject({ isProved: true });
  });

  test('an account with a proved address is not handed over: its person signs in', async () => {
    const known = await env.signIn('viewer', 'hanamichi');
    const { email } = (await known.get('/v1/me')).body.user;
    await invite(minato, email, 'viewer');
    const token = await mailedTo(email);
    const stranger = await accept(new Client(env.url), token, SQUATTED);
    expect(stranger.body.code).toBe('sign_in_to_accept');
    expect((await accept(known, token)).status).toBe(200);
    expect((await known.get('/v1/me')).body.shops).toHaveLength(2);
  });
});

describe('without mail', { timeout: 120_000 }, () => {
  let env: DevEnv;
  let kotori: Client;
  let minato: Client;
  beforeAll(async () => {
    env = await openDevEnv();
    kotori = await env.signIn('owner', 'hanamichi');
    minato = await env.signIn('owner', 'minato');
  });
  afterAll(() => env?.close());

  test('an owner of one shop cannot become one of another by an account in somebody’s name', async () => {
    const email = 'ceo@minato.example';
    const { body } = await invite(kotori, email, 'viewer');
    expect(body.invitation.mail).toBeNull();
    expect((await accept(new Client(env.url), tokenOf(body.link), SQUATTED)).status).toBe(200);
    expect(await findAccount(env.db, email)).toMatchObject({
      isProved: false,
      way: 'shown_link',
      shops: ['hanamichi'],
    });
    const mallory = await Client.signIn(env.url, email, SQUATTED);
    const token = tokenOf((await invite(minato, email)).body.link);
    for (const by of [mallory, new Client(env.url)]) {
      const refused = await accept(by, token, PASSWORD);
      expect([refused.status, refused.body.code]).toEqual([409, 'address_unproved']);
    }
    expect((await mallory.get('/v1/me')).body.shops).toMatchObject([{ id: 'hanamichi' }]);
    // Nor can the link of the first shop take an account over.
    const again = tokenOf((await invite(kotori, 'owner-2@example.jp')).body.link);
    expect((await accept(new Client(env.url), again, SQUATTED)).body.code).toBe(
      'sign_in_to_accept',
    );
  });
});
