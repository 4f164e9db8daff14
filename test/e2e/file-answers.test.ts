import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { incoming } from '../kit/orders.ts';
import { fileOf } from '../kit/sheets.ts';
import { openStage, type Stage } from '../kit/stage.ts';
import { barriers, sidewaysScroll } from './looks.ts';

/** What no file can tell is asked once on the screens, kept, and shown in 設定. */
let stage: Stage;
let page: Page;
beforeAll(async () => {
  stage = await openStage();
  page = await stage.visit('clerk', '/imports');
});

async function choose(path: string, name: string, text: string): Promise<void> {
  await page.goto(`${stage.env.url}${path}`);
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'ファイルを選択' }).click();
  const buffer = Buffer.from(text);
  await (await choosing).setFiles({ name, mimeType: 'text/csv', buffer });
  await page.getByRole('region', { name: '確認結果' }).waitFor();
}

test('F1: a payment method of unknown kind is asked for once, and its orders come in', async () => {
  const METHOD = 'クロネコwebコレクト';
  const order = { orderNumber: '700000030001', seqno: '', authCode: '', paymentMethod: METHOD };
  await choose('/imports', 'orders.csv', fileOf([order]));
  const report = page.getByRole('region', { name: '確認結果' });
  await report.getByText('決済種別の決まっていない決済方法が1件あります').waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  await expect.poll(() => sidewaysScroll(page)).toBe(0);
  await page.setViewportSize({ width: 1440, height: 900 });
  await report.getByLabel(`${METHOD}（1件）`).selectOption('任意決済');
  await report.getByRole('button', { name: '保存して、もう一度確認する' }).click();
  await report.getByRole('button', { name: '1件を取り込む' }).click();
  await report.getByText('1件の受注を取り込みました。').waitFor();
});

test('F10: the columns of a foreign file are taught once', async () => {
  const orderNumber = await stage.env.order();
  const file = `注文ID,追跡ID\r\n${orderNumber},451234567890\r\n`;
  await choose('/imports/shipping', 'results.csv', file);
  await page.getByText('どの列が何かを選んでください').waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.getByLabel('受注コード', { exact: true }).selectOption('注文ID');
  await page.getByLabel('送り状番号', { exact: true }).selectOption('追跡ID');
  await page.getByRole('button', { name: '保存して、もう一度確認する' }).click();
  await page.getByRole('button', { name: '1件を発送済にする' }).waitFor();
});

test('F13: a character that Shift_JIS lacks is replaced or left out, and the rest is written', async () => {
  const base = incoming();
  const named = (name: string) =>
    stage.env.order({
      details: { ...base.details, customer: { ...base.details.customer, name } },
    });
  await named('𠮷田 花子');
  await named('田中 一郎');
  await page.goto(`${stage.env.url}/orders`);
  await page.getByRole('button', { name: 'CSVダウンロード' }).click();
  const dialog = page.getByRole('dialog', { name: '検索結果をダウンロード' });
  await dialog.getByLabel('形式', { exact: true }).selectOption({ label: 'futureshop 形式' });
  await dialog.getByRole('button', { name: 'ダウンロード', exact: true }).click();
  await dialog.getByText('このままでは出力できない受注が1件あります').waitFor();
  expect(await barriers(page)).toEqual([]);
  const partial = page.waitForEvent('download');
  await dialog.getByRole('button', { name: /^1件を除いて、\d+件をダウンロード$/ }).click();
  await partial;
  await dialog.getByRole('button', { name: 'ダウンロード', exact: true }).click();
  await dialog.getByText('このままでは出力できない受注が1件あります').waitFor();
  const replaced = dialog.getByLabel('「𠮷」（U+20BB7、1件）の代わり');
  expect(await replaced.inputValue()).toBe('吉');
  const whole = page.waitForEvent('download');
  await dialog.getByRole('button', { name: '置き換えを保存して出力する' }).click();
  await whole;
});

test('設定 shows every answer, and an answer that is removed is asked for again', async () => {
  const owner = await stage.visit('owner', '/settings?page=csv');
  const answers = owner.getByRole('region', { name: 'ファイルの読み替え' });
  for (const word of ['クロネコwebコレクト', '注文ID', '追跡ID', '𠮷']) {
    await answers.getByRole('rowheader', { name: word }).waitFor();
  }
  expect(await barriers(owner)).toEqual([]);
  const row = answers.getByRole('row').filter({ hasText: '𠮷' });
  await row.getByRole('button', { name: '削除' }).click();
  await expect.poll(() => answers.getByRole('rowheader', { name: '𠮷' }).count()).toBe(0);
});
