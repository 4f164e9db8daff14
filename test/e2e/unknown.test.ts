import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import type { Client } from '../kit/clients.ts';
import { ledgerOf, order, press } from '../kit/drift.ts';
import { openStage, type Stage } from '../kit/stage.ts';
import { QUICK } from '../kit/timing.ts';

/** D9 in 要対応, at a shop whose F-REGI cannot be asked: an outcome is unknown for too long. */
const QUARANTINE_MS = 8_000;
const MINATO = { shopId: 'minato' };
let stage: Stage;
let page: Page;
let clerk: Client;

beforeAll(async () => {
  // A quarter of an hour is half a second here.
  const timing = { ...QUICK, quarantineMs: QUARANTINE_MS, unknownMs: 500 };
  stage = await openStage({ timing, waitMs: 300 });
  clerk = await stage.env.signIn('clerk', MINATO.shopId);
  page = await stage.visit('clerk', '/attention', MINATO);
});

const line = (orderNumber: string) =>
  page
    .getByRole('navigation', { name: '要対応の一覧' })
    .getByRole('link')
    .filter({ hasText: orderNumber })
    .filter({ hasText: '結果確認中' });

/** Presses while the answer gets lost: the outcome is unknown. */
async function loseAnswer(orderNumber: string): Promise<void> {
  await press(stage.env, 'answer_lost', orderNumber, { shopId: '90002' });
  const { version } = (await clerk.get(`/v1/orders/${orderNumber}`)).body;
  const paid = await clerk.post(`/v1/orders/${orderNumber}/payment`, { version, body: {} });
  expect(paid.status).toBe(202);
}

test('D9: a long unknown outcome is an item; no press sends the call again, and it heals by itself', async () => {
  const orderNumber = await stage.env.order({}, MINATO.shopId);
  await loseAnswer(orderNumber);
  await expect
    .poll(async () => {
      await stage.env.renkei.backoffice.attendant.noteTime(); // a minute has gone by
      return (await clerk.get(`/v1/attention?orderNumber=${orderNumber}`)).body.items.length;
    })
    .toBe(1);
  await page.goto(`${stage.env.url}/attention`);
  await line(orderNumber).click();
  const item = page.getByRole('article', { name: '選択した項目' });
  await item.getByText('15分以上わかっていません', { exact: false }).waitFor();
  await item.getByRole('button', { name: '今すぐ照会' }).click();
  await item.getByText('この受注のF-REGIは照会できません', { exact: false }).waitFor();
  expect(await item.getByRole('button', { name: /売上処理|入金済/ }).count()).toBe(0);
  await expect
    .poll(() => ledgerOf(stage.env, orderNumber), { timeout: 2 * QUARANTINE_MS })
    .toEqual(['captured_untransmitted 9115']);
  await expect
    .poll(async () => (await clerk.get(`/v1/orders/${orderNumber}`)).body.paidOn, {
      timeout: 2 * QUARANTINE_MS,
    })
    .not.toBeNull();
  await page.reload();
  await expect.poll(() => line(orderNumber).count()).toBe(0);
});

test('D9: 要確認 leads to the form with one click, and a CSV of the console that two people import settles it', async () => {
  const orderNumber = await stage.env.order({}, MINATO.shopId);
  await order(clerk, orderNumber, ['PUT', 'amounts', { amounts: { shipping: 700 } }]);
  await loseAnswer(orderNumber);
  const items = async () =>
    (await clerk.get(`/v1/attention?orderNumber=${orderNumber}&kinds=outcome_unknown`)).body.items;
  await expect
    .poll(async () => (await items())[0]?.urgency, { timeout: 2 * QUARANTINE_MS })
    .toBe('now');
  await page.reload();
  await line(orderNumber).click();
  const item = page.getByRole('article', { name: '選択した項目' });
  await item.getByText('自動では確認できません', { exact: false }).waitFor();
  await item.getByRole('link', { name: '入力画面を開く' }).click();
  await page.getByText('F-REGI管理画面', { exact: false }).first().waitFor();
  expect(page.url()).toMatch(new RegExp(`/orders/${orderNumber}.*#do-answer_review$`));

  const file = await fetch(`${stage.env.sandbox.url}/sandbox/v1/transactions.csv?shopid=90002`);
  const exportedAt = new Date().toISOString();
  const body = new Uint8Array(await file.arrayBuffer());
  const imported = (who: Client) =>
    who.post(`/v1/sightings/console-csv?mode=import&exportedAt=${exportedAt}`, {
      body,
      headers: { 'content-type': 'text/csv' },
    });
  expect((await imported(clerk)).body).toMatchObject({ imported: true, errors: [] });
  const second = await stage.env.signIn('owner', MINATO.shopId);
  expect((await imported(second)).body).toMatchObject({ agreed: true });
  await expect
    .poll(() => ledgerOf(stage.env, orderNumber), { timeout: QUARANTINE_MS })
    .toEqual(['captured_untransmitted 9315', 'voided 9115']);
  // The next comparison closes the item by itself; a screen opened earlier would show it a while
  // longer.
  await expect.poll(items, { timeout: 3 * QUARANTINE_MS }).toEqual([]);
  await page.goto(`${stage.env.url}/attention`);
  await expect.poll(() => line(orderNumber).count()).toBe(0);
});
