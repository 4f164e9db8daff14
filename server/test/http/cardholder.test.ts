import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Reply } from '../../../test/kit/clients.ts';
import { type Desk, deskOf, ledgerOf, openDesk } from '../../../test/kit/desk.ts';
import { incoming } from '../../../test/kit/orders.ts';
import { QUICK } from '../../../test/kit/timing.ts';
import { SHOPS } from '../../../test/kit/worlds.ts';

/** Y2: F-REGI's OUTPUT, from the cart's token to the cardholder's return, over real HTTP. */
let desk: Desk;
const CART = 'https://cart.example/done';
/** The time to confirm in this house: long enough to return, short enough to wait for its end. */
const CONFIRM_MS = 4_000;

beforeAll(async () => {
  desk = await openDesk('clerk', { timing: { ...QUICK, confirmMs: CONFIRM_MS } });
  for (const { fregiShopId } of SHOPS) {
    const challengeReturnUrl = `${desk.env.url}/v1/cardholder/return`;
    await desk.env.sandbox.gateway.changeShop(fregiShopId, { challengeReturnUrl });
  }
});
afterAll(() => desk.close());

async function tokenOf(pan: string): Promise<string> {
  const url = `${desk.env.sandbox.url}/sandbox/v1/tokens`;
  const answer = await fetch(url, { method: 'POST', body: JSON.stringify({ pan }) });
  return ((await answer.json()) as { token: string }).token;
}

/** A test card whose issuer asks its holder. */
const CHALLENGED = '4980111111111133';

async function placed(shop: Desk = desk): Promise<{ orderNumber: string; reply: Reply }> {
  const transaction = { kind: 'token', token: await tokenOf(CHALLENGED), returnUrl: CART };
  const order = { ...incoming(), transaction };
  const reply = await shop.client.post('/v1/orders', { body: order });
  return { orderNumber: order.orderNumber, reply };
}

/** The cardholder's browser: its own cookies, and no redirect followed by itself. */
class Browser {
  #cookie = '';

  async open(url: string, form?: string) {
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: {
        cookie: this.#cookie,
        ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      ...(form === undefined ? {} : { method: 'POST', body: form }),
    });
    const [given] = answer.headers.getSetCookie();
    if (given !== undefined) this.#cookie = given.split(';')[0] ?? '';
    const { status, headers } = answer;
    return { status, text: await answer.text(), to: headers.get('location'), headers };
  }

  /** Goes from the address that the cart got to the issuer's page; returns the page's address. */
  async goTo(path: string): Promise<string> {
    const page = await this.open(`${desk.env.url}${path}`);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain('sandbox');
    const [, url = ''] = /url=([^"]+)"/.exec(page.text) ?? [];
    expect((await this.open(url)).text).toContain('本人認証');
    return url;
  }
}

const operationOf = async (orderNumber: string) => (await desk.view(orderNumber)).operation;

describe('Y2: F-REGI wants the cardholder to confirm', () => {
  test('the order waits; the confirmation is seen at the return, and the cart gets its customer back', async () => {
    const { orderNumber, reply } = await placed();
    expect(reply.status).toBe(201);
    const { operation } = reply.body;
    expect(operation).toMatchObject({
      state: 'confirming',
      reason: { code: 'cardholder_confirms' },
      challenge: { path: expect.stringContaining(operation.id) },
      steps: [{ verb: 'authorize', state: 'challenged' }],
    });
    expect(ledgerOf(desk, orderNumber)).toEqual([]);
    const browser = new Browser();
    const issuer = await browser.goTo(operation.challenge.path);
    const back = await browser.open(issuer, 'action=pass');
    expect(back.to).toContain('/v1/cardholder/return?STATUS=OK');
    const cart = await browser.open(String(back.to));
    expect([cart.status, cart.to]).toEqual([
      303,
      `${CART}?orderNumber=${orderNumber}&state=succeeded`,
    ]);
    const order = await desk.view(orderNumber);
    expect(order.transaction).toMatchObject({
      state: 'authorized',
      authentication: 'authenticated',
    });
    expect(order.operation).toMatchObject({ state: 'succeeded', challenge: null });
    expect(ledgerOf(desk, orderNumber)).toEqual([{ amount: 9_115, state: 'authorized' }]);
    // The page is not kept, and a second return changes nothing.
    const { rows } = await desk.env.db.query(
      'select challenge_page, card_token from operations where order_number = $1',
      [orderNumber],
    );
    expect(rows).toEqual([{ challenge_page: null, card_token: null }]);
    const { version } = order;
    expect((await browser.open(String(back.to))).to).toContain('state=succeeded');
    expect((await desk.view(orderNumber)).version).toBe(version);
    expect((await browser.open(`${desk.env.url}${operation.challenge.path}`)).status).toBe(410);
  });

  test('a cardholder who gives up authorizes nothing; the order ends so after the time to confirm', async () => {
    const { orderNumber, reply } = await placed();
    const browser = new Browser();
    const issuer = await browser.goTo(reply.body.operation.challenge.path);
    const back = await browser.open(issuer, 'action=fail');
    expect(back.to).toContain('STATUS=NG');
    const cart = await browser.open(String(back.to));
    expect(cart.to).toContain('state=confirming');
    expect(await operationOf(orderNumber)).toMatchObject({ state: 'confirming' });
    await expect
      .poll(() => operationOf(orderNumber), { timeout: 3 * CONFIRM_MS })
      .toMatchObject({ state: 'declined', reason: { code: 'cardholder_not_confirmed' } });
    expect(ledgerOf(desk, orderNumber)).toEqual([]);
  });

  test('a cardholder who never comes back ends it the same way; another card can pay then', async () => {
    const { orderNumber } = await placed();
    await expect
      .poll(() => operationOf(orderNumber), { timeout: 3 * CONFIRM_MS })
      .toMatchObject({ state: 'declined', reason: { code: 'cardholder_not_confirmed' } });
    const token = await tokenOf('4980111111111111');
    const { body } = await desk.act('POST', orderNumber, 'authorization', { token });
    expect(body.order.transaction).toMatchObject({ state: 'authorized' });
  });

  test('a lost return loses nothing: the look after the time to confirm finds the authorization', async () => {
    const { orderNumber, reply } = await placed();
    const browser = new Browser();
    const issuer = await browser.goTo(reply.body.operation.challenge.path);
    await browser.open(issuer, 'action=pass');
    await expect
      .poll(() => operationOf(orderNumber), { timeout: 3 * CONFIRM_MS })
      .toMatchObject({ state: 'succeeded' });
    const { transaction } = await desk.view(orderNumber);
    expect(transaction).toMatchObject({ state: 'authorized', authentication: 'authenticated' });
  });

  test('a forged return is not believed, with a number or without', async () => {
    const { orderNumber, reply } = await placed();
    const browser = new Browser();
    await browser.goTo(reply.body.operation.challenge.path);
    const forged = `STATUS=OK&AUTHCODE=A1b2C3&SEQNO=${'9'.repeat(20)}`;
    for (const query of [forged, 'STATUS=OK', 'STATUS=NG', `STATUS=<b>&SEQNO=1`]) {
      const { status } = await browser.open(`${desk.env.url}/v1/cardholder/return?${query}`);
      expect(status).toBe(303);
      expect(await operationOf(orderNumber)).toMatchObject({ state: 'confirming' });
    }
    const stranger = new Browser();
    const alone = await stranger.open(`${desk.env.url}/v1/cardholder/return?${forged}`);
    expect(alone.status).toBe(410);
    expect((await desk.view(orderNumber)).transaction.seqno).toBeNull();
  });

  test('without an inquiry a person looks after the time to confirm, and never before', async () => {
    const minato = deskOf(desk.env, await desk.env.signIn('clerk', 'minato'));
    const { orderNumber, reply } = await placed(minato);
    const browser = new Browser();
    const issuer = await browser.goTo(reply.body.operation.challenge.path);
    const back = await browser.open(issuer, 'action=pass');
    await browser.open(String(back.to));
    const state = async () => (await minato.view(orderNumber)).operation;
    expect(await state()).toMatchObject({
      state: 'confirming',
      steps: [{ code: 'OK', text: expect.stringMatching(/^browser: SEQNO=\d{20} AUTHCODE=/) }],
    });
    await expect
      .poll(state, { timeout: 3 * CONFIRM_MS })
      .toMatchObject({ state: 'review', steps: [{ state: 'challenged' }] });
  });
});
