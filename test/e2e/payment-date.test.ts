import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { amounts } from '../kit/desk.ts';
import { heldFor } from '../kit/gateway.ts';
import { incoming } from '../kit/orders.ts';
import { openStage, type Stage } from '../kit/stage.ts';
import { blockOf, showOrder } from './order-page.ts';

/** 入金日 of a paid order (O6), and what an edit moves (O4), in a real browser. */
let stage: Stage;
let page: Page;
beforeAll(async () => {
  stage = await openStage();
  page = await stage.visit('clerk', '/orders');
});

const block = (name: string) => blockOf(page, name);
const openOrder = (orderNumber: string) => showOrder(page, orderNumber);

async function openPaid(): Promise<string> {
  const orderNumber = await stage.env.order();
  const clerk = await stage.env.signIn('clerk');
  await clerk.post(`/v1/orders/${orderNumber}/payment`, { body: {}, version: 1 });
  await openOrder(orderNumber);
  return orderNumber;
}

const update = () => block('入金').getByRole('button', { name: '更新', exact: true });
const date = () => block('入金').getByLabel('入金日', { exact: true });

test('O6: the date of a paid order is changed with 更新; F-REGI holds what it held', async () => {
  const orderNumber = await openPaid();
  await update().click();
  await block('入金')
    .getByText('入金日を変更するか、「入金日取消」にチェックしてください。')
    .waitFor();
  await date().fill('2026-11-10');
  await block('入金').getByText('F-REGIには送信されず').waitFor();
  await update().click();
  await block('入金').getByText('入金済 (2026/11/10)').waitFor();
  await block('入金').getByText('入金日を変更しました。').waitFor();
  await page.getByText(/入金日を .* から 2026\/11\/10 に変更しました。/).waitFor();
  expect(await heldFor(stage.env, orderNumber)).toMatchObject([
    { state: 'captured_untransmitted' },
  ]);
});

test('O6: a day that is hardly meant is asked about, and changed once the box is ticked', async () => {
  await openPaid();
  await date().fill('2026-11-01');
  await block('入金').getByText('入金日が受注日より前の日付です。').waitFor();
  await update().click();
  await block('入金').getByText('この日付でよければ、チェックしてください。').waitFor();
  await block('入金').getByRole('checkbox', { name: 'この日付で更新する' }).check();
  await update().click();
  await block('入金').getByText('入金済 (2026/11/01)').waitFor();
});

test('O6: 入金済 on a day that is hardly meant is asked about, and captured once the box is ticked', async () => {
  const orderNumber = await stage.env.order();
  await openOrder(orderNumber);
  const pay = () => block('入金').getByRole('button', { name: '入金済に更新' }).click();
  await date().fill('2026-11-01');
  await block('入金').getByText('入金日が受注日より前の日付です。').waitFor();
  await pay();
  await block('入金').getByText('この日付でよければ、チェックしてください。').waitFor();
  expect(await heldFor(stage.env, orderNumber)).toMatchObject([{ state: 'authorized' }]);
  await block('入金').getByRole('checkbox', { name: 'この日付で更新する' }).check();
  await pay();
  await block('入金').getByText('入金済 (2026/11/01)').waitFor();
  expect(await heldFor(stage.env, orderNumber)).toMatchObject([
    { state: 'captured_untransmitted' },
  ]);
});

test('O6: a run on such a day leaves the orders out until the box is ticked', async () => {
  const orderNumber = await stage.env.order();
  await page.goto(`${stage.env.url}/orders?tab=unpaid&q=${orderNumber}`);
  await page.getByRole('checkbox', { name: 'すべてチェック' }).check();
  await page.getByRole('button', { name: '入金済にする' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('入金日').fill('2026-11-01');
  await dialog.getByText('入金日が受注日より前の日付です。').waitFor();
  await dialog.getByRole('checkbox', { name: 'この日付で更新する' }).check();
  await dialog.getByRole('button', { name: /^1件・/ }).click();
  await page.getByRole('heading', { name: '1件の売上処理に成功しました。' }).waitFor();
});

test('O4, O5: products that do not add up are marked, and an edit says what it moves', async () => {
  const orderNumber = await stage.env.order({ amounts: { ...amounts(9_000), pointsUsed: 735 } });
  await openOrder(orderNumber);
  const content = block('受注内容');
  await content.getByText(/商品の合計が商品合計金額より.350多くなっています。/).waitFor();
  await content.getByRole('button', { name: '商品・送料・手数料編集' }).click();
  await content.getByLabel(/数量/).first().fill('3');
  await content.getByText('在庫から2点を引き当てます。').waitFor();
});

test('O5: each payment that was issued for an order stands on its page', async () => {
  const { transaction: _, ...order } = incoming({
    paymentKind: 'convenience_fregi',
    paymentMethod: 'コンビニ支払',
  });
  const clerk = await stage.env.signIn('clerk');
  for (const settleno of ['00000000000009990011', '00000000000009990012']) {
    await clerk.post('/v1/orders', { body: { ...order, redirectPayment: { settleno } } });
  }
  await openOrder(order.orderNumber);
  const payments = block('お客様のお支払い（F-REGI）');
  await payments.getByText('この受注のほかのお支払い').waitFor();
  await payments.getByText('00000000000009990012').waitFor();
  await payments.getByText('00000000000009990011').waitFor();
});
