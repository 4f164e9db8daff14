import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { IncomingOrder } from '../../core/src/domain/order/place-order.ts';
import { atConsole, heldFor, strike } from '../kit/gateway.ts';
import { openStage, type Stage } from '../kit/stage.ts';
import { QUICK } from '../kit/timing.ts';
import { focused, watchNumber } from './looks.ts';

/** 未入金 → 一括入金: from the ticks to the result, with real failures among thirty orders. */
/** Without an inquiry: before the run nobody here knows of deeds at the console. */
const SHOP = 'minato';

/** A busy machine may take its time: these tests are not about missing answers. */
const PATIENT = { ...QUICK, callMs: 10_000, takeoverMs: 12_000, quarantineMs: 13_000 };

let stage: Stage;
let page: Page;
beforeAll(async () => {
  stage = await openStage({ latencyMs: 120, timing: PATIENT });
  page = await stage.visit('clerk', '/orders?tab=unpaid', { shopId: SHOP });
});

const AMOUNTS = { shipping: 0, paymentFee: 0, wrapping: 0, pointsUsed: 0, couponDiscount: 0 };
const billed = (yen: number) => ({ amounts: { items: yen, ...AMOUNTS } });
const TRANSFER = {
  paymentKind: 'bank_transfer',
  paymentMethod: '銀行振込',
  transaction: undefined,
} satisfies Partial<IncomingOrder>;

async function place(count: number, changes: Partial<IncomingOrder> = {}): Promise<string[]> {
  const placed: string[] = [];
  while (placed.length < count) placed.push(await stage.env.order(changes, SHOP));
  return placed;
}

async function openList(query: string): Promise<void> {
  await page.goto(`${stage.env.url}/orders?tab=unpaid${query}`);
  await page.getByRole('table').waitFor();
}

const preview = () => page.getByRole('dialog', { name: '一括入金の確認' });
const group = (text: string) => preview().locator('summary').filter({ hasText: text });
const sum = (name: string) =>
  preview().getByRole('term').filter({ hasText: name }).locator('xpath=following-sibling::dd');

describe('thirty card orders, two of them done at F-REGI already', () => {
  const CAPTURED = '100000924506';
  const VOIDED = '100000923704';
  let asIs: string[];
  let changed: string[];

  beforeAll(async () => {
    asIs = await place(25);
    changed = await place(3, billed(12_000));
    await place(1, billed(1));
    await place(2, TRANSFER);
    for (const orderNumber of [CAPTURED, VOIDED]) await stage.env.order({ orderNumber }, SHOP);
    await atConsole(stage.env, CAPTURED, 'capture');
    await atConsole(stage.env, VOIDED, 'void');
  }, 60_000);

  test('L4, C2, C3, C11: すべてチェック selects all, and the preview says what happens to each order', async () => {
    await openList('');
    await page.getByRole('checkbox', { name: 'すべてチェック' }).check();
    await page.getByText('33件の受注が選択されています。').waitFor();
    await page.getByRole('button', { name: '入金済にする' }).click();
    await group('そのまま売上処理　27件').waitFor();
    await group('金額変更して売上処理　3件　¥36,000').waitFor();
    await group('F-REGIに送らない　2件').waitFor();
    await group('対象外　1件　¥1').waitFor();
    await preview().getByText('2円以上').first().waitFor();
    expect(await sum('選択').innerText()).toBe('33件');
    expect(await sum('実行').innerText()).toBe('32件');
    const row = preview().getByRole('row', { name: new RegExp(`^${changed[0]}`) });
    await row.getByText('+¥2,885').waitFor();
    await row.getByText('金額変更 → 売上処理').click();
    await row.getByText('authchange.cgi').waitFor();
  });

  test("the rows change one by one before the operator's eyes, without a reload", async () => {
    await strike(
      stage.env,
      ...[600, 1_200, 1_800, 2_400].map((delayMs) => ({ kind: 'late_answer', times: 4, delayMs })),
    );
    const seenOf = await watchNumber(page, /件中 (\d+)件 完了/);
    await preview()
      .getByRole('button', { name: /^32件・¥[\d,]+ を売上処理する$/ })
      .click();
    await page.getByRole('heading', { name: '売上処理を実行しています。' }).waitFor();
    await page.getByText('画面を閉じても処理は続きます。').waitFor();
    await page.getByRole('heading', { name: /件を入金済にしました/ }).waitFor({ timeout: 30_000 });
    const seen = await seenOf();
    expect(seen.length, `seen: ${seen.join(', ')}`).toBeGreaterThan(3);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    await strike(stage.env);
  });

  test('C6, L5: the counts are those of the data, and the error panel has the manual’s words', async () => {
    await page
      .getByRole('heading', {
        name: '30件を入金済にしました（うち売上処理 28件）。 2件に失敗しました。 1件は対象外です。',
        exact: true,
      })
      .waitFor();
    const panel = page.getByText('以下の項目を確認してください').locator('xpath=..');
    const lines = (await panel.innerText()).split('\n').map((line) => line.trim());
    const lead =
      '以下の受注について、F-REGIのステータス更新に失敗しました。F-REGIの管理画面でステータスを確認してください。';
    expect(lines.filter((line) => line !== '' && line !== 'コピー').toSorted()).toEqual(
      [
        'エラー',
        '以下の項目を確認してください',
        lead,
        `${CAPTURED}:売上処理時の指定された取引は売上受付済みです`,
        `${VOIDED}:売上処理時の指定された取引は承認取消済みです`,
      ].toSorted(),
    );
    for (const orderNumber of [...asIs, ...changed]) {
      const held = (await heldFor(stage.env, orderNumber)).at(-1);
      expect(held, orderNumber).toMatchObject({ state: 'captured_untransmitted' });
    }
    expect(await heldFor(stage.env, VOIDED)).toMatchObject([{ state: 'voided' }]);
  });

  test('C6: beside each failed order stand cause, remedy and action; two presses mend it', async () => {
    const failed = page.getByRole('region', { name: '失敗した受注と対処' }).first();
    const row = failed.getByRole('row', { name: new RegExp(`^${CAPTURED}`) });
    await row.getByText('すでに売上処理済みです').first().waitFor();
    await row.getByText('請求は1回だけです。').waitFor();
    await row.getByText('S1-1-122').waitFor();
    await row.getByRole('link', { name: 'F-REGIには送らず入金済にする' }).click();
    const dialog = page.getByRole('dialog', { name: 'F-REGIには送らず入金済にする' });
    await dialog.getByRole('button', { name: 'F-REGIには送らず入金済にする' }).click();
    await page.getByText('入金済にしました。').waitFor();
    await page.goBack();
    await page.getByRole('button', { name: '失敗 2' }).click();
    const results = page.getByRole('table', { name: '受注ごとの結果' });
    expect(await results.getByRole('row').count()).toBe(3); // the head and two rows
  });

  test('一括処理 lists the run with its outcome and opens it', async () => {
    await page.getByRole('navigation').getByRole('link', { name: '一括処理' }).click();
    const outcome = '30件を入金済にしました（うち売上処理 28件）。 2件に失敗しました。';
    await page.getByRole('row').filter({ hasText: outcome }).getByRole('link').click();
    await page.getByRole('heading', { name: outcome }).waitFor();
  });
});

test('T1: the keyboard alone does it: g u, Ctrl+A, p, Ctrl+Enter', async () => {
  const orders = await place(3);
  await page.goto(`${stage.env.url}/runs`);
  await page.getByRole('table').waitFor();
  for (const key of ['g', 'u']) await page.keyboard.press(key);
  await page.getByRole('link', { name: orders.at(-1) ?? '' }).waitFor();
  await page.keyboard.press('Control+a');
  await page.getByText('5件の受注が選択されています。').waitFor(); // with two that failed before
  for (const key of ['j', 'k']) await page.keyboard.press(key);
  await page.keyboard.press('p');
  await group('そのまま売上処理　3件').waitFor();
  await focused(preview().getByRole('button', { name: 'キャンセル' }));
  await page.keyboard.press('Control+Enter');
  await page.getByRole('heading', { name: '3件の売上処理に成功しました。' }).waitFor();
  await focused(page.getByRole('heading', { level: 1 }));
});

test('ticking freezes a whole result of 101, and the button works only after its number is typed', async () => {
  await place(101, TRANSFER);
  await openList('&kinds=bank_transfer&limit=50');
  await page.getByRole('checkbox', { name: 'すべてチェック' }).check();
  await page.getByRole('button', { name: '一覧の101件すべてを選択' }).click();
  await page.getByText('101件の受注が選択されています。').waitFor();
  await page.getByRole('button', { name: '入金済にする' }).click();
  const confirm = preview().getByRole('button', { name: /^101件・¥920,615 を入金済にする$/ });
  await confirm.click();
  await preview().getByText('件数が一致しません。「101」と入力してください。').waitFor();
  await page.keyboard.type('１０１'); // the focus is in the field already
  await confirm.click();
  await page
    .getByRole('heading', { name: '101件を入金済にしました。' })
    .waitFor({ timeout: 30_000 });
});

test('pausing and stopping wait for the sent rows and leave the rest as it was', async () => {
  const orders = await place(60);
  await strike(stage.env, { kind: 'late_answer', cgi: 'sale.cgi', delayMs: 7_000 });
  await openList('&kinds=card_fregi&transactionState=authorized');
  await page.getByRole('checkbox', { name: 'すべてチェック' }).check();
  await page.getByRole('button', { name: '入金済にする' }).click();
  await preview().getByRole('button', { name: /^60件/ }).click();
  await page.getByRole('button', { name: '一時停止' }).click();
  await page.getByRole('heading', { name: '一時停止中です。' }).waitFor();
  await page.getByRole('button', { name: '残りを中止' }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^残りの\d+件を中止する$/ })
    .click();
  await page.getByRole('heading', { name: /件は中止しました。/ }).waitFor({ timeout: 20_000 });
  const heading = page.getByRole('heading', { level: 1 });
  // The screen says that rows are under way; no more rows wait.
  await page.getByText(/処理を始めた\d+件の完了を待っています。/).waitFor();
  expect(await heading.innerText()).toMatch(/件は処理中です。/);
  expect(await heading.innerText()).not.toContain('待機中');
  await expect.poll(() => heading.innerText(), { timeout: 20_000 }).not.toContain('処理中');
  await strike(stage.env);
  const states = await Promise.all(orders.map((orderNumber) => heldFor(stage.env, orderNumber)));
  const captured = states.filter(([held]) => held?.state === 'captured_untransmitted').length;
  expect(captured).toBeGreaterThan(0);
  expect(await heading.innerText()).toContain(`${60 - captured}件は中止しました。`);
});
