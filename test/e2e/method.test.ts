import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { heldFor, strike } from './gateway.ts';
import { blockOf, showOrder } from './order-page.ts';
import { openStage, type Stage } from './stage.ts';

/** 内容編集 (P1–P3), the amount before a change (C4), and what is given back (V6). */
let stage: Stage;
let page: Page;
beforeAll(async () => {
  stage = await openStage();
  page = await stage.visit('clerk', '/orders');
});

const NOTHING = { shipping: 0, paymentFee: 0, wrapping: 0, pointsUsed: 0, couponDiscount: 0 };
const billed = (items: number) => ({ amounts: { ...NOTHING, items } });
const block = (name: string) => blockOf(page, name);
const openOrder = (orderNumber: string) => showOrder(page, orderNumber);

test('C3, P1: a bill of 0 yen leads to 決済不要 with the box on, and the authorization is voided', async () => {
  const orderNumber = await stage.env.order(billed(0));
  await openOrder(orderNumber);
  await block('入金').getByRole('button', { name: '決済方法を「決済不要」に変更する' }).click();
  const edit = block('内容編集');
  expect(await edit.getByLabel('決済方法').inputValue()).toBe('none');
  const box = edit.getByRole('checkbox', { name: 'F-REGIの取引情報を取り消す' });
  expect(await box.isChecked()).toBe(true);
  await edit.getByText('※チェックを入れずに変更した場合は、手動で取り消して下さい。').waitFor();
  await edit.getByText('元に戻すことが出来ません。').waitFor(); // P3
  await edit.getByRole('button', { name: '登録する' }).click();
  const dialog = page.getByRole('dialog', { name: '決済方法の変更の確認' });
  await dialog.getByText('承認済 → 承認取消').waitFor();
  await dialog.getByLabel(/末尾4桁/).fill(orderNumber.slice(-4));
  await dialog.getByRole('button', { name: '決済不要に変更する' }).click();
  await page.getByRole('heading', { name: /^受注詳細/ }).waitFor();
  await block('履歴').getByText('に変更しました').first().waitFor();
  expect(await heldFor(stage.env, orderNumber)).toMatchObject([{ state: 'voided' }]);
});

test('P2: without the box F-REGI is left alone, and the confirmation says that it stays', async () => {
  const orderNumber = await stage.env.order();
  await openOrder(orderNumber);
  const edit = block('内容編集');
  await edit.getByRole('button', { name: '登録する' }).click();
  await edit.getByText('変更後の決済方法を選択してください。').waitFor();
  await edit.getByLabel('決済方法').selectOption('銀行振込');
  await edit.getByRole('button', { name: '登録する' }).click();
  const dialog = page.getByRole('dialog', { name: '決済方法の変更の確認' });
  await dialog.getByText('F-REGIの取引は残ります').waitFor();
  await dialog.getByRole('button', { name: '銀行振込に変更する' }).click();
  await block('受注情報詳細').getByText('【銀行振込】').waitFor();
  expect(await heldFor(stage.env, orderNumber)).toMatchObject([{ state: 'authorized' }]);
});

test('C4: after a declined change the former amount can be captured, and the rest is named', async () => {
  const orderNumber = await stage.env.order(billed(12_000));
  await openOrder(orderNumber);
  await strike(stage.env, { kind: 'decline', cgi: 'authchange.cgi', times: 1 });
  await block('入金').getByRole('button', { name: '入金済に更新' }).click();
  await block('入金')
    .getByRole('button', { name: '変更前の金額で売上処理し、差額を別の方法で精算する' })
    .click();
  const dialog = page.getByRole('dialog', { name: '変更前の金額で売上処理する' });
  await dialog.getByText('請求金額との差額は売上処理されません。').waitFor();
  await dialog.getByRole('button', { name: '変更前の金額で売上処理する' }).click();
  await block('入金').getByText('入金済にしました。').waitFor();
  await block('決済').getByText('差額 ¥2,885 が未収です。').waitFor();
  await page.getByText('要対応: 金額相違').waitFor(); // what is missing stays to be seen
  await page.getByText('お客様に請求されるのはF-REGIの金額です。').waitFor();
  expect(await heldFor(stage.env, orderNumber)).toMatchObject([
    { state: 'captured_untransmitted', amount: 9_115 },
  ]);
  await block('決済').getByRole('button', { name: '差額の精算を記録' }).click();
  const settling = page.getByRole('dialog', { name: '差額の精算' });
  await settling.getByLabel('受領した金額（円）').fill('2,886');
  await settling.getByText('1円以上、¥2,885以下の金額を入力してください。').waitFor();
  await settling.getByLabel('受領した金額（円）').fill('2885');
  await settling.getByLabel('方法').selectOption('現金');
  await settling.getByText('記録後の差額：¥0').waitFor();
  await settling.getByRole('button', { name: '記録する' }).click();
  await block('決済').getByText('差額の精算を記録しました。').waitFor();
  await block('決済').getByText('現金で ¥2,885 を受領').waitFor();
  await block('履歴').getByText('差額 ¥2,885 を現金で受領しました').waitFor();
  await block('決済').getByRole('button', { name: '記録を取り消す' }).click();
  const correcting = page.getByRole('dialog', { name: '差額の精算の記録の取消' });
  await correcting.getByRole('button', { name: '記録を取り消す' }).click();
  await block('決済').getByText('差額 ¥2,885 が未収です。').waitFor();
});

test('V6: stock, points and the mail are asked at the change, each off, and go with it', async () => {
  const orderNumber = await stage.env.order();
  await openOrder(orderNumber);
  const status = block('ステータス');
  for (const name of ['在庫を反映させる', 'ご利用ポイントを返還する']) {
    expect(await status.getByRole('checkbox', { name }).isChecked()).toBe(false);
    await status.getByRole('checkbox', { name }).check();
  }
  await status.getByRole('checkbox', { name: '変更をお客様にメールで知らせる' }).check();
  await status.getByLabel('ステータスの変更').selectOption('注文を取り消す');
  await status.getByRole('button', { name: '更新' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '注文を取り消す' }).click();
  await status.getByText('ステータスを「取消」に変更しました。').waitFor();
  await block('履歴')
    .getByText('在庫を反映しました。 ご利用ポイント 735 を返還しました。')
    .waitFor();
  await expect
    .poll(() => stage.mails.filter(({ text }) => text.includes(orderNumber)).length, {
      timeout: 10_000,
    })
    .toBe(1);
  const clerk = await stage.env.signIn('clerk');
  const { body } = await clerk.get(`/v1/orders/${orderNumber}`);
  expect(body.stockReturned).toBe(true);
});
