import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import type { Client } from '../kit/clients.ts';
import { strike } from '../kit/gateway.ts';
import { apply, day, deliverNow } from '../kit/handed-over-applications.ts';
import { openStage, type Stage } from '../kit/stage.ts';
import { barriers, sidewaysScroll } from './looks.ts';

/** 定期・頒布会申込: applications, their deliveries, and the commands on them (B4). */
let stage: Stage;
let page: Page;
let cart: Client;
beforeAll(async () => {
  stage = await openStage();
  cart = await stage.env.signIn('owner');
  await apply(stage.env, cart, 'T-1001');
  await apply(stage.env, cart, 'T-1002', { type: 'club', deliveries: 3, nextDeliveryOn: day(3) });
  await deliverNow(stage.env);
  await apply(stage.env, cart, 'T-1003', { nextDeliveryOn: day(2) });
  await strike(stage.env, { kind: 'decline', cgi: 'authm.cgi', times: 1 });
  await deliverNow(stage.env);
  page = await stage.visit('clerk', '/orders');
});

const slashed = (date: string) => date.replaceAll('-', '/');
const dialog = (name: string) => page.getByRole('dialog', { name });
const view = async (code: string) => (await cart.get(`/v1/subscriptions/${code}`)).body;

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

test('L1: the tab counts and lists applications, not orders, and an old link to it leads there', async () => {
  const tab = page.getByRole('navigation', { name: '受注の絞り込み' }).getByRole('link', {
    name: /^定期・頒布会申込/,
  });
  await tab.getByText('3', { exact: true }).waitFor();
  await tab.click();
  const table = page.getByRole('table', { name: '申込の一覧' });
  await table.getByRole('row').nth(3).waitFor();
  expect(await table.getByRole('row').count()).toBe(4);
  const row = table.getByRole('row', { name: /T-1002/ });
  await row.getByText('頒布会').waitFor();
  await row.getByRole('link', { name: /^8\d{11}$/ }).waitFor();
  await page.getByText(/^受注の作成：最終実行/).waitFor();
  await withoutBarriers();
  await page.getByRole('link', { name: '定期・頒布会の受注を見る' }).click();
  const orders = page.getByRole('table', { name: '検索結果一覧' });
  await expect.poll(() => orders.getByRole('rowheader').count()).toBe(2);
  await page.goto(`${stage.env.url}/orders?tab=subscription`);
  await expect.poll(() => page.url()).toContain('/subscriptions');
});

test('applications are found by code and name, and those with an order in 保留 stand apart', async () => {
  const search = page.getByRole('searchbox', { name: '申込コード・顧客名（前方一致）' });
  await search.fill('T-1001');
  await search.press('Enter');
  const table = page.getByRole('table', { name: '申込の一覧' });
  await expect.poll(() => table.getByRole('row').count()).toBe(2);
  await search.fill('いない人');
  await search.press('Enter');
  await page.getByText('条件に合う申込はありません。').waitFor();
  await search.fill('');
  await search.press('Enter');
  await page.getByRole('button', { name: '受注が保留（1）' }).click();
  await table.getByRole('link', { name: 'T-1003' }).waitFor();
  expect(await table.getByRole('row').count()).toBe(2);
});

test('B4: the next delivery is skipped after its days are shown, and the skip is taken back', async () => {
  await open('T-1001');
  await page.getByRole('button', { name: '次回をお休みする' }).click();
  const skip = dialog('次回のお届けをお休みしますか');
  await skip.getByText(`第1回（${slashed(day(20))}）の受注は作成されません。`).waitFor();
  expect(await barriers(page)).toEqual([]);
  await skip.getByRole('button', { name: 'キャンセル' }).click();
  expect((await view('T-1001')).version).toBe(1);
  await page.getByRole('button', { name: '次回をお休みする' }).click();
  await skip.getByRole('button', { name: '第1回をお休みする' }).click();
  await page.getByText('第1回をお休みにしました。').waitFor();
  expect(await view('T-1001')).toMatchObject({ history: [{ n: 1, state: 'skipped' }] });
  await page.getByRole('button', { name: 'お休みを取り消す' }).click();
  await dialog('お休みを取り消しますか')
    .getByRole('button', { name: /取り消す$/ })
    .click();
  await page.getByText('第1回のお休みを取り消しました。').waitFor();
  expect(await view('T-1001')).toMatchObject({ history: [], nextDeliveryOn: day(20) });
});

test('B4: products and amounts change from the next delivery on, and made orders stay', async () => {
  await open('T-1001');
  await page.getByRole('button', { name: '商品・送料・手数料を変更する' }).click();
  const edit = dialog('商品・送料・手数料の変更');
  await edit.getByText(/^第1回（お届け .*、受注の作成 .*）から変わります。$/).waitFor();
  await edit.getByLabel('送料').fill('');
  await edit.getByText('0以上の整数（円）を入力してください。').waitFor();
  await edit.getByLabel('送料').fill('100');
  await edit.getByLabel('商品1の数量').fill('２');
  const sums = edit.getByRole('region', { name: '変更後の1回あたりの金額' });
  await sums.getByText('請求金額', { exact: true }).waitFor();
  await withoutBarriers();
  const before = await view('T-1001');
  await edit.getByRole('button', { name: '第1回から変更する' }).click();
  await page.getByText('第1回からの商品・金額を変更しました。').waitFor();
  const after = await view('T-1001');
  expect(after).toMatchObject({ version: before.version + 1, amounts: { shipping: 100 } });
  expect(after.details.destinations[0].lines[0].quantity).toBe(2);
  await page.getByText(`¥${after.billed.toLocaleString()}`).first().waitFor();
});

test('day, cycle and card change; a mistake is named beside its field and nothing is sent', async () => {
  await open('T-1001');
  await page.getByRole('button', { name: 'お届け日・サイクル・カードを変更する' }).click();
  const change = dialog('次回お届け日・サイクル・カードの変更');
  await change.getByLabel('お届けサイクル').fill('400');
  await change.getByText('1〜365の整数を入力してください。').waitFor();
  await change.getByLabel('次回お届け日').fill('2020-01-01');
  await change.getByText('今日以降の日付を入力してください。').waitFor();
  await change.getByLabel('新しいカードの顧客番号').fill('カード');
  await change.getByText('半角英数字とハイフンで20文字までです。').waitFor();
  const { version } = await view('T-1001');
  await change.getByRole('button', { name: '変更する' }).click();
  expect((await view('T-1001')).version).toBe(version);
  await change.getByLabel('お届けサイクル').fill('２');
  await change.getByLabel('単位').selectOption('week');
  await change.getByLabel('次回お届け日').fill(day(30));
  await change.getByLabel('新しいカードの顧客番号').fill('');
  await change.getByText('1か月ごと').waitFor();
  await change.getByText('2週間ごと').waitFor();
  expect(await barriers(page)).toEqual([]);
  await change.getByRole('button', { name: '変更する' }).click();
  await page.getByText('変更しました。').waitFor();
  expect(await view('T-1001')).toMatchObject({
    cycle: { every: 2, unit: 'week' },
    nextDeliveryOn: day(30),
  });
});

test('a meanwhile change by somebody else is shown, and the form keeps what was typed', async () => {
  await open('T-1001');
  await page.getByRole('button', { name: 'お届け日・サイクル・カードを変更する' }).click();
  const change = dialog('次回お届け日・サイクル・カードの変更');
  await change.getByLabel('お届けサイクル').fill('3');
  const { version } = await view('T-1001');
  const body = { nextDeliveryOn: day(41) };
  await cart.send('PATCH', '/v1/subscriptions/T-1001', { body, version });
  await change.getByRole('button', { name: '変更する' }).click();
  const alert = change.getByRole('alert').filter({ hasText: '他の人が先に変更しました。' });
  await alert.getByText(slashed(day(30))).waitFor();
  await alert.getByText(slashed(day(41))).waitFor();
  expect(await change.getByLabel('お届けサイクル').inputValue()).toBe('3');
  await change.getByRole('button', { name: '変更する' }).click();
  await page.getByText('変更しました。').waitFor();
  expect(await view('T-1001')).toMatchObject({
    cycle: { every: 3, unit: 'week' },
    nextDeliveryOn: day(41),
  });
});

test('B4: a declined delivery waits in 保留 with its remedies, which lead to its order', async () => {
  await open('T-1003');
  await page.getByText('第1回の受注は、カードの承認が得られず保留になっています。').waitFor();
  const row = page.getByRole('table', { name: 'お届け履歴' }).getByRole('row').nth(1);
  await row.getByText('保留').waitFor();
  await row.getByText('承認失敗').waitFor();
  await withoutBarriers();
  await page.getByRole('link', { name: '決済方法を変更する' }).click();
  await page.getByRole('heading', { name: /8\d{11}/ }).waitFor();
  await page.getByRole('region', { name: '内容編集' }).getByLabel('決済方法').first().waitFor();
  await page.goBack();
  await page.getByRole('button', { name: '次回からのカードを登録し直す' }).click();
  await dialog('次回お届け日・サイクル・カードの変更').waitFor();
});

test('解約 asks for the code and cannot be undone: no more deliveries come', async () => {
  await open('T-1002');
  await page.getByText('第2回（全3回）').waitFor();
  await page.getByRole('button', { name: '解約する' }).click();
  const cancel = dialog('この申込を解約しますか');
  const confirm = cancel.getByRole('button', { name: '解約する' });
  await confirm.click();
  await cancel.getByText('申込コードが一致しません。', { exact: false }).waitFor();
  expect((await view('T-1002')).status).toBe('active');
  await cancel.getByLabel(/申込コード T-1002/).fill('Ｔ-1002');
  await confirm.click();
  await page.getByText('解約しました。').waitFor();
  expect(await view('T-1002')).toMatchObject({ status: 'cancelled', upcoming: [] });
  await page.getByText('この申込のお届け予定はありません。').waitFor();
});

test('a viewer sees why nothing can be changed, and an unknown code says so', async () => {
  const viewer = await stage.visit('viewer', '/subscriptions/T-1001');
  const skip = viewer.getByRole('button', { name: '次回をお休みする' });
  await skip.waitFor();
  expect(await skip.getAttribute('aria-disabled')).toBe('true');
  await viewer.getByText('この操作の権限がありません', { exact: false }).first().waitFor();
  await viewer.goto(`${stage.env.url}/subscriptions/T-9999`);
  await viewer.getByRole('alert').getByText('見つかりません。').waitFor();
  await viewer.context().close();
});
