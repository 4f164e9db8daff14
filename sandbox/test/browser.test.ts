import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { describe, expect, test, vi } from 'vitest';
import { openContext } from '../../test/kit/browser.ts';
import { listenHttp } from '../../test/kit/servers.ts';
import type { Sandbox } from '../src/index.ts';
import { authorize, SEQNO, SHOP, seed, start, stateOf } from './support.ts';

/** The sandbox's pages, in a real browser. */
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// A browser on a busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

/** Opens a page; its errors fail the test when `troubles` is checked. */
async function visit(url: string): Promise<Page & { readonly troubles: string[] }> {
  const context = await openContext({ viewport: { width: 1200, height: 800 } });
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('console', (line) => {
    if (line.type() === 'error') troubles.push(line.text());
  });
  await page.goto(url);
  return Object.assign(page, { troubles });
}

/** Returns axe's findings, serious or worse. Its script is injected past the page's own policy. */
async function findBarriers(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: Violation[] }> };
    };
    type Violation = { id: string; impact: string; nodes: { html: string }[] };
    const { violations } = await axe.run();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  });
}

describe('a checkout page that was written for F-REGI', () => {
  /** A shop elsewhere, with a usual page: only the address of base.js differs. */
  async function openShop(
    sandbox: Sandbox,
    callback: string,
  ): Promise<Page & { troubles: string[] }> {
    const { port } = await listenHttp((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      response.end(`<!doctype html><html lang="ja"><title>店</title>
        <script src="${sandbox.url}/token/static/base.js"></script>
        <script>
        var said = null;
        function doPurchase(response) { said = response; }
        function pay(pan) {
          FRToken.getToken('${SHOP}', '', { pan: pan, expiry_mm: '12', expiry_yy: '69',
            cardname: 'TARO YAMADA', scode: '111' }, ${callback});
        }
        </script>`);
    });
    return visit(`http://127.0.0.1:${port}/`);
  }

  type Said = { result: string; cardobject: { token: string; maskedpan: string } | null };
  const said = (page: Page, pan: string) =>
    page.evaluate(async (number) => {
      const shop = globalThis as unknown as { pay(pan: string): void; said: Said | null };
      shop.pay(number);
      for (let waited = 0; shop.said === null && waited < 100; waited += 1) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      return shop.said;
    }, pan);

  test.each(['doPurchase', "'doPurchase'"])(
    'a checkout page gets its token by the callback %s',
    async (callback) => {
      const sandbox = await start();
      const page = await openShop(sandbox, callback);
      const answer = await said(page, '4980111111111111');
      expect(answer).toMatchObject({
        result: '000',
        cardobject: { maskedpan: '************1111' },
      });
      const none = { PAN1: '', PAN2: '', PAN3: '', PAN4: '' };
      await authorize(sandbox, { ...none, TOKEN: answer?.cardobject?.token ?? '' });
      expect(page.troubles).toEqual([]);
    },
  );

  test("a checkout page hears the code of a card's mistake", async () => {
    const page = await openShop(await start(), 'doPurchase');
    expect(await said(page, '4111111111111111')).toEqual({ result: '201', cardobject: null });
  });

  test('getToken fails with a callback that is no global function, as at F-REGI', async () => {
    const page = await openShop(await start(), 'function () { said = 1; }');
    await page.evaluate(() => (globalThis as unknown as { pay(pan: string): void }).pay('4980'));
    expect(page.troubles.join()).toContain('callback must be reachable');
  });
});

describe('the demo shop', () => {
  test('the demo shop pays by token', async () => {
    const sandbox = await start();
    const page = await visit(`${sandbox.url}/sandbox/shop`);
    await page.getByRole('button', { name: 'カードで支払う' }).click();
    await page.getByText('ご注文ありがとうございました').waitFor();
    expect(sandbox.gateway.ledger.list()).toMatchObject([{ state: 'authorized', amount: 5_000 }]);
    expect(page.troubles).toEqual([]);
  });

  test('the demo shop pays with 3-D Secure', async () => {
    const sandbox = await start();
    const page = await visit(`${sandbox.url}/sandbox/shop`);
    await page.getByLabel('カード番号').fill('4980111111111133');
    await page.getByRole('button', { name: 'カードで支払う' }).click();
    await page.getByRole('button', { name: '認証に成功する' }).waitFor();
    expect(sandbox.gateway.ledger.list()).toEqual([]);
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole('button', { name: '認証に成功する' }).click();
    await page.getByText('ご注文ありがとうございました').waitFor();
    const query = new URL(page.url()).searchParams;
    expect(sandbox.gateway.ledger.list()).toMatchObject([
      { seqno: query.get('SEQNO'), authCode: query.get('AUTHCODE') },
    ]);
    expect(page.troubles).toEqual([]);
  });

  test("the demo shop shows a card's mistake, and then pays by the payment page", async () => {
    const sandbox = await start();
    const page = await visit(`${sandbox.url}/sandbox/shop`);
    await page.getByLabel('カード番号').fill('4111');
    await page.getByRole('button', { name: 'カードで支払う' }).click();
    await page.getByText('カード情報をご確認ください。(201)').waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole('button', { name: /お支払い方法選択画面/ }).click();
    await page.getByRole('heading', { name: 'お支払い方法の選択' }).waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await page.getByLabel('カード番号').fill('4980 1111 1111 1111');
    await page.getByLabel('有効期限（月）').fill('12');
    await page.getByLabel('有効期限（年）').fill('69');
    await page.getByLabel('セキュリティコード').fill('111');
    await page.getByLabel('カード名義').fill('TARO YAMADA');
    await page.getByRole('button', { name: '支払う', exact: true }).click();
    await page.getByText('ご注文ありがとうございました').waitFor();
    expect(new URL(page.url()).searchParams.get('STATUS')).toBe('OK');
    expect(sandbox.gateway.ledger.list()).toMatchObject([{ state: 'authorized' }]);
  });
});

describe('the console', () => {
  const PAGES = [
    '',
    '/customers',
    '/issues',
    '/notices',
    '/errors',
    '/settings',
    '/trouble',
    '/wire',
  ];

  test('the console has no accessibility barriers in either language', async () => {
    const sandbox = await start();
    await seed(sandbox, 'authorized');
    await authorize(sandbox, { CUSTOMERID: 'c-1', MONTHLY: '1' });
    const page = await visit(`${sandbox.url}/sandbox/console`);
    const all = [...PAGES, `/transactions/${SEQNO}`, '/wire/1', '/sign-in'];
    // Only the words differ, not the elements: so English is checked on two pages only.
    const looked = [...all.map((path) => `${path}?lang=ja`), '?lang=en', '/trouble?lang=en'];
    for (const path of looked) {
      await page.goto(`${sandbox.url}/sandbox/console${path}`);
      expect(await findBarriers(page), path).toEqual([]);
    }
    expect(page.troubles).toEqual([]);
  });

  test('a person captures a transaction by keyboard alone: search, row, open, capture', async () => {
    const sandbox = await start();
    await seed(sandbox, 'authorized', { id: 'OTHER-1', seqno: SEQNO.replace('2954', '2955') });
    await seed(sandbox, 'authorized');
    const page = await visit(`${sandbox.url}/sandbox/console`);
    await page.keyboard.press('/');
    await page.keyboard.type('100000394011');
    await page.keyboard.press('Enter');
    await page.waitForURL(/q=100000394011/);
    expect(await page.locator('[data-row]').count()).toBe(1);
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForURL(new RegExp(`/transactions/${SEQNO}`));
    await page.getByRole('button', { name: '売上請求' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('status').getByText(`${SEQNO}: OK`).waitFor();
    expect(stateOf(sandbox)).toBe('captured_untransmitted');
    expect(page.url()).toContain(`/transactions/${SEQNO}`);
    await page.waitForLoadState();
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.keyboard.press('g');
    await page.keyboard.press('w');
    await page.waitForURL(/\/wire$/);
  });

  test('N9: what cannot be undone is asked before it is pressed: a void, a refund, a deletion', async () => {
    const sandbox = await start();
    await seed(sandbox, 'authorized');
    await authorize(sandbox, { CUSTOMERID: 'c-1', MONTHLY: '1' });
    const page = await visit(`${sandbox.url}/sandbox/console/transactions/${SEQNO}`);
    const really = page.getByRole('button', { name: '承認取消: 実行する' });
    expect(await really.isVisible()).toBe(false);
    await page.locator('summary', { hasText: '承認取消' }).press('Enter');
    await page.getByText('この操作は元に戻せません。').waitFor();
    expect(stateOf(sandbox)).toBe('authorized');
    await really.click();
    await page.getByRole('status').getByText(`${SEQNO}: OK`).waitFor();
    expect(stateOf(sandbox)).toBe('voided');
    await page.goto(`${sandbox.url}/sandbox/console/customers?lang=en`);
    expect(await page.getByRole('button', { name: 'Delete customer: Do it' }).isVisible()).toBe(
      false,
    );
    await page.locator('summary', { hasText: 'Delete customer' }).click();
    await page.getByRole('button', { name: 'Delete customer: Do it' }).click();
    await page.getByRole('status').waitFor();
    expect([...sandbox.gateway.ledger.customers.keys()]).toEqual([]);
  });

  test('the log of the wire keeps itself up to date', async () => {
    const sandbox = await start();
    const page = await visit(`${sandbox.url}/sandbox/console/wire?lang=en`);
    await page.getByRole('link', { name: 'Keep it up to date' }).click();
    await page.waitForURL(/live/);
    await authorize(sandbox);
    await page.getByRole('link', { name: '1 authm.cgi' }).waitFor();
    await page.getByRole('link', { name: 'Hold it still' }).click();
    await page.waitForURL(/wire$/);
  });

  test('the console creates drift by one press, and keeps its language', async () => {
    const sandbox = await start();
    await seed(sandbox, 'captured_untransmitted');
    const page = await visit(`${sandbox.url}/sandbox/console/transactions/${SEQNO}?lang=en`);
    await page.getByRole('button', { name: 'the amount was changed at the console' }).click();
    await page.getByRole('status').getByText(`amount_changed: ${SEQNO}`).waitFor();
    expect(stateOf(sandbox)).toBe('refunded_untransmitted');
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
  });
});
