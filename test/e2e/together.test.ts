import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { heldFor, strike, wireCalls } from '../kit/gateway.ts';
import { openStage, type Stage } from '../kit/stage.ts';

/** Two tabs, two operators, two presses: money moves once, and nobody's typing is lost. */
let stage: Stage;
beforeAll(async () => {
  stage = await openStage({ complaintsExpected: /net::ERR_CONNECTION_RESET/ });
});

/** The button 登録する of 商品・送料・手数料編集. */
const save = (page: Page) =>
  page.getByRole('region', { name: '受注内容' }).getByRole('button', { name: '登録する' }).click();

const button = (page: Page) => page.getByRole('button', { name: '入金済に更新' });

test('M3: a double click, and Ctrl+Enter on top, capture once', async () => {
  const orderNumber = await stage.env.order();
  const page = await stage.visit('clerk', `/orders/${orderNumber}`);
  await strike(stage.env, { kind: 'late_answer', cgi: 'sale.cgi', delayMs: 400, times: 1 });
  await button(page).dblclick();
  await page.keyboard.press('Control+Enter');
  await page.getByText('入金済にしました。').waitFor();
  expect((await wireCalls(stage.env, orderNumber)).map(({ cgi }) => cgi)).toEqual(['sale.cgi']);
});

test('of two tabs at once one captures, and the other says what happened and captures nothing', async () => {
  const orderNumber = await stage.env.order();
  const first = await stage.visit('clerk', `/orders/${orderNumber}`);
  const second = await first.context().newPage();
  await second.goto(first.url());
  await Promise.all([button(first).waitFor(), button(second).waitFor()]);
  await Promise.all([button(first).click(), button(second).click()]);
  for (const page of [first, second]) await page.getByText(/^入金済 \(/).waitFor();
  const told = await wireCalls(stage.env, orderNumber);
  expect(told.map(({ cgi }) => cgi)).toEqual(['sale.cgi']);
});

test('a stale page says who did what meanwhile, and keeps what was typed', async () => {
  const orderNumber = await stage.env.order();
  const page = await stage.visit('clerk', `/orders/${orderNumber}`);
  const other = await stage.visit('owner', `/orders/${orderNumber}`);
  await page.getByRole('button', { name: '商品・送料・手数料編集' }).click();
  await page.getByLabel('送料').fill('800');
  await other.getByRole('button', { name: '商品・送料・手数料編集' }).click();
  await other.getByLabel('商品1の単価').fill('8000');
  await save(other);
  await other.getByText('金額を変更しました。').first().waitFor();
  await save(page);
  const block = page.getByRole('region', { name: '受注内容' });
  await block.getByText('この受注は変更されました。').waitFor();
  const news = block.getByText('その間に変更された内容').locator('xpath=..');
  await news.getByText(/owner \d+：\s*商品と金額を変更しました。請求金額 ¥7,765。/).waitFor();
  await news.getByText('商品1の単価').waitFor(); // field by field
  await news.getByText('¥9,350 → ¥8,000').first().waitFor();
  expect(await page.getByLabel('送料').inputValue()).toBe('800');
  await save(page);
  await page.getByText('金額を変更しました。請求金額は').waitFor();
});

test('a run leaves out an order that changed after it was shown, and says why', async () => {
  const [kept, changed] = [await stage.env.order(), await stage.env.order()];
  const page = await stage.visit('clerk', '/orders?tab=unpaid');
  await page.getByRole('checkbox', { name: 'すべてチェック' }).check();
  await page.getByRole('button', { name: '入金済にする' }).click();
  const confirm = page.getByRole('dialog').getByRole('button', { name: /を売上処理する$/ });
  await confirm.waitFor();
  const other = await stage.visit('owner', `/orders/${changed}`);
  await other.getByRole('button', { name: '商品・送料・手数料編集' }).click();
  await other.getByLabel('送料').fill('900');
  await save(other);
  await other.getByText('金額を変更しました。').first().waitFor();
  await confirm.click();
  await page.getByRole('heading', { name: /1件に失敗しました。/ }).waitFor();
  const failed = page.getByRole('table', { name: '失敗した受注と対処' });
  await failed
    .getByRole('row', { name: new RegExp(`^${changed}`) })
    .getByText('変更され')
    .waitFor();
  expect(await heldFor(stage.env, kept)).toMatchObject([{ state: 'captured_untransmitted' }]);
  expect(await heldFor(stage.env, changed)).toMatchObject([{ state: 'authorized' }]);
});

test('a connection lost in the middle of a press is not called a failure, and heals', async () => {
  const orderNumber = await stage.env.order();
  const page = await stage.visit('clerk', `/orders/${orderNumber}`);
  await button(page).waitFor();
  await page.route('**/payment?**', async (route) => {
    await route.fetch(); // the request arrives and is carried out; the answer is lost
    await route.abort('connectionreset');
  });
  await button(page).click();
  await page.getByText(/^入金済 \(/).waitFor();
  expect(await heldFor(stage.env, orderNumber)).toMatchObject([
    { state: 'captured_untransmitted' },
  ]);
});
