import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { heldFor } from '../kit/gateway.ts';
import { openStage, type Stage } from '../kit/stage.ts';
import { barriers } from './looks.ts';

/** S2: the server requires a typed confirmation of a large amount, and the screen asks for it. */
let stage: Stage;
let page: Page;
beforeAll(async () => {
  stage = await openStage();
  const owner = await stage.env.signIn('owner');
  const { version } = (await owner.get('/v1/settings')).body;
  await owner.send('PATCH', '/v1/settings', {
    version,
    body: { confirm: { orders: 2, yen: 9_000 } },
  });
  page = await stage.visit('clerk', '/orders');
});

test('S2: 入金済に更新 of a large order asks for its last four digits, then captures', async () => {
  const orderNumber = await stage.env.order();
  await page.goto(`${stage.env.url}/orders/${orderNumber}`);
  const block = page.getByRole('region', { name: '入金', exact: true });
  const pay = block.getByRole('button', { name: '入金済に更新' });
  await pay.click();
  await block.getByText('一致しません。').waitFor();
  expect(await heldFor(stage.env, orderNumber)).toMatchObject([{ state: 'authorized' }]);
  await block.getByLabel('確認のため').fill(orderNumber.slice(-4));
  await pay.click();
  await block.getByText('入金済にしました。').waitFor();
  expect(await heldFor(stage.env, orderNumber)).toMatchObject([
    { state: 'captured_untransmitted', amount: 9_115 },
  ]);
});

test('S2: the form that changes a charge asks for the digits, and keeps what was typed', async () => {
  const orderNumber = await stage.env.order();
  const owner = await stage.visit('owner', `/orders/${orderNumber}`);
  const payment = owner.getByRole('region', { name: '入金', exact: true });
  await payment.getByLabel('確認のため').fill(orderNumber.slice(-4));
  await payment.getByRole('button', { name: '入金済に更新' }).click();
  await payment.getByText('送信済').waitFor();
  const content = owner.getByRole('region', { name: '受注内容', exact: true });
  await content.getByRole('button', { name: '金額を変更（売上済）' }).click();
  await content.getByLabel('送料').fill('700');
  const save = content.getByRole('button', { name: '登録する' });
  await save.click();
  await content.getByText('一致しません。').waitFor();
  expect(await heldFor(stage.env, orderNumber)).toMatchObject([{ amount: 9_115 }]);
  expect(await barriers(owner)).toEqual([]);
  await content.getByLabel('確認のため').fill(orderNumber.slice(-4));
  await save.click();
  await owner.getByText('金額を変更しました。請求金額は¥9,315です。').waitFor();
  expect((await heldFor(stage.env, orderNumber)).at(-1)).toMatchObject({ amount: 9_315 });
  await owner.context().close();
});

test('S2: a dialog that has asked for the digits already does not ask twice', async () => {
  const orderNumber = await stage.env.order();
  await page.goto(`${stage.env.url}/orders/${orderNumber}`);
  const block = page.getByRole('region', { name: 'ステータス', exact: true });
  await block.getByLabel('F-REGIの取引情報を取り消す').check();
  await block.getByLabel('ステータスの変更').selectOption({ label: '注文を取り消す' });
  await block.getByRole('button', { name: '更新' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('確認のため').fill(orderNumber.slice(-4));
  await dialog.getByRole('button', { name: '承認取消' }).click();
  await dialog.waitFor({ state: 'detached' });
  await expect
    .poll(() => heldFor(stage.env, orderNumber))
    .toMatchObject([{ state: 'voided', amount: 9_115 }]);
});

test('S2: 一括入金 asks for the number of orders from the shop’s own limit on', async () => {
  const numbers = [await stage.env.order(), await stage.env.order()];
  await page.goto(`${stage.env.url}/orders?tab=unpaid&q=${numbers.join(',')}`);
  await page.getByRole('checkbox', { name: 'すべてチェック' }).check();
  await page.getByRole('button', { name: '入金済にする' }).click();
  const dialog = page.getByRole('dialog');
  const start = dialog.getByRole('button', { name: '売上処理する' });
  await start.click();
  await dialog.getByLabel('確認のため').fill('２');
  await start.click();
  await page.waitForURL('**/runs/**');
  for (const orderNumber of numbers) {
    await expect
      .poll(() => heldFor(stage.env, orderNumber), { timeout: 10_000 })
      .toMatchObject([{ state: 'captured_untransmitted' }]);
  }
});
