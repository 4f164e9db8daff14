import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { atConsole, heldFor } from '../kit/gateway.ts';
import { openStage, type Stage } from '../kit/stage.ts';
import { barriers } from './looks.ts';

/** キャンセル依頼: customers' requests, accepted or withdrawn, many at once. */
let stage: Stage;
let page: Page;
let authorized: string;
let captured: string;
let transfer: string;
let kept: string;

async function asked(message: string, changes: Parameters<Stage['env']['order']>[0] = {}) {
  const orderNumber = await stage.env.order(changes);
  const clerk = await stage.env.signIn('clerk');
  await clerk.post(`/v1/orders/${orderNumber}/cancel-request`, { body: { message }, version: 1 });
  return orderNumber;
}

beforeAll(async () => {
  stage = await openStage();
  authorized = await asked('サイズを間違えました。');
  captured = await asked('');
  await atConsole(stage.env, captured, 'capture');
  const bank = { paymentKind: 'bank_transfer', paymentMethod: '銀行振込', transaction: undefined };
  transfer = await asked('不要になりました。', bank as Parameters<Stage['env']['order']>[0]);
  kept = await asked('やっぱり届けてください。');
  const clerk = await stage.env.signIn('clerk');
  await clerk.post(`/v1/orders/${captured}/look`, { body: {} });
  page = await stage.visit('clerk', '/orders');
});

const preview = (name: string) => page.getByRole('dialog', { name });
const tick = (orderNumber: string) =>
  page.getByRole('checkbox', { name: `受注 ${orderNumber} を選択` }).check();
const read = async (orderNumber: string) =>
  (await (await stage.env.signIn('clerk')).get(`/v1/orders/${orderNumber}`)).body;

describe('in its tab', () => {
  test('a request shows the customer’s words in its tab, and marks its order elsewhere', async () => {
    await page.getByRole('link', { name: 'キャンセル依頼 4' }).click();
    await page.getByText('4件中1-4件表示').waitFor();
    const row = page.getByRole('row').filter({ hasText: authorized });
    await row.getByText('サイズを間違えました。').waitFor();
    await page.getByRole('columnheader', { name: 'キャンセル依頼' }).waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.keyboard.press('4');
    const other = page.getByRole('row').filter({ hasText: kept });
    await other.getByText('キャンセル依頼').waitFor();
  });

  test('an operator sees a request before shipping or charging its order', async () => {
    await tick(kept);
    await page.keyboard.press('h');
    await preview('一括発送の確認')
      .getByText('キャンセル依頼のある受注が1件含まれています。')
      .waitFor();
    await page.keyboard.press('Escape');
  });
});

describe('many at once', () => {
  test('withdrawn requests let their orders go on and leave the tab', async () => {
    await page.goto(`${stage.env.url}/orders?tab=cancel_requests`);
    await tick(kept);
    await page.getByRole('button', { name: '依頼を取り下げる' }).click();
    const dialog = preview('キャンセル依頼の取り下げの確認');
    await dialog.getByText('依頼だけを取り下げ、注文はそのまま続きます。').waitFor();
    await dialog.getByRole('button', { name: '1件の依頼を取り下げる' }).click();
    await page.getByRole('heading', { name: '1件のキャンセル依頼を取り下げました。' }).waitFor();
    expect(await read(kept)).toMatchObject({ status: 'processing', cancelRequest: null });
  });

  test('V1, V4: without the box nothing is cancelled at F-REGI, and the screen says what stays', async () => {
    await page.goto(`${stage.env.url}/orders?tab=cancel_requests`);
    await page.getByRole('checkbox', { name: 'すべてチェック' }).check();
    await page.keyboard.press('c');
    const dialog = preview('注文の一括取消の確認');
    await dialog.locator('summary').filter({ hasText: 'F-REGIの取引を残す' }).waitFor();
    await dialog.getByText('取引が残るため、売上済の場合はお客様への請求も続きます。').waitFor();
    await dialog.getByRole('button', { name: '3件の注文を取り消す', exact: true }).waitFor();
    expect(await dialog.getByRole('textbox').count()).toBe(0);
  });

  test('V2: with the box, voids and refunds stand apart, and the number has to be typed', async () => {
    const dialog = preview('注文の一括取消の確認');
    await dialog.getByRole('checkbox', { name: 'F-REGIの取引情報を取り消す' }).check();
    await dialog.getByRole('checkbox', { name: '注文キャンセル完了メールを送信する' }).check();
    const summary = (text: string) => dialog.locator('summary').filter({ hasText: text });
    await summary('承認取消　1件　¥9,115').waitFor();
    await summary('売上取消　1件　¥9,115').waitFor();
    await summary('F-REGIに送らない　1件').waitFor();
    expect(await barriers(page)).toEqual([]);
    const button = dialog.getByRole('button', {
      name: '承認取消 1件・売上取消 1件を行い、3件の注文を取り消す',
    });
    await button.click();
    await dialog.getByText('件数が一致しません。「3」と入力してください。').waitFor();
    await page.keyboard.type('３');
    await button.click();
    const outcome = '3件の注文を取り消しました（うちF-REGIの取引の取消 2件）。';
    await page.getByRole('heading', { name: outcome }).waitFor();
    expect((await heldFor(stage.env, authorized)).map(({ state }) => state)).toEqual(['voided']);
    expect((await heldFor(stage.env, captured)).map(({ state }) => state)).toEqual([
      'refunded_untransmitted',
    ]);
    expect((await read(transfer)).status).toBe('cancelled');
    await expect
      .poll(() => stage.mails.filter(({ subject }) => subject.includes('キャンセル')).length, {
        timeout: 10_000,
      })
      .toBe(3);
    await page.goto(`${stage.env.url}/orders?tab=cancel_requests`);
    await page.getByText('受注はありません。').waitFor();
  });
});

test('a viewer sees why nothing can be done', async () => {
  await asked('お願いします。');
  const viewer = await stage.visit('viewer', '/orders?tab=cancel_requests');
  await viewer.getByRole('checkbox', { name: 'すべてチェック' }).check();
  await viewer.getByText('この操作の権限がありません（現在の役割：閲覧）').waitFor();
  await viewer.context().close();
});
