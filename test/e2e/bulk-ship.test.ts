import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { ledgerOf } from '../kit/drift.ts';
import { strike } from '../kit/gateway.ts';
import { incoming } from '../kit/orders.ts';
import { openStage, type Stage } from '../kit/stage.ts';
import { barriers, focused } from './looks.ts';

/** 通常処理中/未発送: ships many orders at once or one from its row, and tries failures again. */
let stage: Stage;
let page: Page;
beforeAll(async () => {
  stage = await openStage();
  page = await stage.visit('clerk', '/orders?tab=unshipped');
});

const TRANSFER = {
  paymentKind: 'bank_transfer',
  paymentMethod: '銀行振込',
  transaction: undefined,
} as const;
const preview = () => page.getByRole('dialog', { name: '一括発送の確認' });
const group = (text: string) => preview().locator('summary').filter({ hasText: text });
const read = async (orderNumber: string) => {
  const clerk = await stage.env.signIn('clerk');
  return (await clerk.get(`/v1/orders/${orderNumber}`)).body;
};

async function toTwoPlaces(): Promise<string> {
  const { details } = incoming();
  const [first] = details.destinations;
  if (first === undefined) throw new Error('an order goes somewhere');
  return stage.env.order({ details: { ...details, destinations: [first, first] } });
}

async function openUnshipped(orders: readonly string[]): Promise<void> {
  await page.goto(`${stage.env.url}/orders?tab=unshipped&q=${orders.join('+')}`);
  await page.getByText(`${orders.length}件中1-${orders.length}件表示`).waitFor();
}

async function pick(orders: readonly string[], button: string): Promise<void> {
  await openUnshipped(orders);
  await page.getByRole('checkbox', { name: 'すべてチェック' }).check();
  await page.getByRole('button', { name: button, exact: true }).click();
}

/** Pastes text as an office program puts it on the clipboard. */
async function paste(text: string): Promise<void> {
  await page.evaluate(`{
    const data = new DataTransfer();
    data.setData('text', ${JSON.stringify(text)});
    document.activeElement.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }`);
}

describe('many at once', () => {
  test('carrier and a pasted column of 送り状番号 go with the orders; mails go out; F-REGI is not told', async () => {
    const orders = [await stage.env.order(), await toTwoPlaces(), await stage.env.order()];
    const mailed = stage.mails.length;
    await pick(orders, '発送済にする');
    await group('F-REGIに送らない　3件').waitFor();
    await preview().getByRole('combobox', { name: '配送会社' }).fill('佐川急便');
    await preview().getByLabel(`受注 ${orders[2]} の送り状番号`).focus();
    await paste('451200001111\r\n451200002222\r\n451200003333\r\n451200004444\r\n');
    const number = (order: string | undefined) => preview().getByLabel(`受注 ${order}`);
    expect(await number(orders[0]).inputValue()).toBe('451200004444');
    expect(await number(orders[1]).nth(1).inputValue()).toBe('451200003333');
    expect(await barriers(page)).toEqual([]);
    await preview().getByRole('button', { name: '3件を発送済にする' }).click();
    await page.getByRole('heading', { name: '3件の発送を登録しました。' }).waitFor();
    await page.getByText('受注の発送', { exact: false }).first().waitFor();
    const { shipped, paidOn, details } = await read(orders[1] ?? '');
    expect([shipped, paidOn]).toEqual([true, null]);
    expect(details.destinations).toMatchObject([
      { trackingNumber: '451200002222', carrier: '佐川急便' },
      { trackingNumber: '451200003333', carrier: '佐川急便' },
    ]);
    await expect.poll(() => stage.mails.length - mailed, { timeout: 10_000 }).toBe(3);
    expect(await ledgerOf(stage.env, orders[0] ?? '')).toEqual(['authorized 9115']);
  });

  test('a repeated 送り状番号 is named, and an order that cannot be shipped is excluded with its reason', async () => {
    const orders = [await stage.env.order(), await stage.env.order()];
    await pick(orders, '発送済にする');
    await group('F-REGIに送らない　2件').waitFor();
    for (const order of orders)
      await preview().getByLabel(`受注 ${order} の送り状番号`).fill('777');
    await preview().getByText('同じ送り状番号が複数の受注に入力されています：777').waitFor();
    await page.keyboard.press('Escape');
    await page.goto(`${stage.env.url}/orders?q=${orders.join('+')}`);
    await page.getByText('2件中1-2件表示').waitFor();
    const clerk = await stage.env.signIn('clerk');
    const status = { to: 'on_hold' };
    await clerk.post(`/v1/orders/${orders[0]}/status`, { body: status, version: 1 });
    await page.getByRole('checkbox', { name: 'すべてチェック' }).check();
    await page.keyboard.press('h');
    await group('対象外　1件').waitFor();
    await preview().getByRole('button', { name: '1件を発送済にする' }).click();
    await page
      .getByRole('heading', { name: '1件の発送を登録しました。 1件は対象外です。', level: 1 })
      .waitFor();
    const left = page.getByRole('region', { name: '対象外の受注と対処', exact: true });
    await left
      .getByRole('row', { name: new RegExp(`${orders[0]}`) })
      .getByRole('link')
      .first()
      .click();
    await page.getByRole('heading', { name: `受注詳細 ${orders[0]}` }).waitFor();
  });

  test('C1: the keyboard alone ships and captures in one run; a declined order is only captured again', async () => {
    const orders = [
      await stage.env.order(),
      await stage.env.order(),
      await stage.env.order(TRANSFER),
    ];
    await openUnshipped(orders);
    await page.keyboard.press('Control+a');
    await page.getByText('3件の受注が選択されています。').waitFor();
    await page.keyboard.press('h');
    await focused(preview().getByRole('button', { name: 'キャンセル' }));
    await preview()
      .getByRole('checkbox', { name: /^入金済にする/ })
      .press('Space');
    await preview().getByLabel(`受注 ${orders[0]} の送り状番号`).fill('A-45120001');
    await preview().getByLabel(`受注 ${orders[1]} の送り状番号`).fill('B-45120002');
    await group('そのまま売上処理　2件　¥18,230').waitFor();
    await preview()
      .getByRole('button', { name: '3件を発送済にし、2件・¥18,230 を売上処理する' })
      .waitFor();
    await strike(stage.env, { kind: 'decline', cgi: 'sale.cgi', times: 1 });
    await page.keyboard.press('Control+Enter');
    const outcome =
      '2件の発送を登録しました（うち売上処理 1件）。 1件は発送だけを登録し、入金済にできませんでした。';
    await page.getByRole('heading', { name: outcome }).waitFor();
    await page
      .getByText('以下の受注について、F-REGIのステータス更新に失敗しました。')
      .first()
      .waitFor();

    await page.getByRole('button', { name: 'いま実行できる1件を再実行する' }).click();
    await group('そのまま売上処理　1件').waitFor();
    expect(
      await preview()
        .getByRole('checkbox', { name: /^入金済にする/ })
        .isChecked(),
    ).toBe(true);
    expect(
      await preview()
        .getByRole('textbox', { name: /の送り状番号/ })
        .count(),
    ).toBe(0);
    await preview()
      .getByRole('button', { name: '1件・¥9,115 を売上処理する', exact: true })
      .click();
    await page
      .getByRole('heading', { name: '1件の発送を登録しました（うち売上処理 1件）。' })
      .waitFor();
    const cards = orders.slice(0, 2);
    for (const order of cards) {
      expect(await ledgerOf(stage.env, order)).toEqual(['captured_untransmitted 9115']);
    }
    const numbers = await Promise.all(
      cards.map(async (order) => (await read(order)).details.destinations[0].trackingNumber),
    );
    expect(numbers).toEqual(['A-45120001', 'B-45120002']);
  });

  test('the result can be saved as a file', async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '結果をCSVでダウンロード' }).click(),
    ]);
    const text = await readFile(await download.path(), 'utf8');
    expect(text.split('\r\n')[1]).toMatch(/^\d{12},発送済・入金済,成功,/);
    await page.goto(`${stage.env.url}/runs`);
    const row = page.getByRole('row').filter({ hasText: '受注の発送・入金・売上処理' }).first();
    await row.getByText(/発送日 \d{4}\/\d\d\/\d\d、発送完了メールを自動送信/).waitFor();
  });

  test('a whole result is frozen at the click: later orders are not in it, and changed ones are excluded', async () => {
    const orders: string[] = [];
    const channel = 'mobile';
    for (let n = 0; n < 51; n += 1) orders.push(await stage.env.order({ ...TRANSFER, channel }));
    await page.goto(`${stage.env.url}/orders?tab=unshipped&channels=mobile&limit=50`);
    await page.getByText('51件中1-50件表示').waitFor();
    await page.getByRole('checkbox', { name: 'すべてチェック' }).check();
    await page.getByRole('button', { name: '一覧の51件すべてを選択' }).click();
    await page
      .getByText(/51件の受注が選択されています。 ¥464,865 （\d\d:\d\d:\d\d時点の一覧）/)
      .waitFor();
    await stage.env.order({ ...TRANSFER, channel });
    const clerk = await stage.env.signIn('clerk');
    const status = { to: 'cancelled' };
    await clerk.post(`/v1/orders/${orders[0]}/status`, { body: status, version: 1 });
    await page.getByRole('button', { name: '発送済にする', exact: true }).click();
    await group('対象外　1件').waitFor();
    await preview().getByRole('button', { name: '50件を発送済にする' }).click();
    await page
      .getByRole('heading', { name: '50件の発送を登録しました。' })
      .waitFor({ timeout: 20_000 });
    const { body } = await clerk.get('/v1/orders?tab=unshipped&channels=mobile');
    expect(body.count).toBe(1);
  });
});

describe('one order from its row', () => {
  const dialog = () => page.getByRole('dialog', { name: '発送の登録' });

  test('an order is shipped from its row with its number, and the list says so and goes on', async () => {
    const order = await stage.env.order();
    await openUnshipped([order]);
    await page.getByRole('button', { name: `受注 ${order} を発送済にする` }).click();
    await dialog().getByRole('textbox', { name: '送り状番号' }).fill('4512-9999-0000');
    expect(await barriers(page)).toEqual([]);
    await page.keyboard.press('Control+Enter');
    await page.getByText(`受注 ${order} を発送済にしました。`).waitFor();
    await page.getByText('条件に合う受注はありません。').waitFor();
    expect((await read(order)).details.destinations[0].trackingNumber).toBe('4512-9999-0000');
  });

  test('some of several destinations can wait; none, or a future date, is refused in words', async () => {
    const order = await toTwoPlaces();
    await openUnshipped([order]);
    await page.getByRole('button', { name: `受注 ${order} を発送済にする` }).click();
    for (const place of [1, 2]) {
      await dialog()
        .getByRole('checkbox', { name: new RegExp(`^お届け先${place}`) })
        .uncheck();
    }
    await dialog()
      .getByRole('button', { name: /発送を登録する$/ })
      .click();
    await dialog().getByText('発送するお届け先を選んでください。').waitFor();
    await dialog()
      .getByRole('checkbox', { name: /^お届け先2/ })
      .check();
    await dialog().getByLabel('発送日').fill('2099-01-01');
    await dialog().getByRole('button', { name: '1か所の発送を登録する' }).click();
    await dialog().getByText('発送日に未来の日付は指定できません。').waitFor();
    await dialog().getByLabel('発送日').fill('2026-11-20');
    await dialog().getByRole('button', { name: '1か所の発送を登録する' }).click();
    await page.getByText(`受注 ${order} を発送済にしました。`).waitFor();
    const { shipped, details } = await read(order);
    expect(shipped).toBe(false);
    expect(details.destinations).toMatchObject([{ shippedOn: null }, { shippedOn: '2026-11-20' }]);
  });

  test("a ship after somebody else's is refused in words, and does nothing twice", async () => {
    const order = await stage.env.order();
    await openUnshipped([order]);
    await page.getByRole('button', { name: `受注 ${order} を発送済にする` }).click();
    await dialog().getByRole('textbox', { name: '送り状番号' }).fill('451200000001');
    const clerk = await stage.env.signIn('clerk');
    await clerk.post(`/v1/orders/${order}/shipments`, { body: { mail: 'manual' }, version: 1 });
    await dialog().getByRole('button', { name: '発送済にする' }).click();
    await dialog().getByRole('alert').waitFor();
    await dialog().getByText('この受注はすべて発送済です。').waitFor();
    await dialog().getByRole('button', { name: 'キャンセル' }).click();
  });
});
