import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { beginVerification } from '../../server/src/store/audit/verifications.ts';
import { order } from '../kit/drift.ts';
import { openStage, type Stage } from '../kit/stage.ts';
import { barriers, sidewaysScroll } from './looks.ts';

/** 照合, 操作履歴 and mails by hand: an accountant's sums, and questions asked months later. */
let stage: Stage;
let page: Page;
let captured: string;

beforeAll(async () => {
  stage = await openStage();
  captured = await stage.env.order();
  await order(await stage.env.signIn('clerk'), captured, ['POST', 'payment', {}]);
  page = await stage.visit('accountant', '/reconciliation');
});

async function withoutBarriers(): Promise<void> {
  expect(await barriers(page)).toEqual([]);
  await page.setViewportSize({ width: 320, height: 800 });
  await expect.poll(() => sidewaysScroll(page)).toBe(0);
  await page.setViewportSize({ width: 1440, height: 900 });
}

test('照合: the equation adds up, line by line, and every yen is explained', async () => {
  const equation = page.getByRole('table', { name: '照合の等式' });
  await equation.getByRole('row', { name: /^自社の売上 1 ¥9,115/ }).waitFor();
  const yen = async (name: string) => {
    const row = equation.getByRole('row', { name: new RegExp(`^${name}`) });
    const text = await row.getByRole('cell').last().innerText();
    return Number(text.replace('−', '-').replaceAll(/[^\d-]/g, ''));
  };
  const moves = [
    '一致',
    '金額相違',
    '自社のみ',
    'F-REGIのみ',
    '未照合',
    '期ずれ（翌期へ）',
    '期ずれ（前期から）',
  ];
  let sum = await yen('自社の差引');
  for (const name of moves) sum += await yen(name.replaceAll(/[（）]/g, '.'));
  expect(sum).toBe(await yen('F-REGIの差引'));
  expect(await yen('等式の検算')).toBe(0);
  await page.getByText('差異はありません。1件すべてF-REGIと一致しています。').waitFor();
  await page.getByText('うち1件・¥9,115 は、F-REGIの応答による確認です').waitFor();
  await withoutBarriers();
});

test('照合: the lines of a bucket lead to their orders, and a day has an equation of its own', async () => {
  const lines = page.getByRole('region', { name: '明細' }).first();
  await lines.getByRole('button', { name: /^一致 1/ }).click();
  await lines.getByRole('link', { name: captured }).waitFor();
  await lines.getByText('F-REGIの応答と一致しています。').waitFor();
  await lines.getByRole('button', { name: /^F-REGIのみ 0/ }).click();
  await lines.getByText('この区分の明細はありません。').waitFor();
  await lines.getByRole('button', { name: '相違だけ' }).click();
  await lines.getByText('相違はありません。').waitFor();
  const days = page.getByRole('table', { name: '日ごと' });
  await days.getByRole('row').filter({ hasText: '¥9,115' }).getByRole('link').click();
  await page.getByRole('link', { name: '月全体へ戻る' }).waitFor();
  await page.getByRole('row', { name: /^自社の売上 1 ¥9,115/ }).waitFor();
});

test('照合: a day that is not over cannot be closed, and the reason stands beside the button', async () => {
  const button = page.getByRole('button', { name: 'この期間を締める' });
  await page.getByText('まだ終わっていない日は締められません。').waitFor();
  expect(await button.getAttribute('aria-disabled')).toBe('true');
});

test('照合: a file that is not the console’s is refused in words, and nothing is written', async () => {
  // S6: an accountant reads 照合, and does not say what F-REGI has.
  const choose = page.getByRole('button', { name: 'ファイルを選択' });
  await expect.poll(() => choose.getAttribute('aria-disabled')).toBe('true');
  const clerks = await stage.visit('clerk', '/reconciliation');
  const chooser = clerks.waitForEvent('filechooser');
  await clerks.getByRole('button', { name: 'ファイルを選択' }).click();
  await (await chooser).setFiles({
    name: 'wrong.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('これは,別の,ファイル\n1,2,3\n'),
  });
  await clerks.getByRole('alert').first().waitFor();
  await clerks.getByText('まだ取り込んでいません。').waitFor();
  await clerks.context().close();
});

test('操作履歴: two clicks show who captured this, and when; the filter stands in the URL', async () => {
  await page.getByRole('link', { name: '操作履歴' }).click();
  await page.getByRole('button', { name: 'お金・F-REGI' }).click();
  const table = page.getByRole('table', { name: '操作履歴' });
  await table.getByRole('row', { name: /clerk.*入金済にしました/ }).waitFor();
  await page
    .getByLabel('受注コード')
    .fill(captured.replaceAll(/\d/g, (digit) => '０１２３４５６７８９'[Number(digit)] ?? ''));
  await expect.poll(() => page.url()).toContain(`orderNumber=${captured}`);
  await table.getByRole('link', { name: captured }).first().waitFor();
  await withoutBarriers();
  await page.getByRole('button', { name: '締め' }).click();
  await page.getByRole('button', { name: 'お金・F-REGI' }).click();
  await page.getByText('条件に合う記録はありません。').waitFor();
});

test('操作履歴: each entry shows its address, and one press verifies the records', async () => {
  await page.goto(`${stage.env.url}/activity?areas=money`);
  const table = page.getByRole('table', { name: '操作履歴' });
  const row = table.getByRole('row', { name: /入金済にしました/ });
  await row.getByText('詳細').click();
  await row.getByText('127.0.0.1').waitFor();
  await page.getByRole('button', { name: '記録を検証する' }).click();
  const verified = page.getByRole('region', { name: '記録の検証' });
  await verified.getByText('すべて、書かれた時のままです。').waitFor();
  await verified.getByText(/受注 1件の記録 \d+個、店舗の記録 \d+個/).waitFor();
  await verified.getByText(/（20\d\d\/.*、accountant 2）/).waitFor();
  await withoutBarriers();
  const begun = { shopId: 'hanamichi', id: 'long', startedBy: 'tanaka' };
  await beginVerification(stage.env.db, begun); // as another process carries it out
  await page.reload();
  await verified
    .getByText(/読み直しています：記録 \d+個のうち 0個/)
    .first()
    .waitFor();
  await withoutBarriers();
  await verified.getByRole('button', { name: '検証を中止する' }).click();
  await verified.getByText(/検証は途中で中止されました/).waitFor();
  await verified.getByText('すべて、書かれた時のままです。').waitFor();

  const db = stage.env.db;
  await db.query('alter table journal disable trigger journal_is_as_written');
  const forge = (actor: string) =>
    db.query(`update journal set actor = jsonb_set(actor, '{name}', $1) where version = 2`, [
      JSON.stringify(actor),
    ]);
  const { rows } = await db.query(`select actor ->> 'name' as name from journal where version = 2`);
  await forge('somebody else');
  await page.getByRole('button', { name: '記録を検証する' }).click();
  const found = `受注 ${captured} の2番目の記録が、書かれた時と異なります`;
  await verified.getByRole('alert').getByText(found, { exact: false }).waitFor();
  await forge(rows[0]?.name);
  await db.query('alter table journal enable trigger journal_is_as_written');
  await page.getByRole('button', { name: '記録を検証する' }).click();
  await verified.getByText('すべて、書かれた時のままです。').waitFor();
});

test('操作履歴: the log shows who came in, too', async () => {
  await page.goto(`${stage.env.url}/activity`);
  await page.getByRole('button', { name: 'ログイン・利用者' }).click();
  const table = page.getByRole('table', { name: '操作履歴' });
  await table.getByRole('row', { name: /accountant.*ログインしました/ }).waitFor();
  await table.getByRole('row', { name: /利用者に追加しました（役割 accountant）/ }).waitFor();
});

test('閲覧記録: an owner sees whose orders a person has seen, and takes the list along', async () => {
  const viewer = await stage.visit('viewer', `/orders/${captured}`);
  await viewer.getByRole('heading', { name: captured }).first().waitFor();
  await viewer.context().close();
  const owner = await stage.visit('owner', '/activity');
  const log = owner.getByRole('region', { name: '閲覧記録', exact: true });
  await log.getByLabel('受注コード・申込コード').fill(captured);
  await log.getByRole('button', { name: '閲覧記録を表示' }).click();
  const row = log.getByRole('row', { name: new RegExp(`viewer.*${captured}`) });
  await row.waitFor();
  const [file] = await Promise.all([
    owner.waitForEvent('download'),
    log.getByRole('link', { name: 'CSV' }).click(),
  ]);
  expect(file.suggestedFilename()).toBe('readers.csv');
  await owner.context().close();
  const clerk = await stage.visit('clerk', '/activity');
  await clerk.getByRole('table', { name: '操作履歴' }).waitFor();
  expect(await clerk.getByRole('region', { name: '閲覧記録' }).count()).toBe(0);
  await clerk.context().close();
});

test('操作履歴: a person without permission reads so, and sees nothing', async () => {
  const viewer = await stage.visit('viewer', '/activity');
  await viewer.getByText('この操作の権限がありません（現在の役割：閲覧）').waitFor();
  expect(await viewer.getByRole('table').count()).toBe(0);
  await viewer.context().close();
});

test('V6, C8: an operator reads a mail first, changes it for this order, and the log keeps it as sent', async () => {
  page = await stage.visit('owner', `/orders/${captured}`);
  const mails = page.getByRole('region', { name: 'メール', exact: true }).first();
  await mails.getByRole('button', { name: '送信する : サンクスメール' }).click();
  const dialog = page.getByRole('dialog', { name: 'サンクスメールを送信' });
  const body = dialog.getByRole('textbox', { name: '本文' });
  await expect.poll(() => body.inputValue()).toContain(captured);
  await body.fill('またのご利用をお待ちしております。');
  expect(await barriers(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'この内容で送信する' }).click();
  await mails.getByText('送信を受け付けました。').waitFor();
  await expect
    .poll(() => stage.mails.some(({ text }) => text.includes('またのご利用を')), {
      timeout: 10_000,
    })
    .toBe(true);
});
