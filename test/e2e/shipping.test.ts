import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { ledgerOf } from '../kit/drift.ts';
import { openStage, type Stage } from '../kit/stage.ts';
import { barriers, sidewaysScroll } from './looks.ts';

/** 発送結果: one file marks shipped and captures, in one run, and never twice. */
let stage: Stage;
let page: Page;
let orders: string[];

beforeAll(async () => {
  stage = await openStage();
  orders = [await stage.env.order(), await stage.env.order()];
  page = await stage.visit('clerk', '/orders?tab=unshipped');
});

const csv = (rows: readonly string[]) =>
  Buffer.from(`受注コード,送り状番号,発送日\r\n${rows.join('\r\n')}\r\n`);

async function choose(rows: readonly string[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'ファイルを選択' }).click();
  const file = { name: 'results.csv', mimeType: 'text/csv', buffer: csv(rows) };
  await (await chooser).setFiles(file);
}

const rows = () => orders.map((number, index) => `${number},12345678901${index},2026/11/20`);

test('a wrong line is named, and nothing begins unless it is left out on purpose', async () => {
  await page.getByRole('link', { name: '発送結果CSVを取り込む' }).click();
  await page.getByRole('heading', { name: '発送結果の取込' }).waitFor();
  await choose([...rows(), '199999999999,123,2026/11/20']);
  await page.getByRole('alert').getByText('4行目', { exact: false }).waitFor();
  await page.getByText('エラーの行を除いて実行する場合は').waitFor();
  expect(await page.getByRole('button', { name: /発送済にする/ }).count()).toBe(0);
  expect(await barriers(page)).toEqual([]);
  await page.setViewportSize({ width: 320, height: 800 });
  await expect.poll(() => sidewaysScroll(page)).toBe(0);
  await page.setViewportSize({ width: 1440, height: 900 });
});

test('C1: one press on a good file ships, keeps tracking numbers, and captures', async () => {
  await page.getByRole('checkbox', { name: /^入金済にする/ }).check();
  await choose(rows());
  await page.getByRole('button', { name: '2件を発送済にし、2件・¥18,230 を入金済にする' }).click();
  await page.waitForURL(/\/runs\//);
  for (const number of orders) {
    await expect
      .poll(() => ledgerOf(stage.env, number), { timeout: 15_000 })
      .toEqual(['captured_untransmitted 9115']);
  }
  await page.goto(`${stage.env.url}/orders/${orders[0]}`);
  await page.getByText('123456789010').first().waitFor();
  await page.getByText('発送済').first().waitFor();
});

test('the same file again is recognized, and leaves nothing to do', async () => {
  await page.goto(`${stage.env.url}/imports/shipping`);
  await page.getByRole('checkbox', { name: /^入金済にする/ }).check();
  await choose(rows());
  await page.getByText('このファイルはすでに取り込み済みです', { exact: false }).waitFor();
  await page.getByText('発送済にする受注がありません。').waitFor();
});
