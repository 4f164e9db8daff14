import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { ReceivedMail } from '../../../demo/mailbox.ts';
import { Client } from '../../../test/kit/clients.ts';
import {
  accessLogOf,
  isSignedIn,
  prove,
  someone,
  turnOn,
  visitor,
} from '../../../test/kit/people.ts';
import { openMailbox } from '../../../test/kit/servers.ts';
import { Visitor } from '../../../test/kit/visitors.ts';
import { type DevEnv, openDevEnv, PASSWORD } from '../../../test/kit/worlds.ts';

/** A forgotten password, with a real mail server. */
let env: DevEnv;
let mails: readonly ReceivedMail[];
beforeAll(async () => {
  const mailbox = await openMailbox();
  mails = mailbox.mails;
  env = await openDevEnv({ smtpUrl: mailbox.smtpUrl });
});
beforeEach(async () => {
  await env.db.query('truncate "rateLimit"');
});

const OTHER_PASSWORD = 'another rather long one';

function askFor(email: string) {
  return new Client(env.url).post('/v1/password-resets', { body: { email } });
}

function redeem(token: string, password = OTHER_PASSWORD) {
  return new Client(env.url).post('/v1/password-resets/redeem', { body: { token, password } });
}

/** The mails with a link to a person, the newest first. */
const mailsTo = (email: string) =>
  mails.filter(({ to, subject }) => to.includes(email) && subject.includes('パスワードの再設定'));

/** Asks for a mail; resolves to the secret of its link. */
async function tokenFor(email: string): Promise<string> {
  const before = mailsTo(email).length;
  expect((await askFor(email)).status).toBe(202);
  await expect.poll(() => mailsTo(email).length).toBe(before + 1);
  return /\/password-reset#([\w-]{43})\s/.exec(mailsTo(email)[0]?.text ?? '')?.[1] ?? '';
}

test('ASVS 6.4.3: a mailed link sets another password once, and ends every session', async () => {
  const { email, id, client } = await someone(env);
  const token = await tokenFor(email);
  expect((await redeem(token)).body).toEqual({ email });
  expect(await isSignedIn(client)).toBe(false);
  expect((await new Visitor(env.url).signIn(email, PASSWORD)).status).toBe(401);
  expect(await isSignedIn(await visitor(env, email, OTHER_PASSWORD))).toBe(true);
  const again = await redeem(token, 'a third good password');
  expect([again.status, again.body.code]).toEqual([404, 'reset_gone']);
  expect(await accessLogOf(env, id)).toEqual(
    expect.arrayContaining(['password_reset_asked', 'password_changed']),
  );
});

test('ASVS 6.3.8: the answer is the same for an address without an account, and no mail leaves', async () => {
  const { email } = await someone(env);
  const [known, unknown] = [await askFor(email), await askFor('nobody@example.jp')];
  expect([known.status, known.body]).toEqual([unknown.status, unknown.body]);
  await expect.poll(() => mailsTo(email).length).toBe(1);
  expect(mailsTo('nobody@example.jp')).toEqual([]);
});

test('the database keeps a hash of the link only, and no mail waits where others could read it', async () => {
  const { email } = await someone(env);
  const token = await tokenFor(email);
  const { rows } = await env.db.query<{ kept: string }>(
    `select r::text as kept from password_resets r
     union all select m::text from mails m union all select l::text from shop_log l`,
  );
  expect(rows.length).toBeGreaterThan(1);
  expect(JSON.stringify(rows)).not.toContain(token);
});

test('a link lasts half an hour by the database’s clock, and a newer one replaces it', async () => {
  const { email } = await someone(env);
  const older = await tokenFor(email);
  const token = await tokenFor(email);
  expect((await redeem(older)).body.code).toBe('reset_gone');
  const { rows } = await env.db.query<{ minutes: number }>(
    `select round(extract(epoch from expires_at - created_at) / 60)::int as minutes
       from password_resets order by created_at desc limit 1`,
  );
  expect(rows).toEqual([{ minutes: 30 }]);
  await env.db.query(`update password_resets set expires_at = now() - interval '1 second'`);
  expect((await redeem(token)).body.code).toBe('reset_gone');
});

test('two presses of one link set one password', async () => {
  const { email } = await someone(env);
  const token = await tokenFor(email);
  const passwords = ['the first good one', 'the second good one'];
  const replies = await Promise.all(passwords.map((password) => redeem(token, password)));
  expect(replies.map(({ status }) => status).toSorted()).toEqual([200, 404]);
  const winner = passwords[replies.findIndex(({ status }) => status === 200)] ?? '';
  expect(await isSignedIn(await visitor(env, email, winner))).toBe(true);
});

test('a weak password is refused, and the link stays good', async () => {
  const { email } = await someone(env);
  const token = await tokenFor(email);
  expect((await redeem(token, 'qwerty123456')).body.code).toBe('password_common');
  expect((await redeem(token, email)).body.code).toBe('password_personal');
  expect((await redeem(token)).status).toBe(200);
});

test('ASVS 6.4.3: the second factor stays', async () => {
  const { email } = await someone(env);
  const { app } = await turnOn(await visitor(env, email));
  await redeem(await tokenFor(email));
  const here = await visitor(env, email, OTHER_PASSWORD);
  expect(await isSignedIn(here)).toBe(false);
  expect((await prove(here, app.code(1))).status).toBe(200);
});

test('a link to an address that nobody had proved takes the second factor of the maker away', async () => {
  const { email, id } = await someone(env);
  await turnOn(await visitor(env, email));
  await env.db.query('update "user" set "emailVerified" = false where id = $1', [id]);
  await redeem(await tokenFor(email));
  expect(await isSignedIn(await visitor(env, email, OTHER_PASSWORD))).toBe(true);
});

test('nobody is flooded: three mails in 50 minutes to one person, twenty tries from one address', async () => {
  const { email } = await someone(env);
  for (let n = 0; n < 5; n += 1) expect((await askFor(email)).status).toBe(202);
  await expect.poll(() => mailsTo(email).length).toBe(3);
  const more = Array.from({ length: 16 }, (_, n) => askFor(`nobody-${n}@example.jp`));
  const statuses = (await Promise.all(more)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 429)).toHaveLength(1);
  expect(mailsTo(email)).toHaveLength(3);
  expect((await redeem('x'.repeat(43))).status).toBe(429);
});

test('a server without a mail server says whom to ask', async () => {
  const other = await openDevEnv();
  const reply = await new Client(other.url).post('/v1/password-resets', {
    body: { email: 'nobody@example.jp' },
  });
  expect([reply.status, reply.body.code]).toEqual([409, 'no_mail_server']);
});
