import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { order } from '../kit/drift.ts';
import { incoming } from '../kit/orders.ts';
import { openStage, type Stage } from '../kit/stage.ts';
import { barriers, sidewaysScroll } from './looks.ts';

/** ホーム and 期限: the numbers of today's work; each leads to exactly the orders that it counts. */
let stage: Stage;
let page: Page;
let near: string;

const DAY_MS = 24 * 60 * 60 * 1000;

beforeAll(async () => {
  stage = await openStage();
  const { env } = stage;
  const clerk = await env.signIn('clerk');
  await env.order();
  near = await env.order({ transaction: authorizedDaysAgo(58) });
  await env.order({ transaction: authorizedDaysAgo(20) });
  await order(clerk, await env.order(), ['POST', 'payment', {}]);
  const left = await env.order();
  await order(clerk, left, ['POST', 'status', { to: 'cancelled' }]);
  await env.renkei.backoffice.attendant.attend('hanamichi', [near, left]);
  page = await stage.visit('clerk', '/');
});

function authorizedDaysAgo(days: number) {
  const { transaction } = incoming();
  if (transaction?.kind !== 'authorized') throw new Error('not a card order');
  return { ...transaction, authorizedAt: new Date(Date.now() - days * DAY_MS).toISOString() };
}

const tile = (name: string) =>
  page.getByRole('navigation', { name: '今日の仕事' }).getByRole('link', { name });

test('the first row shows the work of today: five numbers with their yen', async () => {
  await tile('未入金（カード） 3件 ¥27,345').waitFor();
  await tile('承認期限 7日以内 1件 ¥9,115').waitFor();
  await tile('要対応 2件').waitFor();
  await tile('結果確認中・要確認 0件 不明な結果はありません').waitFor();
  await tile('失敗のある一括処理（7日間） 0件 失敗はありません').waitFor();
});

test('each number leads to exactly the rows that it counts', async () => {
  await tile('未入金（カード）').click();
  await page.getByText('3件中1-3件表示').waitFor();
  await page.goBack();
  await tile('承認期限 7日以内').click();
  const rows = page.getByRole('table', { name: '承認期限の一覧' }).getByRole('rowheader');
  await rows.first().waitFor();
  expect(await rows.allInnerTexts()).toEqual([near]);
  await page.goBack();
  await tile('要対応').click();
  await expect
    .poll(() => page.getByRole('navigation', { name: '要対応の一覧' }).getByRole('link').count())
    .toBe(2);
  await page.goBack();
});

test('every chart has a table with the same numbers', async () => {
  const captures = page.getByRole('region', { name: '日別の売上処理額（過去30日）' });
  await captures.getByRole('img', { name: /合計 ¥9,115（1件）/ }).waitFor();
  await captures.getByRole('button', { name: '表で見る' }).click();
  await captures.getByRole('row', { name: /¥9,115 1$/ }).waitFor();
  expect(await captures.getByRole('row').count()).toBe(31);
  const times = page.getByRole('region', { name: 'F-REGIの応答時間（過去7日）' });
  await times.getByRole('button', { name: '表で見る' }).click();
  await times.getByRole('rowheader', { name: '売上処理' }).waitFor();
});

test('C10: 期限 shows every authorization across the levels, and the yen by week', async () => {
  await page.goto(`${stage.env.url}/deadlines`);
  const table = page.getByRole('table', { name: '承認期限の一覧' });
  await table.getByText('あと2日').waitFor();
  expect(await table.getByRole('rowheader').count()).toBe(3);
  await page.getByRole('button', { name: '終わった受注も含める' }).click();
  await expect.poll(() => table.getByRole('rowheader').count()).toBe(4);
  await page.getByRole('region', { name: '週ごとの未売上額' }).waitFor();
  await table.getByRole('link', { name: near }).click();
  await page.getByRole('button', { name: '入金済に更新' }).waitFor();
});

test.each(['/', '/deadlines'])(
  'the page %s has no barriers and does not scroll sideways',
  async (at) => {
    await page.goto(`${stage.env.url}${at}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    expect(await barriers(page)).toEqual([]);
    await page.setViewportSize({ width: 320, height: 800 });
    await expect.poll(() => sidewaysScroll(page)).toBe(0);
    await page.setViewportSize({ width: 1440, height: 900 });
  },
);
