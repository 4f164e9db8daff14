import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { payOtherwise } from '../../sandbox/src/payment-page/pay.ts';
import { openStage, type Stage } from '../kit/stage.ts';
import { SHOPS } from '../kit/worlds.ts';
import { barriers, sidewaysScroll } from './looks.ts';
import { blockOf, showOrder } from './order-page.ts';

/** What F-REGI knows of payments at a store, before and after the press, in a real browser. */
let stage: Stage;
let page: Page;
beforeAll(async () => {
  stage = await openStage();
  page = await stage.visit('clerk', '/orders');
});

let serial = 0;
/** An order by convenience store that nobody has paid, as F-REGI has said. */
async function placed(): Promise<{ orderNumber: string; settleno: string }> {
  serial += 1;
  const orderNumber = `1000007770${serial}1`;
  const form = { SHOPID: SHOPS[0].fregiShopId, ID: orderNumber, PAY: '9115', PAYTYPESPECIFY: '20' };
  const url = `${stage.env.sandbox.url}/connect/compsettleapply.cgi`;
  const answer = await fetch(url, { method: 'POST', body: new URLSearchParams(form) });
  const settleno = (await answer.text()).split('\n')[1] ?? '';
  await stage.env.order({
    orderNumber,
    paymentKind: 'convenience_fregi',
    paymentMethod: 'コンビニ支払',
    transaction: undefined,
    redirectPayment: { settleno },
  });
  const clerk = await stage.env.signIn('clerk');
  await expect
    .poll(async () => (await clerk.get(`/v1/orders/${orderNumber}`)).body.version, {
      timeout: 15_000,
    })
    .toBeGreaterThan(1);
  return { orderNumber, settleno };
}

const WIDE = { width: 1440, height: 900 };
const PICTURES = process.env.PICTURES;
async function look(name: string): Promise<void> {
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true });
}

test('G6: 入金済 says before the press that F-REGI has no payment, and sends no mail unasked', async () => {
  const { orderNumber } = await placed();
  await showOrder(page, orderNumber);
  const payment = blockOf(page, '入金');
  await payment.getByText('お客様のお支払いは完了していません（発行受付）').waitFor();
  await payment.getByText('入金確認メールは送信しません。').waitFor();
  expect(await payment.getByLabel('手動送信').isChecked()).toBe(true);
  await look('single');
});

test('G6: a bulk 入金済 shows such orders as a group, and its box sends them the mail', async () => {
  const { orderNumber } = await placed();
  await page.goto(`${stage.env.url}/orders?q=${orderNumber}`);
  await page.getByRole('checkbox', { name: new RegExp(orderNumber) }).check();
  await page.getByRole('button', { name: '入金済にする' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('summary', { hasText: 'F-REGI: 未払い' }).waitFor();
  await look('bulk');
  const box = dialog.getByLabel('F-REGIで未払いの1件にも入金確認メールを送信する');
  expect(await box.isChecked()).toBe(false);
  expect(await barriers(page)).toEqual([]);
});

test('W3: cancelling says that the slip can still be paid; paid after it, 要対応 says so', async () => {
  const { orderNumber, settleno } = await placed();
  const clerk = await stage.env.signIn('clerk');
  const cancelled = { body: { to: 'cancelled' }, version: 2 };
  await showOrder(page, orderNumber);
  const preview = await clerk.post(`/v1/orders/${orderNumber}/status/preview`, {
    body: { to: 'cancelled' },
  });
  expect(preview.body.payable).toMatchObject([{ settleno }]);
  await clerk.post(`/v1/orders/${orderNumber}/status`, cancelled);
  const { gateway } = stage.env.sandbox;
  const issued = gateway.ledger.issues.get(settleno);
  if (issued === undefined) throw new Error('the sandbox has no such payment');
  await page.goto(`${stage.env.url}/attention`);
  await page.getByText('支払可能な発行の残り').first().waitFor();
  await look('payable');
  await payOtherwise(gateway, issued, '21');
  await clerk.post(`/v1/orders/${orderNumber}/redirect-payment/check`);
  const kinds = async () =>
    (await clerk.get(`/v1/attention?orderNumber=${orderNumber}`)).body.items.map(
      ({ kind }: { kind: string }) => kind,
    );
  await expect.poll(kinds, { timeout: 20_000 }).toEqual(['paid_after_leaving']);
  const [item] = (await clerk.get(`/v1/attention?orderNumber=${orderNumber}`)).body.items;
  await page.goto(`${stage.env.url}/attention?item=${item.id}`);
  const table = page.getByRole('table', { name: '自社とF-REGI' });
  await table.getByText('決済完了').first().waitFor();
  await table.getByText(settleno).waitFor();
  await look('after');
  expect(await barriers(page)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  await look('after-narrow');
  await expect.poll(() => sidewaysScroll(page), { timeout: 5_000 }).toBe(0);
});

test('D14: an item about an order paid twice leads to the record of its refund, and ends with it', async () => {
  await page.setViewportSize(WIDE);
  const { orderNumber, settleno } = await placed();
  const clerk = await stage.env.signIn('clerk');
  const { version } = (await clerk.get(`/v1/orders/${orderNumber}`)).body;
  await clerk.post(`/v1/orders/${orderNumber}/payment`, { version, body: {} });
  const { gateway } = stage.env.sandbox;
  const issued = gateway.ledger.issues.get(settleno);
  if (issued === undefined) throw new Error('the sandbox has no such payment');
  await payOtherwise(gateway, issued, '21');
  await clerk.post(`/v1/orders/${orderNumber}/redirect-payment/check`);
  const items = async () =>
    (await clerk.get(`/v1/attention?orderNumber=${orderNumber}&kinds=paid_twice`)).body.items;
  await expect.poll(async () => (await items()).length, { timeout: 20_000 }).toBe(1);
  await page.goto(`${stage.env.url}/attention?item=${(await items())[0].id}`);
  await look('paid-twice');
  await page.getByRole('link', { name: '差額の精算を開く' }).click();
  const dialog = page.getByRole('dialog', { name: '差額の精算' });
  await dialog.getByText('記録後の差額：¥0').waitFor();
  expect(await dialog.getByLabel('返金した金額（円）').inputValue()).toBe('9115');
  await dialog.getByLabel('方法').selectOption('現金');
  await look('paid-twice-dialog');
  expect(await barriers(page)).toEqual([]);
  await dialog.getByRole('button', { name: '記録する' }).click();
  await page.getByText('差額の精算を記録しました。').waitFor();
  await page
    .getByText(/現金で ¥9,115 を返金/)
    .first()
    .waitFor();
  await look('paid-twice-settled');
  await expect.poll(items, { timeout: 20_000 }).toEqual([]);
});

test('K3: cancelling offers 発行取消; its preview, the page and the history say what becomes of it', async () => {
  await page.setViewportSize(WIDE);
  const { orderNumber, settleno } = await placed();
  await showOrder(page, orderNumber);
  const status = blockOf(page, 'ステータス');
  await status.getByLabel('ステータスの変更').selectOption('cancelled');
  const box = status.getByRole('checkbox', { name: '発行取消を行う' });
  expect(await box.isChecked()).toBe(false);
  await box.check();
  await look('revoke-box');
  await status.getByRole('button', { name: '更新' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('の発行取消をF-REGIに依頼します').waitFor();
  await look('revoke-preview');
  expect(await barriers(page)).toEqual([]);
  await dialog.getByRole('button', { name: '注文を取り消す' }).click();
  const payment = blockOf(page, 'お客様のお支払い（F-REGI）');
  await payment.getByText('完了しました（お客様はもう支払えません）。').waitFor();
  await page.getByText('発行取消が完了しました').first().waitFor();
  expect(stage.env.sandbox.gateway.ledger.issues.get(settleno)?.status).toBe('cancelled');
  await look('revoked');
  expect(await barriers(page)).toEqual([]);
});

test('K3: one payment is revoked at its own press; refused, 要対応 says so and offers it again', async () => {
  const { orderNumber } = await placed();
  const { gateway } = stage.env.sandbox;
  const refusal = { code: 'CSC1-1-999', text: 'ただいま処理できません' } as const;
  gateway.faults.set([{ kind: 'decline', cgi: 'compsettlecancel.cgi', times: 1, ...refusal }]);
  await showOrder(page, orderNumber);
  const payment = blockOf(page, 'お客様のお支払い（F-REGI）');
  await payment.getByRole('button', { name: '発行取消を行う' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('この番号では、お客様が支払えなくなります。').waitFor();
  await look('revoke-dialog');
  await dialog.getByRole('button', { name: '発行取消を行う' }).click();
  await payment.getByText('できませんでした。お客様はまだ支払えます。').waitFor();
  await page.getByText('CSC1-1-999 ただいま処理できません').first().waitFor();
  await look('not-revoked');
  await page.goto(`${stage.env.url}/attention`);
  await page.getByRole('link', { name: new RegExp(orderNumber) }).click();
  await page.getByText('発行取消を行いましたが、F-REGIで取り消せませんでした。').waitFor();
  await look('attention-not-revoked');
  await page.getByRole('button', { name: '発行取消を行う' }).click();
  const clerk = await stage.env.signIn('clerk');
  const outcome = async () =>
    (await clerk.get(`/v1/orders/${orderNumber}`)).body.redirectPayment.revocation.outcome;
  await expect.poll(outcome, { timeout: 20_000 }).toBe('revoked');
  await showOrder(page, orderNumber);
  await payment.getByText('完了しました（お客様はもう支払えません）。').waitFor();
});

test('K3: a bulk cancellation offers it for all of its orders', async () => {
  const { orderNumber } = await placed();
  const clerk = await stage.env.signIn('clerk');
  const body = { message: '不要になりました。' };
  await clerk.post(`/v1/orders/${orderNumber}/cancel-request`, { version: 2, body });
  await page.goto(`${stage.env.url}/orders?tab=cancel_requests`);
  await page.getByRole('checkbox', { name: new RegExp(orderNumber) }).check();
  await page.keyboard.press('c');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('お客様がまだ支払える受注が1件あります。').waitFor();
  await dialog.getByRole('checkbox', { name: '発行取消を行う' }).check();
  await dialog.getByText('1件の受注で、F-REGIに発行取消を依頼します。').waitFor();
  await dialog.locator('summary', { hasText: '発行取消を行う' }).waitFor();
  await look('bulk-revoke');
  expect(await barriers(page)).toEqual([]);
});
