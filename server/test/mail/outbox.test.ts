import { newOrder } from '@renkei/core/domain/order/place-order.ts';
import { LEAVING } from '@renkei/core/domain/rules/cancel-transaction.ts';
import { describe, expect, test } from 'vitest';
import type { Client } from '../../../test/kit/clients.ts';
import { amounts } from '../../../test/kit/desk.ts';
import { incoming } from '../../../test/kit/orders.ts';
import { openMailbox } from '../../../test/kit/servers.ts';
import { type DevEnv, openDevEnv } from '../../../test/kit/worlds.ts';
import { freePort } from '../../src/embedded/free-port.ts';
import { render } from '../../src/mail/render.ts';
import { DEFAULT_TEMPLATE } from '../../src/mail/templates.ts';

/** C8: 入金確認メール over real SMTP. */
async function world(smtpPort: number): Promise<{ env: DevEnv; clerk: Client }> {
  const env = await openDevEnv({ smtpUrl: `smtp://127.0.0.1:${smtpPort}` });
  return { env, clerk: await env.signIn('clerk') };
}

async function pay(env: DevEnv, clerk: Client, mail: 'auto' | 'manual'): Promise<string> {
  const orderNumber = await env.order();
  const { status } = await clerk.post(`/v1/orders/${orderNumber}/payment`, {
    body: { mail },
    version: 1,
  });
  expect(status).toBe(200);
  return orderNumber;
}

const counterOf = async (clerk: Client, orderNumber: string) =>
  (await clerk.get(`/v1/orders/${orderNumber}`)).body.paymentMail;

describe('入金確認メール', () => {
  test('C8: 入金確認メール is sent once the capture is known, and counted on the order', async () => {
    const port = await freePort();
    const box = await openMailbox(port);
    const { env, clerk } = await world(port);
    const orderNumber = await pay(env, clerk, 'auto');
    await expect.poll(() => box.mails.length, { timeout: 10_000 }).toBe(1);
    const [mail] = box.mails;
    expect(mail?.to).toBe('hanako@example.jp');
    expect(mail?.subject).toBe(
      `【花道文具店】ご入金を確認いたしました（受注コード ${orderNumber}）`,
    );
    expect(mail?.text).toContain('髙﨑 花子 様');
    expect(mail?.text).toContain('請求金額：9,115円\nご入金額：9,115円\n\n');
    expect(mail?.text).not.toContain('差額');
    await expect.poll(async () => (await counterOf(clerk, orderNumber)).sentCount).toBe(1);
    const { lastSentAt } = await counterOf(clerk, orderNumber);
    expect(Date.parse(lastSentAt)).toBeGreaterThan(Date.now() - 60_000);
    expect((await fetch(box.pageUrl)).status).toBe(200);
  });

  test('C8: 入金確認メール is left alone if manual sending was chosen', async () => {
    const port = await freePort();
    const box = await openMailbox(port);
    const { env, clerk } = await world(port);
    const manual = await pay(env, clerk, 'manual');
    await pay(env, clerk, 'auto'); // after this mail has come, the other would have come, too
    await expect.poll(() => box.mails.length, { timeout: 10_000 }).toBe(1);
    expect(await counterOf(clerk, manual)).toMatchObject({ sending: 'manual', sentCount: 0 });
  });

  test('C8: a failed capture asks for no mail', async () => {
    const port = await freePort();
    const { env, clerk } = await world(port);
    const orderNumber = await env.order();
    env.sandbox.gateway.faults.set([{ kind: 'decline', cgi: 'sale.cgi', times: 1 }]);
    await clerk.post(`/v1/orders/${orderNumber}/payment`, { body: {}, version: 1 });
    const { rowCount } = await env.db.query('select 1 from mails');
    expect(rowCount).toBe(0);
  });

  test('C4: after a capture of the former amount the mail names that amount and the open rest', async () => {
    const port = await freePort();
    const box = await openMailbox(port);
    const { env, clerk } = await world(port);
    const seqno = '00000000000000005000';
    const orderNumber = await env.order({
      amounts: amounts(5_000),
      transaction: { kind: 'authorized', seqno, authCode: 'A1b2C3', amount: 5_000 },
    });
    const put = { body: { amounts: { shipping: 900 } }, version: 1 };
    await clerk.send('PUT', `/v1/orders/${orderNumber}/amounts`, put);
    env.sandbox.gateway.faults.set([{ kind: 'decline', cgi: 'authchange.cgi', times: 1 }]);
    const press = async (body: object) => {
      const { version } = (await clerk.get(`/v1/orders/${orderNumber}`)).body;
      return clerk.post(`/v1/orders/${orderNumber}/payment`, { body, version });
    };
    expect((await press({})).status).toBe(402);
    expect((await press({ amount: 'authorized' })).status).toBe(200);
    await expect.poll(() => box.mails.length, { timeout: 10_000 }).toBe(1);
    const text = box.mails[0]?.text ?? '';
    expect(text).toContain(
      '請求金額：5,900円\nご入金額：5,000円\n差額：900円（別の方法でご請求いたします）',
    );
  });

  test('the mail waits while the mail server is away, and goes out when it is back', async () => {
    const port = await freePort();
    const { env, clerk } = await world(port);
    await pay(env, clerk, 'auto');
    const stateOf = async () =>
      (await env.db.query<{ state: string; tries: number }>('select state, tries from mails'))
        .rows[0];
    await expect.poll(stateOf, { timeout: 10_000 }).toMatchObject({ state: 'queued', tries: 1 });
    const box = await openMailbox(port);
    await env.db.query(`update mails set due_at = now()`);
    await expect.poll(() => box.mails.length, { timeout: 10_000 }).toBe(1);
    await expect.poll(stateOf).toMatchObject({ state: 'sent', tries: 2 });
  });

  test('a mail whose sender died on the way is unknown, and not sent twice', async () => {
    const port = await freePort();
    const box = await openMailbox(port);
    const { env, clerk } = await world(port);
    await pay(env, clerk, 'auto');
    const stateOf = async () => (await env.db.query('select state from mails')).rows[0];
    await expect.poll(stateOf, { timeout: 10_000 }).toEqual({ state: 'sent' });
    await env.db.query(`update mails set state = 'sending', due_at = now()`);
    await expect.poll(stateOf, { timeout: 10_000 }).toEqual({ state: 'unknown' });
    expect(box.mails).toHaveLength(1);
  });
});

describe('the mail of a change of status', () => {
  test('V6: the chosen mail of a change of status goes out after the change, and is in the history', async () => {
    const port = await freePort();
    const box = await openMailbox(port);
    const { env, clerk } = await world(port);
    const change = async (mail: boolean) => {
      const orderNumber = await env.order();
      const body = { to: 'cancelled', cancelTransaction: true, mail };
      await clerk.post(`/v1/orders/${orderNumber}/status`, { body, version: 1 });
      return orderNumber;
    };
    await change(false);
    const told = await change(true);
    await expect.poll(() => box.mails.length, { timeout: 10_000 }).toBe(1);
    expect(box.mails[0]?.subject).toBe(
      `【花道文具店】ご注文をキャンセルいたしました（受注コード ${told}）`,
    );
    const kinds = async () => {
      const { timeline } = (await clerk.get(`/v1/orders/${told}`)).body;
      return timeline.map(({ kind }: { kind: string }) => kind);
    };
    await expect.poll(kinds, { timeout: 5_000 }).toContain('mail_sent');
    expect(await counterOf(clerk, told)).toMatchObject({ sentCount: 0 });
  });

  test('V3, V6: the mail is not sent for a change that F-REGI declined', async () => {
    const port = await freePort();
    const { env, clerk } = await world(port);
    const orderNumber = await env.order();
    env.sandbox.gateway.faults.set([{ kind: 'decline', cgi: 'authcancel.cgi', times: 1 }]);
    const body = { to: 'cancelled', cancelTransaction: true, mail: true };
    await clerk.post(`/v1/orders/${orderNumber}/status`, { body, version: 1 });
    const { rowCount } = await env.db.query('select 1 from mails');
    expect(rowCount).toBe(0);
  });

  test.each(LEAVING)('V6: the mail has words for %s', (status) => {
    const { order, details } = newOrder('hanamichi', incoming());
    const context = { shopName: '花道文具店', order, details, occasion: `${status}:2` };
    const { subject, body } = render(DEFAULT_TEMPLATE.status_change, context);
    expect(subject).toContain(order.orderNumber);
    expect(subject).not.toContain('お知らせ');
    expect(body).toContain('請求金額：9,115円');
  });
});
