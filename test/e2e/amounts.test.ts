import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { heldFor, wireCalls } from './gateway.ts';
import { openStage, type Stage } from './stage.ts';

/** Amounts before the capture (A1), the payment date taken back (U1), and the link turned off (S1). */
let stage: Stage;
let page: Page;
beforeAll(async () => {
  stage = await openStage();
  page = await stage.visit('owner', '/orders');
}, 60_000);
afterAll(() => stage?.close());

const block = (name: string): Locator => page.getByRole('region', { name, exact: true });

async function openOrder(orderNumber: string): Promise<void> {
  await page.goto(`${stage.env.url}/orders/${orderNumber}`);
  await block('入金').getByText('入金状況').waitFor();
}

describe('商品・送料・手数料編集', () => {
  test('A1, C2: editing calls nothing; the capture afterwards tells the new amount', async () => {
    const orderNumber = await stage.env.order();
    await openOrder(orderNumber);
    await page.getByRole('button', { name: '商品・送料・手数料編集' }).click();
    await page.getByText('F-REGIへはまだ連携されません。').waitFor();
    await page.getByLabel('商品合計').fill('８，０００');
    await block('受注内容').getByText('請求金額 ¥7,765').waitFor();
    await block('受注内容').getByRole('button', { name: '登録する' }).click();
    await page.getByText('金額を変更しました。請求金額は¥7,765です。').waitFor();
    await block('決済').getByText('−¥1,350').waitFor();
    expect(await wireCalls(stage.env, orderNumber)).toEqual([]);
    await block('入金').getByText('承認金額 ¥9,115 を ¥7,765 に変更してから').waitFor();
    await page.getByRole('button', { name: '入金済に更新' }).click();
    await page.getByText('入金済にしました。').waitFor();
    expect((await heldFor(stage.env, orderNumber)).at(-1)).toMatchObject({
      state: 'captured_untransmitted',
      amount: 7_765,
    });
  });

  test('what is no amount is said at the field, and nothing typed is lost', async () => {
    await openOrder(await stage.env.order());
    await page.getByRole('button', { name: '商品・送料・手数料編集' }).click();
    await page.getByLabel('送料').fill('-5');
    await page.getByLabel('決済手数料').fill('330');
    await page.getByText('0以上の整数（円）を入力してください。').first().waitFor();
    await block('受注内容').getByRole('button', { name: '登録する' }).click();
    await block('受注内容').getByRole('alert').waitFor();
    expect(await page.getByLabel('送料').inputValue()).toBe('-5');
    expect(await page.getByLabel('決済手数料').inputValue()).toBe('330');
  });
});

describe('入金日取消', () => {
  test('U1: F-REGI stays 売上済, the dialog says so, and the other choice leads to the refund', async () => {
    const orderNumber = await stage.env.order();
    await openOrder(orderNumber);
    await page.getByRole('button', { name: '入金済に更新' }).click();
    await block('入金').getByText('送信済').waitFor(); // seen without a reload
    const update = block('入金').getByRole('button', { name: '更新', exact: true });
    await update.click();
    await page.getByText('「入金日取消」にチェックしてください。').waitFor();
    await block('入金').getByRole('checkbox', { name: '入金日取消' }).check();
    await update.click();
    const dialog = page.getByRole('dialog', { name: '入金日取消' });
    await dialog.getByText('この操作でF-REGIは変わりません（売上済のまま）。').waitFor();
    await dialog.getByRole('radio', { name: /売上取消もする/ }).check();
    await dialog.getByRole('button', { name: 'ステータスの変更へ進む' }).click();
    const box = block('ステータス').getByRole('checkbox', { name: 'F-REGIの取引情報を取り消す' });
    expect(await box.isChecked()).toBe(true);
    await update.click();
    await dialog.getByRole('button', { name: '入金日を取り消す' }).click();
    await page.getByText('入金日を取り消しました。F-REGIの状態は変わっていません。').waitFor();
    await block('入金').getByText('未入金').first().waitFor();
    expect(await heldFor(stage.env, orderNumber)).toMatchObject([
      { state: 'captured_untransmitted' },
    ]);
    // U2: marking it paid again calls nothing, and not silently.
    await block('入金').getByRole('button', { name: 'F-REGIには送らず入金済にする' }).waitFor();
    expect(await block('入金').getByRole('button', { name: '入金済に更新' }).count()).toBe(0);
  });
});

describe('自動連携', () => {
  test('S1: off: every screen says so, and marking paid is a local change', async () => {
    const orderNumber = await stage.env.order();
    await page.goto(`${stage.env.url}/settings`);
    await page.getByRole('button', { name: '設定する' }).click();
    await page.getByText('変更はありません。').waitFor();
    await page.getByRole('radio', { name: /^利用しない/ }).check();
    await page.getByLabel('売上処理期限（日）').fill('４５');
    await page.getByRole('button', { name: '設定する' }).click();
    const dialog = page.getByRole('dialog', { name: '変更する内容' });
    await dialog.getByText('F-REGI自動連携：利用する → 利用しない').waitFor();
    await dialog.getByText('売上処理期限（日）：60日 → 45日').waitFor();
    await dialog.getByRole('button', { name: '設定する' }).click();
    await page.getByText('設定を保存しました。').waitFor();
    await page.getByText('F-REGI自動連携を利用しない設定です。').waitFor();
    await openOrder(orderNumber);
    await page.getByText('F-REGI自動連携を利用しない設定です。').waitFor();
    await block('入金').getByText('受注だけを').waitFor();
    await page.getByRole('button', { name: '入金済に更新' }).click();
    await page.getByText('入金済にしました。').waitFor();
    expect(await wireCalls(stage.env, orderNumber)).toEqual([]);
  });

  test('settings that somebody else changed: shown, and what was typed is still there', async () => {
    const other = await stage.visit('owner', '/settings');
    await page.goto(`${stage.env.url}/settings`);
    await page.getByLabel('売上処理期限（日）').fill('50');
    await other.getByRole('radio', { name: /^利用する/ }).check();
    await other.getByRole('button', { name: '設定する' }).click();
    await other.getByRole('dialog').getByRole('button', { name: '設定する' }).click();
    await other.getByText('設定を保存しました。').waitFor();
    await page.getByRole('button', { name: '設定する' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: '設定する' }).click();
    await dialog.getByRole('alert').waitFor();
    await dialog.getByText('売上処理期限（日）：45日 → 50日').waitFor();
    await dialog.getByRole('button', { name: '設定する' }).click();
    await page.getByText('設定を保存しました。').waitFor();
    expect(await page.getByRole('radio', { name: /^利用する/ }).isChecked()).toBe(true);
  });
});

test('no page complained, and nothing went wrong inside', () => {
  expect(stage.complaints).toEqual([]);
  expect(stage.env.errors).toEqual([]);
});
