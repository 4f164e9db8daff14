import { beforeAll, expect, test } from 'vitest';
import type { Mailbox } from '../../../demo/mailbox.ts';
import { openMailbox } from '../../../test/kit/servers.ts';
import { type DevEnv, openDevEnv } from '../../../test/kit/worlds.ts';
import { Digest } from '../../src/workers/digest.ts';

/** The morning's mail about waiting work, over real SMTP. */
let env: DevEnv;
let box: Mailbox;
beforeAll(async () => {
  box = await openMailbox();
  env = await openDevEnv({ smtpUrl: box.smtpUrl });
});

const digestAt = (hour: number) =>
  new Digest({
    db: env.db,
    publicUrl: env.url,
    hour,
    onError: (error) => {
      throw error;
    },
  });

test('the digest goes to every responsible person, once a day, and only if work waits', async () => {
  const clerk = await env.signIn('clerk');
  await env.signIn('accountant');
  await env.signIn('viewer');
  expect(await digestAt(0).round()).toBe(0); // nothing waits
  const orderNumber = await env.order();
  const { version } = (await clerk.get(`/v1/orders/${orderNumber}`)).body;
  const body = { to: 'cancelled', cancelTransaction: false };
  await clerk.post(`/v1/orders/${orderNumber}/status`, { version, body });
  await env.renkei.backoffice.attendant.attend('hanamichi', [orderNumber]);

  expect(await digestAt(24).round()).toBe(0); // not yet
  await env.db.query('update shops set digest = false');
  expect(await digestAt(0).round()).toBe(0); // switched off
  await env.db.query('update shops set digest = true');
  expect(await digestAt(0).round()).toBe(2);
  expect(await digestAt(0).round()).toBe(0); // once a day
  await expect.poll(() => box.mails.length, { timeout: 15_000 }).toBe(2);
  expect(box.mails.map(({ to }) => to.split('-')[0]).sort()).toEqual(['accountant', 'clerk']);
  const [mail] = box.mails;
  expect(mail?.subject).toBe('【花道文具店】要対応 1件（今すぐ 0件） / 1 need attention');
  expect(mail?.text).toContain(`・承認の残り　${orderNumber}　¥9,115`);
  expect(mail?.text).toContain(`- Authorization left: ${orderNumber}, ¥9,115`);
  expect(mail?.text).toContain(`${env.url}/attention`);
  const sent = async () =>
    (await env.db.query(`select 1 from mails where state = 'sent'`)).rowCount;
  await expect.poll(sent, { timeout: 5_000 }).toBe(2);
});
