import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import type { Client } from '../kit/clients.ts';
import { heldFor, strike } from '../kit/gateway.ts';
import { preorder } from '../kit/handed-over-applications.ts';
import { openStage, type Stage } from '../kit/stage.ts';
import { barriers, sidewaysScroll } from './looks.ts';

/** 予約: registered at F-REGI, moved to 通常処理 one by one or many at once, both outcomes (B1–B3). */
let stage: Stage;
let page: Page;
let cart: Client;
let numbers: string[];
beforeAll(async () => {
  stage = await openStage();
  cart = await stage.env.signIn('owner');
  numbers = [];
  for (const card of ['P1', 'P2', 'P3', 'P4']) numbers.push(await preorder(stage.env, cart, card));
  page = await stage.visit('clerk', '/pre-orders');
});

const number = (index: number) => numbers[index] ?? '';
const table = () => page.getByRole('table', { name: '予約受注の一覧' });
const rowOf = (index: number) => table().getByRole('row', { name: new RegExp(number(index)) });
const dialog = () => page.getByRole('dialog', { name: '承認（オーソリ）の確認' });
const result = () => page.getByRole('region', { name: '承認の結果', exact: true });
const outcomeOf = (index: number) => result().getByRole('row', { name: new RegExp(number(index)) });
const view = async (index: number) => (await cart.get(`/v1/orders/${number(index)}`)).body;

async function withoutBarriers(): Promise<void> {
  expect(await barriers(page)).toEqual([]);
  await page.setViewportSize({ width: 320, height: 800 });
  await expect.poll(() => sidewaysScroll(page)).toBe(0);
  await page.setViewportSize({ width: 1440, height: 900 });
}

test('B1: each pre-order waits as 予約（未オーソリ）, with its registered card; nothing is reserved', async () => {
  await rowOf(3).waitFor();
  await rowOf(0).getByText('予約（未オーソリ）').waitFor();
  await rowOf(0).getByText('登録済み').waitFor();
  await rowOf(0).getByText('•••1').waitFor();
  expect(await heldFor(stage.env, number(0))).toEqual([]);
  await page.getByRole('button', { name: '予約（4）' }).waitFor();
  await withoutBarriers();
});

test('B2: before a move to 通常処理 the dialog shows what F-REGI is told, and afterwards 承認済 is shown', async () => {
  await rowOf(0)
    .getByRole('button', { name: /^通常処理にする/ })
    .click();
  await dialog().locator('summary').filter({ hasText: '承認（オーソリ）' }).click();
  await dialog().getByText('authm.cgi').waitFor();
  await dialog()
    .getByText(/どちらの場合も、ステータスは通常処理です/)
    .waitFor();
  expect(await barriers(page)).toEqual([]);
  expect((await view(0)).status).toBe('preorder');
  await dialog().getByRole('button', { name: '1件・¥9,115 の承認を受ける' }).click();
  await outcomeOf(0).getByText('承認済').waitFor();
  expect(await view(0)).toMatchObject({
    status: 'processing',
    transaction: { state: 'authorized' },
  });
  expect(await heldFor(stage.env, number(0))).toMatchObject([{ state: 'authorized' }]);
  await page.getByRole('button', { name: '予約（3）' }).waitFor();
  await page.getByRole('button', { name: '承認済（1）' }).click();
  await rowOf(0).getByText('承認済').waitFor();
  await page.getByRole('link', { name: '結果を閉じる' }).click();
});

test('B2, B3: of many moved at once the declined one is 通常処理（有効性確認済み） and names its remedies', async () => {
  await page.goto(`${stage.env.url}/pre-orders`);
  await page.getByRole('checkbox', { name: 'すべてチェック' }).check();
  await page.getByText('3件の受注が選択されています。').waitFor();
  await page.getByRole('checkbox', { name: `受注 ${number(3)} を選択` }).uncheck();
  await strike(stage.env, { kind: 'decline', cgi: 'authm.cgi', times: 1 });
  await page.getByRole('button', { name: '選択した受注を通常処理にする' }).click();
  await dialog().getByRole('button', { name: '2件・¥18,230 の承認を受ける' }).click();
  await result().getByRole('status').getByText('1件').nth(1).waitFor();
  const states = [(await view(1)).transaction.state, (await view(2)).transaction.state];
  expect(states.toSorted()).toEqual(['authorized', 'validated_unauthorized']);
  const declined = states.indexOf('validated_unauthorized') + 1;
  const row = outcomeOf(declined);
  await row.getByText('通常処理（有効性確認済み）').waitFor();
  await row.getByRole('link', { name: '決済方法を変更する' }).waitFor();
  await withoutBarriers();
  await row.getByRole('button', { name: /^もう一度承認を受ける/ }).click();
  await dialog().getByRole('button', { name: '1件・¥9,115 の承認を受ける' }).click();
  await expect
    .poll(async () => (await view(declined)).transaction.state, { timeout: 10_000 })
    .toBe('authorized');
  await outcomeOf(declined).getByText('承認済').waitFor();
});

test('M2: a lost answer is not called a failure, and is found out by itself', async () => {
  await page.goto(`${stage.env.url}/pre-orders`);
  await strike(stage.env, { kind: 'drop_after', cgi: 'authm.cgi', times: 1 });
  await rowOf(3)
    .getByRole('button', { name: /^通常処理にする/ })
    .click();
  await dialog()
    .getByRole('button', { name: /の承認を受ける$/ })
    .click();
  await result().waitFor();
  await outcomeOf(3).getByText('承認済').waitFor({ timeout: 15_000 });
  expect(await heldFor(stage.env, number(3))).toMatchObject([{ state: 'authorized' }]);
  await page.getByText('予約の受注はありません。').waitFor();
});

test('a pre-order that has changed meanwhile is not authorized, and the reason is shown', async () => {
  const orderNumber = await preorder(stage.env, cart, 'P9');
  numbers.push(orderNumber);
  await page.goto(`${stage.env.url}/pre-orders`);
  await rowOf(4)
    .getByRole('button', { name: /^通常処理にする/ })
    .click();
  const confirm = dialog().getByRole('button', { name: /の承認を受ける$/ });
  await confirm.waitFor();
  const { version } = await view(4);
  await cart.post(`/v1/orders/${orderNumber}/status`, { body: { to: 'on_hold' }, version });
  await confirm.click();
  await outcomeOf(4).getByText('失敗').waitFor();
  expect(await heldFor(stage.env, orderNumber)).toEqual([]);
});

test('a viewer sees the pre-orders and why nothing can be authorized; an odd URL shows the list', async () => {
  await preorder(stage.env, cart, 'P10');
  const viewer = await stage.visit('viewer', '/pre-orders?show=nonsense&run=1');
  const button = viewer.getByRole('button', { name: /^通常処理にする/ }).first();
  await button.waitFor();
  expect(await button.getAttribute('aria-disabled')).toBe('true');
  await viewer.context().close();
});
