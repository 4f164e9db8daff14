import { ACTS, type ActName } from '@renkei/contract/attention/acts.ts';
import { keysOf } from '@renkei/core/domain/order/states.ts';
import { beforeAll, expect, test } from 'vitest';
import type { ReceivedMail } from '../../../demo/mailbox.ts';
import { type Someone, someone, turnOn, visitor } from '../../../test/kit/people.ts';
import { openMailbox } from '../../../test/kit/servers.ts';
import { type DevEnv, openDevEnv, PASSWORD } from '../../../test/kit/worlds.ts';
import { removeSecondFactors, setPassword } from '../../src/access/accounts.ts';
import { logAccess } from '../../src/store/audit/access-log.ts';
import { rename } from '../../src/store/people/people.ts';

/** A person is mailed about each change of how they come in, whoever makes it. */
let env: DevEnv;
let mails: readonly ReceivedMail[];
beforeAll(async () => {
  const mailbox = await openMailbox();
  mails = mailbox.mails;
  env = await openDevEnv({ smtpUrl: mailbox.smtpUrl });
});

const ADMIN = { kind: 'system', id: 'admin', name: '渡辺（npm run admin）' } as const;

/** The texts of the mails about an address's account, the oldest first. */
const noticesTo = (email: string) =>
  mails
    .filter(({ to, subject }) => to === email && subject.includes('アカウントの変更'))
    .map(({ text }) => text)
    .toReversed();

/** Waits for a mail to a person that says this. */
async function told(email: string, words: string): Promise<string> {
  const find = () => noticesTo(email).find((text) => text.includes(words));
  await expect.poll(find, { message: words }).toBeDefined();
  return find() ?? '';
}

test('ASVS 6.3.7: a person is mailed about their own changes, with time and place', async () => {
  const { email, name } = await someone(env);
  const here = await visitor(env, email);
  await turnOn(here);
  const text = await told(email, '二段階認証が有効になりました。');
  expect(text).toContain('Two-step sign-in was turned on.');
  expect(text).toContain(`操作した人：${name}`);
  expect(text).toMatch(/日時：\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}（日本時間）/);
  const body = { password: PASSWORD };
  await here.send('POST', '/api/auth/two-factor/generate-backup-codes', { body });
  await told(email, 'リカバリーコードが作り直されました。');
  await here.send('POST', '/api/auth/two-factor/disable', { body });
  await told(email, '二段階認証が無効になりました。');
  const newPassword = 'another rather long one';
  await here.send('POST', '/api/auth/change-password', {
    body: { currentPassword: PASSWORD, newPassword },
  });
  await told(email, 'パスワードが変更されました。');
  expect(noticesTo(email)).toHaveLength(4);
});

test('ASVS 6.3.7: a person is mailed about what an administrator changes, at any door', async () => {
  const { email, id } = await someone(env);
  await turnOn(await visitor(env, email));
  const change = { userId: id, actor: ADMIN };
  await setPassword(env.db, change, 'another rather long one');
  expect(await told(email, 'パスワードが変更されました。')).toContain(ADMIN.name);
  await removeSecondFactors(env.db, change);
  expect(await told(email, '二段階認証が無効になりました。')).toContain(ADMIN.name);
  await rename(env.db, { ...change, name: '花子' });
  expect(await told(email, '氏名が変更されました。')).toContain('対象：花子');
});

test('another address is told to the former one, too', async () => {
  const { email, id } = await someone(env);
  const other = `other-${email}`;
  await env.db.query('update "user" set "email" = $2 where "id" = $1', [id, other]);
  for (const address of [email, other]) {
    expect(await told(address, 'メールアドレスが変更されました。')).toContain(`対象：${other}`);
  }
});

test('a person is not mailed about a name that they gave themselves, and once for all shops', async () => {
  const { email, id, client } = await someone(env);
  await env.db.query(
    `insert into members (shop_id, user_id, role) values ('minato', $1, 'clerk')`,
    [id],
  );
  await client.send('PATCH', '/v1/account', { body: { name: '花子' } });
  await setPassword(env.db, { userId: id, actor: ADMIN }, 'another rather long one');
  await told(email, 'パスワードが変更されました。');
  const { rows } = await env.db.query(
    `select shop_id, occasion from mails where kind = 'account_notice' and recipient = $1`,
    [email],
  );
  expect(rows).toMatchObject([{ shop_id: 'hanamichi' }]);
});

test('the database mails the acts that the contract says, and no others', async () => {
  const { email, id }: Someone = await someone(env);
  const { rows } = await env.db.query<{ action: ActName }>(
    'select action from unnest($1::text[]) as action where is_mailed(action)',
    [keysOf(ACTS)],
  );
  const mailed = keysOf(ACTS).filter((act) => 'mailed' in ACTS[act]);
  expect(rows.map(({ action }) => action)).toEqual(mailed);
  for (const action of mailed) await logAccess(env.db, id, { action });
  // A name that nobody else has given is told to nobody.
  await expect.poll(() => noticesTo(email).length).toBe(mailed.length - 1);
});
