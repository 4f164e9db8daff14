import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { fileOf, OTHER } from '../kit/sheets.ts';
import { openStage, type Stage } from '../kit/stage.ts';

/** CSV取込: checks a file first, line by line; imports a part of it only by explicit choice. */
let stage: Stage;
let page: Page;
beforeAll(async () => {
  stage = await openStage();
  page = await stage.visit('clerk', '/imports');
});

async function choose(name: string, text: string): Promise<void> {
  await page.goto(`${stage.env.url}/imports`);
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'ファイルを選択' }).click();
  const buffer = Buffer.from(text);
  await (await choosing).setFiles({ name, mimeType: 'text/csv', buffer });
  await page.getByRole('region', { name: '確認結果' }).waitFor();
}

const report = () => page.getByRole('region', { name: '確認結果' });
const count = async () => {
  const client = await stage.env.signIn('viewer');
  return (await client.get('/v1/orders')).body.count;
};

test('a bad row is named by its line and column, and the good rows come in only after a tick', async () => {
  const bad = { orderNumber: '100000394013', seqno: '00000000000000002956', billed: '九千' };
  await choose('orders.csv', fileOf([{}, OTHER, bad]));
  const row = report().getByRole('table', { name: '修正が必要な行' }).getByRole('row').nth(1);
  await row.getByRole('rowheader', { name: '4行目' }).waitFor();
  await row.getByText('請求合計金額').first().waitFor();
  expect(await count()).toBe(0);
  await report().getByText('一部だけ取り込む場合は、上の項目にチェックしてください。').waitFor();
  expect(
    await report()
      .getByRole('button', { name: /取り込む/ })
      .count(),
  ).toBe(0);
  await report()
    .getByRole('checkbox', { name: /^エラーの1件を除いて取り込む/ })
    .check();
  await report().getByRole('button', { name: '2件を取り込む' }).click();
  await report().getByText('2件の受注を取り込みました。').waitFor();
  expect(await count()).toBe(2);
  await report().getByRole('link', { name: '受注一覧を開く' }).click();
  await page.getByRole('link', { name: OTHER.orderNumber }).waitFor();
});

test('the screen recognizes a file imported before and offers no order of it', async () => {
  const text = fileOf([{ orderNumber: '100000394014', seqno: '00000000000000002957' }]);
  await choose('once.csv', text);
  await report().getByRole('button', { name: '1件を取り込む' }).click();
  await report().getByText('1件の受注を取り込みました。').waitFor();
  await choose('once.csv', text);
  await report().getByText('このファイルは以前に取り込まれています。').waitFor();
  await report().getByText('取り込める受注がありません。').waitFor();
  expect(await count()).toBe(3);
});
