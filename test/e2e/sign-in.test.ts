import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { openStage, type Stage } from '../kit/stage.ts';
import { PASSWORD } from '../kit/worlds.ts';
import { barriers, focused } from './looks.ts';
import { blockOf } from './order-page.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});

/** Creates a new member; resolves to their address. */
async function newClerk(): Promise<string> {
  const clerk = await stage.env.signIn('clerk');
  return (await clerk.get('/v1/me')).body.user.email;
}

test('a link to an order leads through the sign-in to that order', async () => {
  const orderNumber = await stage.env.order();
  const email = await newClerk();
  const page = await stage.stranger(`/orders/${orderNumber}`);
  await page.getByRole('heading', { name: 'ログイン' }).waitFor();
  await focused(page.getByLabel('メールアドレス'));
  await page.getByRole('button', { name: 'ログイン' }).click();
  await page.getByRole('alert').getByText('メールアドレスとパスワードを入力').waitFor();
  await page.getByLabel('メールアドレス').fill(email);
  await page.getByLabel('パスワード', { exact: true }).fill('not the right password');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  expect(await page.getByLabel('メールアドレス').inputValue()).toBe(email);
  await page.getByLabel('パスワード', { exact: true }).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: `受注詳細 ${orderNumber}` }).waitFor();
});

test('a link without a shop keeps what it opens, signed in or not', async () => {
  const orderNumber = await stage.env.order();
  const link = `/orders/${orderNumber}#do-edit_amounts`;
  const opened = new RegExp(`/orders/${orderNumber}\\?shop=hanamichi#do-edit_amounts$`);
  const form = (at: Page) => blockOf(at, '受注内容').getByRole('button', { name: '登録する' });
  const page = await stage.visit('clerk', link);
  await form(page).waitFor();
  expect(page.url()).toMatch(opened);

  await page.close();

  const gone = await stage.visit('clerk', `/orders/${orderNumber}#do-unmark_paid`);
  await gone.getByText('リンク先の対処は、受注の現在の状態では行えません。').waitFor();

  const stranger = await stage.stranger(link);
  await stranger.getByRole('heading', { name: 'ログイン' }).waitFor();
  await stranger.getByLabel('メールアドレス').fill(await newClerk());
  await stranger.getByLabel('パスワード', { exact: true }).fill(PASSWORD);
  await stranger.keyboard.press('Enter');
  await form(stranger).waitFor();
  expect(stranger.url()).toMatch(opened);

  const moved = await stage.visit('clerk', '/orders?tab=subscription&q=SUB-1');
  await moved.getByText('申込はまだありません。').waitFor();
  expect(new URL(moved.url()).pathname).toBe('/subscriptions');
  expect(new URL(moved.url()).searchParams.get('q')).toBe('SUB-1');
});

test('a language chosen before or after the sign-in stays, and the server speaks it, too', async () => {
  const email = await newClerk();
  const page = await stage.stranger('/');
  await page.getByLabel('言語').selectOption('English');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor();
  await page.goto(`${stage.env.url}/orders/999999999999`);
  const english = await page.getByRole('alert').innerText();
  expect(english).not.toMatch(/[ぁ-ん]/);
  await page.getByRole('button', { name: 'Account' }).click();
  await page.getByRole('menuitem', { name: '日本語' }).click();
  await page.getByRole('alert').getByText('受注を読み込めませんでした。').waitFor();
  expect(await page.getByRole('alert').innerText()).toMatch(/[ぁ-ん]/);
  await page.reload();
  await page.getByRole('alert').getByText('受注を読み込めませんでした。').waitFor();
});

test('ASVS 7.4.4, 14.3.1: after a sign-out the browser has nothing to go back to', async () => {
  const page = await stage.visit('accountant', '/orders');
  await page.getByRole('button', { name: 'アカウント' }).click();
  await page.getByRole('menuitem', { name: 'ログアウト' }).click();
  await page.getByRole('heading', { name: 'ログイン' }).waitFor();
  await page.goto(`${stage.env.url}/orders`);
  await page.getByRole('heading', { name: 'ログイン' }).waitFor();
});

test('a session that ends during work leads to the sign-in, and back to the same place', async () => {
  const page = await stage.visit('clerk', '/orders?tab=on_hold');
  await page.getByRole('heading', { name: '受注管理' }).waitFor();
  await page.context().clearCookies();
  await page.getByRole('link', { name: /^保留/ }).click();
  await page.getByRole('link', { name: /^全件/ }).click();
  await page.getByRole('heading', { name: 'ログイン' }).waitFor();
  expect(decodeURIComponent(page.url())).toContain('from=/orders');
});

test('the sign-in has no barriers, in both schemes', async () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await stage.stranger('/', { colorScheme, viewport: { width: 320, height: 640 } });
    await page.getByRole('heading', { name: 'ログイン' }).waitFor();
    expect(await barriers(page)).toEqual([]);
  }
});
