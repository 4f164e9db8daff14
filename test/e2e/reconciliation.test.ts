import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { BUCKETS } from '../../core/src/domain/reconciliation/buckets.ts';
import { encodeCp932 } from '../../server/src/csv/text/cp932.ts';
import { openStage, type Stage } from '../kit/stage.ts';
import { barriers } from './looks.ts';

/** 照合 of a past month: the console's CSV, good and bad, 締め, and later changes. */
let stage: Stage;
let page: Page;
beforeAll(async () => {
  stage = await openStage();
  page = await stage.visit('clerk', '/reconciliation?month=2026-01');
});

type Cells = {
  readonly seqno?: string;
  readonly state?: string;
  readonly amount?: string;
  readonly at?: string;
  readonly shop?: string;
};

const HEAD = '"取引番号","伝票番号","ステータス","金額","承認日時","売上日時","店舗"';

function row({ seqno = '9'.repeat(20), ...cells }: Cells = {}): string {
  const { state = '売上済（伝送済）', amount = '500', at = '2026/01/10 12:00:00' } = cells;
  const { shop = '90001 花道文具店' } = cells;
  const all = [seqno, '999999999999', state, amount, at, at, shop];
  return all.map((cell) => `"${cell}"`).join(',');
}

const sheet = (...rows: string[]) => [HEAD, ...rows, ''].join('\r\n');
const cp932 = (text: string) => Buffer.from(encodeCp932(text).bytes);

async function choose(name: string, buffer: Buffer): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'ファイルを選択' }).click();
  await (await chooser).setFiles({ name, mimeType: 'text/csv', buffer });
  await page.getByText(name, { exact: true }).waitFor();
}

const files = () => page.getByRole('region', { name: 'F-REGI管理画面のCSVを取り込む' });
const seen = async () =>
  (await stage.env.db.query('select 1 from seen_transactions')).rowCount ?? Number.NaN;

async function openMonth(month: string): Promise<void> {
  await page.goto(`${stage.env.url}/reconciliation?month=${month}`);
  await page.getByRole('table', { name: '照合の等式' }).waitFor();
}

describe('a file that is not right is refused whole, and the screen says where and why', () => {
  test.each<[what: string, buffer: Buffer, says: RegExp]>([
    [
      'another shop',
      cp932(sheet(row({ shop: '90002 みなと珈琲' }))),
      /2行目\s*店舗.*別の店舗の取引です/s,
    ],
    ['cut off', cp932(`${sheet(row())}"88888`), /ファイルが途中で切れている/],
    [
      'the wrong character set',
      Buffer.from(`\ufeff${sheet(row())}`, 'utf16le'),
      /文字コード|UTF-16/,
    ],
    ['an unknown state', cp932(sheet(row({ state: '売り上げ済み' }))), /2行目\s*ステータス/],
    ['an amount that is none', cp932(sheet(row({ amount: '五百' }))), /2行目\s*金額/],
    [
      'one transaction twice',
      cp932(sheet(row(), row())),
      /3行目\s*取引番号.*同じ取引番号が2行目にもあります/s,
    ],
    ['a text after a quote', cp932(sheet(`${row()}x`)), /2行目/],
    ['no transactions', cp932(sheet()), /取引がありません/],
  ])('the screen refuses %s', async (what, buffer, says) => {
    await choose(`${what}.csv`, buffer);
    await files().filter({ hasText: says }).waitFor();
    expect(
      await files()
        .getByRole('button', { name: /行を取り込む/ })
        .count(),
    ).toBe(0);
    expect(await seen()).toBe(0);
  });

  test('a file of another month is refused when its box says that it holds all of this month', async () => {
    await choose('december.csv', cp932(sheet(row({ at: '2025/12/10 12:00:00' }))));
    await files().getByRole('button', { name: '1行を取り込む' }).waitFor();
    await files().getByRole('checkbox').check();
    const said = /2行目\s*承認日時.*選んだ期間（2026-01-01〜2026-01-31）の取引ではありません/s;
    await files().filter({ hasText: said }).waitFor();
    expect(await barriers(page)).toEqual([]);
    await files().getByRole('checkbox').uncheck();
    expect(await seen()).toBe(0);
  });
});

test('a file edited by hand is read all the same: a comma, 全角 digits, a line break in quotes', async () => {
  const text = sheet(
    row({ amount: '1,000' }),
    row({ seqno: '7'.repeat(20), amount: '５００', at: '2026/01/11 12:00:00' }),
    row({ seqno: '6'.repeat(20), shop: '90001 花道\r\n文具店' }),
  );
  await choose('edited.csv', cp932(text));
  await files().getByRole('button', { name: '3行を取り込む' }).click();
  await files().getByText('取り込みました。', { exact: false }).waitFor();
  const equation = page.getByRole('table', { name: '照合の等式' });
  await equation.getByRole('row', { name: /^F-REGIの差引 .*¥2,000/ }).waitFor();
  await choose('edited-again.csv', cp932(text));
  await files().getByText('このファイルは以前に取り込まれています。', { exact: false }).waitFor();
});

test('a month is closed after the dialog names the open items; later changes correct the next month', async () => {
  await openMonth('2026-01');
  await page.getByRole('button', { name: 'この期間を締める' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('差異 3件・¥2,000 が残っています。').waitFor();
  await dialog.getByText('締めた期間は、もう一度開けません。').waitFor();
  expect(await barriers(page)).toEqual([]);
  await dialog.getByRole('button').last().click();
  await page
    .getByText(/clerk.*締め|締め.*clerk/)
    .first()
    .waitFor();

  const late = row({ seqno: '5'.repeat(20), amount: '700', at: '2026/01/20 12:00:00' });
  await choose('late.csv', cp932(sheet(late)));
  await files().getByRole('button', { name: '1行を取り込む' }).click();
  await files().getByText('取り込みました。', { exact: false }).waitFor();
  await openMonth('2026-01');
  const equation = page.getByRole('table', { name: '照合の等式' });
  await equation.getByRole('row', { name: /^F-REGIの差引 .*¥2,000/ }).waitFor();
  await openMonth('2026-02');
  await equation.getByRole('row', { name: /^F-REGIの差引 .*¥700/ }).waitFor();
  await page.getByText('2026-01-20分の修正', { exact: false }).waitFor();
  await page.getByText('差異 1件・¥700 を確認してください。').waitFor();
});

test('締め goes in order, and a month after a gap says why it cannot be closed', async () => {
  await openMonth('2026-04');
  const button = page.getByRole('button', { name: 'この期間を締める' });
  expect(await button.getAttribute('aria-disabled')).toBe('true');
  await page.getByText('順に', { exact: false }).first().waitFor();
});

test('a past day can be closed by itself', async () => {
  await page.goto(`${stage.env.url}/reconciliation?month=2026-02&day=2026-02-01`);
  await page.getByRole('button', { name: 'この期間を締める' }).click();
  await page.getByRole('dialog').getByRole('button').last().click();
  await page
    .getByText(/2026\/02\/01.*締め/)
    .first()
    .waitFor();
  await openMonth('2026-02');
  const days = page.getByRole('table', { name: '日ごと' });
  await days.getByRole('row', { name: /^02\/01 .*¥700/ }).waitFor();
  const equation = page.getByRole('table', { name: '照合の等式' });
  await equation.getByRole('row', { name: /^F-REGIの差引 .*¥700/ }).waitFor();
});

test('the print has the equation and the lines, and no buttons', async () => {
  await openMonth('2026-02');
  await page.emulateMedia({ media: 'print' });
  await page.getByRole('table', { name: '照合の等式' }).waitFor();
  for (const name of ['ファイルを選択', '印刷', 'この期間を締める']) {
    expect([name, await page.getByRole('button', { name }).isVisible()]).toEqual([name, false]);
  }
  const menu = page.getByRole('navigation', { name: 'メインメニュー' });
  expect(await menu.isVisible()).toBe(false);
  expect(await files().isVisible()).toBe(false);
  await page.emulateMedia({ media: 'screen' });
});

test('印刷 puts every line on paper under one head, also lines that the screen does not show', async () => {
  await openMonth('2026-02');
  await page.evaluate('window.print = () => { window.printed = (window.printed ?? 0) + 1; }');
  await page.getByRole('button', { name: '印刷' }).click();
  await expect.poll(() => page.evaluate('window.printed')).toBe(1);
  await page.emulateMedia({ media: 'print' });
  const heading = page.getByRole('heading', { level: 1, name: /^照合 2026\/02\/01〜2026\/02\/28/ });
  await heading.waitFor();
  const paper = page.getByRole('table', { name: '明細' });
  const clerk = await stage.env.signIn('clerk');
  const { count } = (
    await clerk.get(`/v1/reconciliation?month=2026-02&buckets=${BUCKETS.join(',')}`)
  ).body;
  expect(await paper.getByRole('rowheader').count()).toBe(count);
  await page.evaluate("window.dispatchEvent(new Event('afterprint'))");
  await page.emulateMedia({ media: 'screen' });
  await page.getByRole('button', { name: '印刷' }).waitFor();
  expect(await heading.count()).toBe(0);
});
