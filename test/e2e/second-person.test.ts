import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { heldFor } from '../kit/gateway.ts';
import { openStage, type Stage } from '../kit/stage.ts';

/** F59: a refund above the limit, from the setting to the second person's press. */
let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});

const DEAR = {
  items: 30_000,
  shipping: 0,
  paymentFee: 0,
  wrapping: 0,
  pointsUsed: 0,
  couponDiscount: 0,
};

/** The states of the order's transactions at F-REGI: the first was for another amount. */
async function statesOf(orderNumber: string): Promise<string[]> {
  return (await heldFor(stage.env, orderNumber)).map(({ state }) => state);
}

async function setLimit(page: Page): Promise<void> {
  await page.getByRole('heading', { name: '返金', exact: true }).waitFor();
  const refund = page.getByRole('region', { name: '返金', exact: true });
  await refund.getByLabel('1回の上限（円）').fill('２０，０００');
  await page.getByRole('button', { name: '設定する' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('返金：1回の上限（円）').waitFor();
  await dialog.getByRole('button', { name: '設定する' }).click();
  await page.getByText('設定を保存しました').waitFor();
}

test('F59: a refund above the limit waits, and a second person has it carried out', async () => {
  await setLimit(await stage.visit('owner', '/settings?page=limits'));

  const orderNumber = await stage.env.order({ amounts: DEAR });
  const first = await stage.visit('clerk', `/orders/${orderNumber}`);
  await first.getByRole('button', { name: '入金済に更新' }).click();
  await first.getByText(/^入金済 \(/).waitFor();
  const payment = first.getByRole('region', { name: '入金', exact: true });
  await payment.getByRole('checkbox', { name: '入金日取消' }).check();
  await payment.getByRole('button', { name: '更新', exact: true }).click();
  const dialog = first.getByRole('dialog', { name: '入金日取消' });
  await dialog.getByRole('radio', { name: /F-REGIの売上取消もする/ }).check();
  await dialog.getByText(/一人で行える金額の上限を超えます/).waitFor();
  await dialog.getByLabel(/末尾4桁/).fill(orderNumber.slice(-4));
  await dialog.getByRole('button', { name: '売上取消して入金日を取り消す' }).click();
  const own = first.getByRole('status').filter({ hasText: 'あなたの操作（返金 ¥30,000）は' });
  await own.getByRole('button', { name: '操作を取り下げる' }).waitFor();
  expect(await first.getByText('F-REGIの取引も取り消しました').count()).toBe(0);
  expect(await statesOf(orderNumber)).toEqual(['voided', 'captured_untransmitted']);

  const second = await stage.visit('owner', `/orders/${orderNumber}#proposal`);
  await stage.env.db.query('update members set since = null');
  await second.reload();
  const asked = second
    .getByRole('status')
    .filter({ hasText: 'が、別の担当者の確認を待っています' });
  await asked.getByLabel(/末尾4桁/).fill(orderNumber.slice(-4));
  await asked.getByRole('button', { name: '内容を確認したので実行する' }).click();
  await second.getByText('未入金').first().waitFor();
  await asked.waitFor({ state: 'detached' });
  expect(await statesOf(orderNumber)).toEqual(['voided', 'refunded_untransmitted']);
  await second.getByText(/さんの操作を、別の担当者が確認しました。/).waitFor();
});
