import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { incoming } from '../kit/orders.ts';
import { openStage, type Stage } from '../kit/stage.ts';
import { barriers } from './looks.ts';

/** Uses of the list: a kept view, and a file that loses nothing. */
let stage: Stage;
let page: Page;
let orderNumber: string;

beforeAll(async () => {
  stage = await openStage();
  orderNumber = await stage.env.order();
  await stage.env.order({ paymentKind: 'bank_transfer', transaction: undefined });
  page = await stage.visit('clerk', '/orders?tab=unpaid&kinds=card_fregi');
});

const saved = () => page.getByRole('navigation', { name: '保存した条件' });

test('L2: a filter is kept under a name, and is one press away from everywhere in the list', async () => {
  await page.getByRole('button', { name: 'この条件を保存' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: '保存する' }).click();
  await dialog.getByText('名前を入力してください。').waitFor();
  await dialog.getByRole('textbox', { name: '名前' }).fill('カードの未入金');
  expect(await barriers(page)).toEqual([]);
  await dialog.getByRole('button', { name: '保存する' }).click();
  await saved().getByRole('link', { name: 'カードの未入金' }).waitFor();
  await page.getByRole('link', { name: /^全件/ }).click();
  await page.getByText('2件中1-2件表示').waitFor();
  await saved().getByRole('link', { name: 'カードの未入金' }).click();
  await page.getByText('1件中1-1件表示').waitFor();
  expect(page.url()).toContain('kinds=card_fregi');
});

test('the same name twice is refused in words, and the form keeps what was typed', async () => {
  await page.getByRole('button', { name: 'この条件を保存' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: '名前' }).fill('カードの未入金');
  await dialog.getByRole('button', { name: '保存する' }).click();
  await dialog.getByRole('alert').waitFor();
  expect(await dialog.getByRole('textbox', { name: '名前' }).inputValue()).toBe('カードの未入金');
  await dialog.getByText('保存した条件の整理').click();
  await dialog.getByRole('button', { name: '「カードの未入金」を削除' }).click();
  await expect.poll(() => saved().count()).toBe(0);
  await dialog.getByRole('button', { name: 'キャンセル' }).click();
});

test('L6: the shown result becomes a file in the chosen layout', async () => {
  await page.getByRole('button', { name: 'CSVダウンロード' }).click();
  const dialog = page.getByRole('dialog', { name: '検索結果をダウンロード' });
  await dialog.getByText('今の検索結果 1件を、この時点の内容で出力します。').waitFor();
  expect(await barriers(page)).toEqual([]);
  await dialog.getByLabel('形式', { exact: true }).selectOption({ label: 'futureshop 形式' });
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'ダウンロード' }).click(),
  ]);
  const bytes = await readFile(await download.path());
  const text = new TextDecoder('shift_jis').decode(bytes);
  expect(text).toContain(orderNumber);
  expect(text).toContain('髙﨑');
  await dialog.getByText('ダウンロードしました。').waitFor();
  await dialog.getByRole('button', { name: 'キャンセル' }).click();
});

test('L6: characters that CP932 lacks are named and nothing is written; UTF-8 loses nothing', async () => {
  const { details } = incoming();
  const customer = { ...details.customer, name: '𠮷野 🍣子' };
  await stage.env.order({ details: { ...details, customer } });
  await page.reload();
  await page.getByText('2件中1-2件表示').waitFor();
  await page.getByRole('button', { name: 'CSVダウンロード' }).click();
  const dialog = page.getByRole('dialog', { name: '検索結果をダウンロード' });
  await dialog.getByRole('button', { name: 'ダウンロード' }).click();
  await dialog.getByRole('alert').getByText('𠮷', { exact: false }).first().waitFor();
  await dialog.getByLabel('文字コード').selectOption('utf-8');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'ダウンロード' }).click(),
  ]);
  expect(await readFile(await download.path(), 'utf8')).toContain('🍣');
});
