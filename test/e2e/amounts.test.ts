import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { heldFor, strike, wireCalls } from '../kit/gateway.ts';
import { openStage, type Stage } from '../kit/stage.ts';
import { blockOf, showOrder } from './order-page.ts';

/**
 * The mistakes in editing amounts (A1, A3) and in taking the payment date back (U1), and two owners
 * who change the settings. The manual's own way is in manual/.
 */
let stage: Stage;
let page: Page;
beforeAll(async () => {
  stage = await openStage();
  page = await stage.visit('owner', '/orders');
});

const block = (name: string) => blockOf(page, name);
const openOrder = (orderNumber: string) => showOrder(page, orderNumber);

describe('商品・送料・手数料編集', () => {
  test('the field shows that its text is no amount, and the form keeps what was typed', async () => {
    await openOrder(await stage.env.order());
    await page.getByRole('button', { name: '商品・送料・手数料編集' }).click();
    await page.getByLabel('送料').fill('-5');
    await page.getByLabel('決済手数料', { exact: true }).fill('330');
    await page.getByText('0以上の整数（円）を入力してください。').first().waitFor();
    await block('受注内容').getByRole('button', { name: '登録する' }).click();
    await block('受注内容').getByRole('alert').waitFor();
    expect(await page.getByLabel('送料').inputValue()).toBe('-5');
    expect(await page.getByLabel('決済手数料', { exact: true }).inputValue()).toBe('330');
  });

  test('A1: products are added, struck and taxed by rate; postage, wrapping and coupon go with them', async () => {
    const orderNumber = await stage.env.order();
    await openOrder(orderNumber);
    await page.getByRole('button', { name: '商品・送料・手数料編集' }).click();
    const content = block('受注内容');
    const save = content.getByRole('button', { name: '登録する' });
    await save.click();
    await content.getByText('変更はありません。').waitFor();
    await content.getByRole('button', { name: '商品を追加' }).click();
    await content.getByLabel('商品2の数量').fill('0');
    await save.click();
    await content.getByText('商品名を入力してください。').waitFor();
    await content.getByText('1〜99,999の整数').waitFor();
    await content.getByLabel('商品2の商品名').fill('煎茶');
    await content.getByLabel('商品2の商品番号').fill('tea-01');
    await content.getByLabel('商品2の数量').fill('２');
    await content.getByLabel('商品2の単価').fill('1,080');
    await content.getByLabel('商品2の税率').selectOption('8%');
    await content.getByLabel('包装手数料').fill('220');
    await content.getByLabel('クーポン割引').fill('1000');
    await content.getByText('8%対象 ¥1,854（うち消費税 ¥137）').waitFor();
    await content.getByText('10%対象 ¥8,641（うち消費税 ¥785）').waitFor();
    await content.getByText('カード会社の判断で失敗することがあります').waitFor();
    await content.getByRole('button', { name: '商品1を削除' }).click();
    await content.getByText('¥1,145（−¥7,970）').waitFor();
    await content.getByRole('button', { name: '商品1の削除を元に戻す' }).click();
    await save.click();
    await page.getByText('金額を変更しました。請求金額は¥10,495です。').waitFor();
    await content.getByRole('row', { name: /煎茶/ }).getByText('¥2,160').waitFor();
    await content.getByText('包装手数料').waitFor();
    expect(await wireCalls(stage.env, orderNumber)).toEqual([]);
  });

  test('the form keeps what was typed after a refusal for too large a discount or an empty destination', async () => {
    await openOrder(await stage.env.order());
    await page.getByRole('button', { name: '商品・送料・手数料編集' }).click();
    const content = block('受注内容');
    await content.getByRole('button', { name: '商品1を削除' }).click();
    await content.getByRole('button', { name: '登録する' }).click();
    await content.getByText('お届け先ごとに商品が1つ以上必要です。').waitFor();
    await content.getByRole('button', { name: '商品1の削除を元に戻す' }).click();
    await content.getByLabel('割引', { exact: true }).fill('99999');
    await content.getByText('ポイントと割引の合計が総合計金額を超えています。').waitFor();
    await content.getByRole('button', { name: '登録する' }).click();
    await content.getByRole('alert').getByText('ポイントと割引の合計').waitFor();
    expect(await content.getByLabel('割引', { exact: true }).inputValue()).toBe('99999');
    await content.getByLabel('割引', { exact: true }).fill('9115');
    await content.getByText('決済不要').first().waitFor(); // C3: 入金済 of such an order
  });

  test('A3: only an owner changes the captured amount of a paid order, together with its bill', async () => {
    const orderNumber = await stage.env.order();
    await openOrder(orderNumber);
    await page.getByRole('button', { name: '入金済に更新' }).click();
    await block('入金').getByText('送信済').waitFor();
    const clerk = await stage.visit('clerk', `/orders/${orderNumber}`);
    await clerk
      .getByText(/金額を変更（売上済）/)
      .first()
      .waitFor();
    expect(
      await clerk
        .getByRole('button', { name: '金額を変更（売上済）' })
        .getAttribute('aria-disabled'),
    ).toBe('true');
    const content = block('受注内容');
    await content.getByRole('button', { name: '金額を変更（売上済）' }).click();
    await content.getByLabel('送料').fill('0');
    await content.getByText('F-REGIの売上金額 ¥9,115 を ¥8,615 に変更します。').waitFor();
    await content.getByRole('button', { name: '登録する' }).click();
    await content.getByText('末尾4桁が一致しません。').waitFor(); // it changes a charge at once
    await content.getByLabel(/末尾4桁/).fill(orderNumber.slice(-4));
    await content.getByRole('button', { name: '登録する' }).click();
    await page.getByText('金額を変更しました。請求金額は¥8,615です。').waitFor();
    expect((await heldFor(stage.env, orderNumber)).at(-1)).toMatchObject({
      state: 'captured_untransmitted',
      amount: 8_615,
    });
  });
});

describe('入金日取消', () => {
  test('U1: the capture that stays at F-REGI can be refunded afterwards, with four digits', async () => {
    const orderNumber = await stage.env.order();
    await openOrder(orderNumber);
    await page.getByRole('button', { name: '入金済に更新' }).click();
    await block('入金').getByText('送信済').waitFor(); // shown without a reload
    await block('入金').getByRole('checkbox', { name: '入金日取消' }).check();
    await block('入金').getByRole('button', { name: '更新', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: '入金日取消' });
    await dialog.getByRole('button', { name: '入金日を取り消す' }).click();
    await block('決済').getByText('カードで請求しない場合', { exact: true }).click();
    await block('決済').getByRole('button', { name: 'F-REGIに残っている取引を取り消す' }).click();
    const left = page.getByRole('dialog', { name: 'F-REGIに残っている取引を取り消す' });
    await left.getByText('売上済 → 売上取消').waitFor();
    await left.getByRole('button', { name: '売上取消する' }).click();
    await left.getByText('末尾4桁が一致しません。').waitFor();
    await left.getByLabel(/末尾4桁/).fill(orderNumber.slice(-4));
    await left.getByRole('button', { name: '売上取消する' }).click();
    await block('決済').getByText('F-REGIの取引を取り消しました。').waitFor();
    expect(await heldFor(stage.env, orderNumber)).toMatchObject([
      { state: 'refunded_untransmitted' },
    ]);
  });

  test('U1: with the refund, the dialog foretells it, asks four digits, and both are done together', async () => {
    const orderNumber = await stage.env.order();
    await openOrder(orderNumber);
    await page.getByRole('button', { name: '入金済に更新' }).click();
    await block('入金').getByText('送信済').waitFor();
    await block('入金').getByRole('checkbox', { name: '入金日取消' }).check();
    await block('入金').getByRole('button', { name: '更新', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: '入金日取消' });
    expect(await dialog.getByRole('radio', { name: '入金日だけ取り消す' }).isChecked()).toBe(true);
    await dialog.getByRole('radio', { name: /売上取消もする/ }).check();
    await dialog.getByText('売上済 → 売上取消').waitFor();
    await dialog.getByText('元に戻せません。').waitFor();
    const confirm = dialog.getByRole('button', { name: '売上取消して入金日を取り消す' });
    await dialog.getByLabel(/末尾4桁/).fill('0000');
    await confirm.click();
    await dialog.getByText('末尾4桁が一致しません。').waitFor();
    expect(await heldFor(stage.env, orderNumber)).toMatchObject([
      { state: 'captured_untransmitted' },
    ]);
    await dialog.getByLabel(/末尾4桁/).fill(orderNumber.slice(-4));
    await strike(stage.env, { kind: 'decline', cgi: 'salecancel.cgi', times: 1 });
    await confirm.click();
    await dialog.getByRole('alert').waitFor(); // declined: nothing has changed
    await block('入金')
      .getByText(/^入金済 \(/)
      .waitFor();
    await confirm.click();
    await block('入金').getByText('入金日を取り消し、F-REGIの取引も取り消しました。').waitFor();
    await block('入金').getByText('未入金').first().waitFor();
    expect(await heldFor(stage.env, orderNumber)).toMatchObject([
      { state: 'refunded_untransmitted' },
    ]);
  });
});

describe('設定', () => {
  test('settings changed by somebody else are shown, and the form keeps what was typed', async () => {
    const other = await stage.visit('owner', '/settings');
    await page.goto(`${stage.env.url}/settings`);
    await page.getByLabel('売上処理期限（日）').fill('50');
    await other.getByRole('radio', { name: /^利用しない/ }).check();
    await other.getByRole('button', { name: '設定する' }).click();
    await other.getByRole('dialog').getByRole('button', { name: '設定する' }).click();
    await other.getByText('設定を保存しました。').waitFor();
    await page.getByRole('button', { name: '設定する' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: '設定する' }).click();
    const overtaken = dialog.getByRole('alert').filter({ hasText: '他の人が先に変更しました。' });
    await overtaken.getByText(/^利用する → .*利用しない$/).waitFor();
    await dialog.getByText(/^60日 → .*50日$/).waitFor();
    await dialog.getByRole('button', { name: '設定する' }).click();
    await page.getByText('設定を保存しました。').waitFor();
    expect(await page.getByRole('radio', { name: /^利用しない/ }).isChecked()).toBe(true);
  });
});
