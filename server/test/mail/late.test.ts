import { afterEach, expect, test } from 'vitest';
import type { Mailbox } from '../../../demo/mailbox.ts';
import { openMailbox } from '../../../test/kit/servers.ts';
import { type DevEnv, openDevEnv } from '../../../test/kit/worlds.ts';
import { ConfigError, readConfig } from '../../src/config.ts';

/** A queue has an age: last month's mails do not go out because a server is set. */
const HOUR_MS = 3_600_000;
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const thing of open.splice(0)) await thing.close();
});

/** Pays orders while no mail server is set; their mails wait, `hours` long. */
async function backlog(env: DevEnv, count: number, hours: number): Promise<string[]> {
  const clerk = await env.signIn('clerk');
  const numbers: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const orderNumber = await env.order();
    await env.db.query(
      `insert into mails (shop_id, order_number, kind, occasion, created_at, due_at)
       values ('hanamichi', $1, 'payment_confirmation', 'a test', now() - $2 * interval '1 hour',
         now() - $2 * interval '1 hour')`,
      [orderNumber, hours],
    );
    numbers.push(orderNumber);
  }
  expect((await clerk.get('/v1/me')).status).toBe(200);
  return numbers;
}

test('without a mail server the screens say so, and how many mails wait', async () => {
  const env = await openDevEnv({});
  open.push(env);
  await backlog(env, 2, 30);
  await backlog(env, 1, 1);
  const owner = await env.signIn('owner');
  expect((await owner.get('/v1/me')).body.mailsLeave).toBe(false);
  const { body } = await owner.get('/v1/waiting-mails');
  expect(body).toMatchObject({ leaves: false, waiting: 3, ageMaxHours: 24, late: { count: 2 } });
});

test('a mail that has waited too long stays until a person sends or drops it; the rest go at once', {
  timeout: 60_000,
}, async () => {
  const box: Mailbox = await openMailbox();
  open.push(box);
  const env = await openDevEnv({ smtpUrl: box.smtpUrl, mailAgeMaxMs: HOUR_MS });
  open.push(env);
  const late = await backlog(env, 3, 2);
  const [fresh = ''] = await backlog(env, 1, 0);
  const sent = () => box.mails.map(({ subject }) => /\d{12}/.exec(subject)?.[0]).sort();
  await expect.poll(sent, { timeout: 20_000 }).toEqual([fresh]);

  const owner = await env.signIn('owner');
  const listed = (await owner.get('/v1/waiting-mails')).body;
  expect(listed).toMatchObject({ leaves: true, waiting: 3, ageMaxHours: 1 });
  expect(listed.late.items.map((one: { orderNumber: string }) => one.orderNumber)).toEqual(late);
  const [first, ...rest] = listed.late.items.map(({ id }: { id: number }) => id);
  const decide = (body: object) => owner.post('/v1/waiting-mails/decision', { body });
  expect((await decide({ decision: 'send' })).status).toBe(422);
  expect((await decide({ decision: 'send', ids: [first], upTo: first })).status).toBe(422);
  const viewer = await env.signIn('viewer');
  const body = { decision: 'send', ids: [first] };
  expect((await viewer.post('/v1/waiting-mails/decision', { body })).status).toBe(403);

  expect((await decide({ decision: 'send', ids: [first] })).body.late.count).toBe(2);
  await expect.poll(sent, { timeout: 20_000 }).toEqual([fresh, late[0]].sort());
  const [later = ''] = await backlog(env, 1, 3);
  expect((await decide({ decision: 'drop', upTo: listed.late.upTo })).body.late).toMatchObject({
    count: 1,
    items: [{ orderNumber: later }],
  });
  const { rows } = await env.db.query(
    'select state, error from mails where id = any($1) order by id',
    [rest],
  );
  expect(rows).toEqual(rest.map(() => ({ state: 'withheld', error: 'too_late' })));
  const log = await env.db.query(`select after from shop_log where after ? 'lateMails' order by n`);
  expect(log.rows.map(({ after }) => after)).toEqual([
    { lateMails: 'send', mails: 1 },
    { lateMails: 'drop', mails: 2 },
  ]);
  expect(sent()).toHaveLength(2);
});

test('SMTP_URL needs MAIL_FROM, an address that customers can answer', () => {
  const read = (environment: Record<string, string>) => () => readConfig(environment);
  const SMTP_URL = 'smtp://127.0.0.1:25';
  expect(read({ SMTP_URL })).toThrow(ConfigError);
  expect(read({ SMTP_URL })).toThrow('MAIL_FROM is required with SMTP_URL');
  expect(read({ SMTP_URL, MAIL_FROM: 'renkei@localhost' })).toThrow('must be an e-mail address');
  expect(read({ MAIL_AGE_MAX_HOURS: '0' })).toThrow('MAIL_AGE_MAX_HOURS');
  expect(read({ DATABASE_CONNECTIONS: '1' })).toThrow('DATABASE_CONNECTIONS must be a number');
  expect(read({ SMTP_URL, MAIL_FROM: 'shop@example.jp' })()).toMatchObject({
    mailFrom: 'shop@example.jp',
    mailAgeMaxMs: 24 * HOUR_MS,
    pools: { people: 12, background: 8, sessions: 4 },
  });
});
