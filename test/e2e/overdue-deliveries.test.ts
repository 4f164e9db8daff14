import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import type { Client } from '../kit/clients.ts';
import { apply, day, deliverNow } from '../kit/handed-over-applications.ts';
import { openStage, type Stage } from '../kit/stage.ts';
import { barriers, sidewaysScroll } from './looks.ts';

/** B4: overdue deliveries are shown with their sum, and one press settles them. */
let stage: Stage;
let page: Page;
let cart: Client;
beforeAll(async () => {
  stage = await openStage();
  cart = await stage.env.signIn('owner');
  for (const code of ['W-1', 'W-2', 'W-3']) {
    await apply(stage.env, cart, code, {
      cycle: { every: 1, unit: 'week' },
      nextDeliveryOn: day(20),
    });
  }
  await stage.env.db.query('update subscriptions set next_delivery_on = $1', [day(-14)]);
  await deliverNow(stage.env);
  page = await stage.visit('clerk', '/');
}, 60_000);

const view = async (code: string) => (await cart.get(`/v1/subscriptions/${code}`)).body;
const statesOf = async (code: string) =>
  (await view(code)).history.map(({ n, state }: { n: number; state: string }) => `${n} ${state}`);
const dialog = (name: string) => page.getByRole('dialog', { name });

async function open(code: string): Promise<void> {
  await page.goto(`${stage.env.url}/subscriptions/${code}`);
  await page.getByRole('heading', { name: `申込 ${code}` }).waitFor();
}

async function withoutBarriers(): Promise<void> {
  expect(await barriers(page)).toEqual([]);
  await page.setViewportSize({ width: 320, height: 800 });
  await expect.poll(() => sidewaysScroll(page)).toBe(0);
  await page.setViewportSize({ width: 1440, height: 900 });
}

test('ホーム counts the overdue deliveries with their sum, and leads to their applications', async () => {
  const tile = page.getByRole('link', { name: /作成日を過ぎた定期・頒布会/ });
  await tile.getByText('3', { exact: false }).first().waitFor();
  await tile.getByText('¥82,035').waitFor(); // 3 × 3 × 9,115
  await tile.click();
  const table = page.getByRole('table', { name: '申込の一覧' });
  await expect.poll(() => table.getByRole('row').count()).toBe(4);
  await page.getByRole('button', { name: '作成日を過ぎた回（3）' }).waitFor();
  await table.getByRole('row', { name: /W-1/ }).getByText('3回分が未作成').waitFor();
  await withoutBarriers();
});

test('要対応 has them as one item with number and sum, and a press leads to the choice', async () => {
  await page.goto(`${stage.env.url}/attention`);
  await page.getByRole('status').getByText('1件・¥82,035').waitFor();
  const item = page.getByRole('link', { name: /作成する日を過ぎたお届け 9回分/ });
  await item.getByText('3件の申込').waitFor();
  await withoutBarriers();
  if (process.env.PICTURES) {
    await page.screenshot({ path: `${process.env.PICTURES}/overdue-item.png`, fullPage: true });
  }
  await item.click();
  await page.getByRole('button', { name: '作成日を過ぎた回（3）' }).waitFor();
});

test('before one overdue order is made, the dialog shows the orders, their sum and the next delivery', async () => {
  await open('W-1');
  await page.getByText('作成する日を過ぎたお届けが3回分あります（合計 ¥27,345）').waitFor();
  await page.getByText('先に、作成する日を過ぎたお届けをどうするか選んでください。').waitFor();
  await withoutBarriers();
  await page.getByRole('button', { name: '1回分だけ作成する' }).click();
  const ask = dialog('1回分だけ受注を作成しますか');
  await ask.getByText('受注を1件作成します（第3回）。合計 ¥9,115').waitFor();
  await ask.getByText('第1回〜第2回の2回分は、お休みになります。').waitFor();
  await ask.getByText(/^次の第4回（お届け .*）の受注は/).waitFor();
  expect(await barriers(page)).toEqual([]);
  await ask.getByRole('button', { name: 'キャンセル' }).click();
  expect(await statesOf('W-1')).toEqual([]);
  await page.getByRole('button', { name: '1回分だけ作成する' }).click();
  await ask.getByRole('button', { name: '1回分だけ作成する' }).click();
  await page.getByText('1回分の受注を作成しました。').waitFor();
  await expect
    .poll(() => statesOf('W-1'), { timeout: 10_000 })
    .toEqual(expect.arrayContaining(['3 ordered', '2 skipped', '1 skipped']));
});

test('all overdue orders or none are made, as each dialog has said', async () => {
  await open('W-2');
  await page.getByRole('button', { name: '3回分すべて作成する' }).click();
  const all = dialog('3回分すべての受注を作成しますか');
  await all.getByText('受注を3件作成します（第1回〜第3回）。合計 ¥27,345').waitFor();
  await all.getByRole('button', { name: '3回分すべて作成する' }).click();
  await page.getByText('3回分の受注を作成しました。').waitFor();
  expect(await statesOf('W-2')).toEqual(
    expect.arrayContaining(['3 ordered', '2 ordered', '1 ordered']),
  );
  await open('W-3');
  await page.getByRole('button', { name: '3回分をとばす' }).click();
  const skip = dialog('3回分をとばしますか');
  await skip.getByText('受注は作成しません。').waitFor();

  // Somebody else is quicker: the screen is out of date.
  await cart.post('/v1/subscriptions/W-3/overdue', {
    body: { answer: 'make_one', count: 3 },
    version: (await view('W-3')).version,
  });
  await skip.getByRole('button', { name: '3回分をとばす' }).click();
  await skip.getByText('3回分が未作成').waitFor();
  expect(await statesOf('W-3')).toEqual(expect.arrayContaining(['3 ordered', '1 skipped']));
  await skip.getByRole('button', { name: 'キャンセル' }).click();
});

test('操作履歴 tells who settled which deliveries', async () => {
  await page.goto(`${stage.env.url}/activity?areas=subscription`);
  await page
    .getByText('申込 W-2 の作成日を過ぎたお届けを処理しました', { exact: false })
    .first()
    .waitFor();
});

test('the English screen says the same', async () => {
  await apply(stage.env, cart, 'W-4', {
    cycle: { every: 1, unit: 'week' },
    nextDeliveryOn: day(20),
  });
  await stage.env.db.query('update subscriptions set next_delivery_on = $1 where code = $2', [
    day(-14),
    'W-4',
  ]);
  const english = await stage.visit('clerk', '/subscriptions/W-4', { locale: 'en-US' });
  await english.getByText('3 deliveries are overdue (total ¥27,345)').waitFor();
  await english.getByRole('button', { name: 'Skip all 3' }).click();
  const skip = english.getByRole('dialog', { name: 'Skip the 3 overdue deliveries?' });
  await skip.getByText('3 deliveries are skipped (no. 1 to no. 3).').waitFor();
  await skip.getByRole('button', { name: 'Skip all 3' }).click();
  await english.getByText('3 overdue deliveries are skipped.').waitFor();
});
