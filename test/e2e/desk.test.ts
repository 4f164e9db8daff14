import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { atConsole, heldFor, strike, wireCalls } from '../kit/gateway.ts';
import { preorder } from '../kit/handed-over-applications.ts';
import { incoming } from '../kit/orders.ts';
import { openStage, type Stage } from '../kit/stage.ts';
import { blockOf, showOrder } from './order-page.ts';

/** 受注詳細: 発送, キャンセル依頼, 再照会, and the other commands on an order. */
let stage: Stage;
let page: Page;
beforeAll(async () => {
  stage = await openStage();
  page = await stage.visit('clerk', '/orders');
});

const block = (name: string) => blockOf(page, name);
const openOrder = (orderNumber: string) => showOrder(page, orderNumber);

describe('発送', () => {
  test('an operator ships one destination after the other, with carrier, 送り状番号 and mail, then corrects one', async () => {
    const { details } = incoming();
    const [home] = details.destinations;
    if (home === undefined) throw new Error('an order without a destination');
    const gift = { ...home, name: '大阪 太郎', prefecture: '京都府' };
    const orderNumber = await stage.env.order({
      details: { ...details, destinations: [home, gift] },
    });
    await openOrder(orderNumber);
    const shipping = block('お届け先情報');
    await shipping.getByRole('button', { name: '発送済にする' }).click();
    for (const box of await shipping.getByRole('checkbox').all()) await box.uncheck();
    await shipping.getByRole('button', { name: '発送済に更新' }).click();
    await shipping.getByText('発送するお届け先を選択してください。').waitFor();
    await shipping.getByRole('checkbox', { name: /髙﨑 花子/ }).check();
    const first = shipping.getByRole('group', { name: /髙﨑 花子/ });
    await first.getByLabel('配送会社').fill('ヤマト運輸');
    await first.getByLabel(/送り状番号/).fill('4001-2345-6789, 4001-2345-6790');
    await first.getByLabel('商品発送日').fill('2099-01-01');
    await shipping.getByRole('button', { name: '発送済に更新' }).click();
    await shipping.getByText('発送日が未来の日付です。').waitFor();
    expect(await first.getByLabel('配送会社').inputValue()).toBe('ヤマト運輸');
    await first.getByLabel('商品発送日').fill('2026-11-20');
    await shipping.getByRole('button', { name: '発送済に更新' }).click();
    await shipping.getByText('未発送のお届け先が残っています。').waitFor();
    await shipping.getByText('4001-2345-6789 4001-2345-6790').waitFor();
    await block('履歴')
      .getByText(/4001-2345-6789/)
      .waitFor();
    await block('履歴').getByText('発送完了メールを送信しました。').waitFor(); // without a reload
    await shipping.getByRole('button', { name: '発送済にする' }).click();
    await shipping.getByRole('radio', { name: '手動送信' }).check();
    await shipping.getByRole('button', { name: '発送済に更新' }).click();
    await shipping.getByText('発送済にしました。').waitFor();
    await shipping.getByRole('button', { name: '発送内容を訂正する' }).click();
    await shipping.getByRole('checkbox', { name: /大阪 太郎/ }).uncheck();
    await first.getByLabel(/送り状番号/).fill('4001-2345-0000');
    await shipping.getByRole('button', { name: '訂正を登録' }).click();
    await shipping.getByText('発送内容を訂正しました。').waitFor();
    await shipping.getByText('4001-2345-0000').waitFor();
    expect(await wireCalls(stage.env, orderNumber)).toEqual([]);
  });

  test('an order on hold cannot be sent, and the screen says why and shows the way out', async () => {
    const orderNumber = await stage.env.order();
    const clerk = await stage.env.signIn('clerk');
    await clerk.post(`/v1/orders/${orderNumber}/status`, { body: { to: 'on_hold' }, version: 1 });
    await openOrder(orderNumber);
    const shipping = block('お届け先情報');
    await shipping.getByText('発送済にできません', { exact: true }).click();
    await shipping.getByText('このステータスの受注は発送済にできません。').waitFor();
    await shipping.getByRole('button', { name: '受注を「通常処理」に戻す' }).click();
    const dialog = page.getByRole('dialog', { name: 'ステータスの変更の確認' });
    await dialog.getByRole('button', { name: '通常処理に戻す' }).click();
    await shipping.getByRole('button', { name: '発送済にする' }).waitFor();
  });
});

describe('キャンセル依頼', () => {
  test('a request recorded from a call is shown first, and accepted with its money plan', async () => {
    const orderNumber = await stage.env.order();
    await openOrder(orderNumber);
    await block('ステータス').getByRole('button', { name: 'キャンセル依頼を記録する' }).click();
    await page.getByLabel('お客様のご依頼内容').fill('サイズを間違えました');
    await page.getByRole('button', { name: '依頼を記録する', exact: true }).click();
    await page.getByText('お客様からキャンセル依頼があります').waitFor();
    await page.getByRole('blockquote').getByText('サイズを間違えました').waitFor();
    await block('お届け先情報').getByText('発送の前に確認してください。').waitFor();
    await page.getByRole('button', { name: '受け付けて注文を取り消す' }).click();
    const dialog = page.getByRole('dialog', { name: 'ステータスの変更の確認' });
    await dialog.getByText('F-REGIの取引は残ります').waitFor(); // the box is off, and the dialog says so
    await dialog.getByRole('checkbox', { name: 'F-REGIの取引情報を取り消す' }).check();
    await dialog.getByRole('checkbox', { name: '在庫を反映させる' }).check();
    await dialog.getByText('承認済 → 承認取消').waitFor();
    await dialog.getByLabel(/末尾4桁/).fill(orderNumber.slice(-4));
    await dialog.getByRole('button', { name: '承認取消して注文を取り消す' }).click();
    await block('ステータス').getByText('取消（承認取消）').waitFor();
    await block('ステータス').getByText('在庫の反映').waitFor();
    expect(await page.getByText('お客様からキャンセル依頼があります').count()).toBe(0);
    expect(await heldFor(stage.env, orderNumber)).toMatchObject([{ state: 'voided' }]);
  });

  test('after a dismissed request the order goes on', async () => {
    const orderNumber = await stage.env.order();
    const clerk = await stage.env.signIn('clerk');
    await clerk.post(`/v1/orders/${orderNumber}/cancel-request`, { body: {}, version: 1 });
    await openOrder(orderNumber);
    await page.getByRole('button', { name: '依頼を取り下げる' }).click();
    await page.getByText('キャンセル依頼を取り下げました。受注はそのまま進められます。').waitFor();
    await block('入金').getByRole('button', { name: '入金済に更新' }).waitFor();
  });
});

describe('再照会', () => {
  test("再照会 looks at F-REGI anew and shows the console's change with its age", async () => {
    const orderNumber = await stage.env.order();
    await openOrder(orderNumber);
    const panel = block('決済');
    await panel.getByText(/^確認 .+（/).waitFor();
    await atConsole(stage.env, orderNumber, 'capture');
    await panel.getByRole('button', { name: '再照会' }).click();
    await panel.getByText('照会しました。').waitFor();
    await panel.getByText('売上済（未伝送）').waitFor();
    await panel.getByText(/確認 (たった今|\d+秒前)（照会）/).waitFor();
    await page.getByText('要対応').first().waitFor(); // captured there, unpaid here (D2)
  });

  test('at a shop without an inquiry the button says why', async () => {
    const orderNumber = await stage.env.order({}, 'minato');
    const other = await stage.visit('clerk', `/orders/${orderNumber}`, { shopId: 'minato' });
    await other.getByText('この店舗は照会に対応していません。').waitFor();
    await other.context().close();
  });
});

describe('承認（オーソリ）', () => {
  test('B2, B3: an authorization declined on the move to 通常処理 is asked again from here, and is 承認済', async () => {
    const cart = await stage.env.signIn('owner');
    const orderNumber = await preorder(stage.env, cart, 'DESK-1');
    await openOrder(orderNumber);
    const status = block('ステータス');
    await status.getByText('予約（予約（未オーソリ））').waitFor();
    await strike(stage.env, { kind: 'decline', cgi: 'authm.cgi', times: 1 });
    await status.getByLabel('ステータスの変更').selectOption('通常処理にする');
    await status.getByRole('button', { name: '更新' }).click();
    const dialog = page.getByRole('dialog', { name: 'ステータスの変更の確認' });
    await dialog.getByText('承認（オーソリ）を行います（¥9,115）。').waitFor();
    await dialog.getByRole('button', { name: '通常処理にする' }).click();
    await status.getByText('通常処理（通常処理（有効性確認済み））').waitFor();
    await block('入金')
      .getByText(/前回の操作: 承認（オーソリ）.*失敗/)
      .waitFor();
    const panel = block('決済');
    await panel.getByText('承認（オーソリ）を行います（¥9,115）。').waitFor();
    await panel.getByRole('button', { name: '承認（オーソリ）する' }).click();
    await panel.getByText('承認（オーソリ）が成功しました。').waitFor();
    await panel.getByText('承認済', { exact: true }).waitFor();
    await block('入金').getByRole('button', { name: '入金済に更新' }).waitFor();
  });
});

/** Issues a number at F-REGI, as the cart does before it hands over an order of コンビニ支払. */
async function issue(slipId: string): Promise<string> {
  const form = { SHOPID: '90001', ID: slipId, PAY: '9115', PAYTYPESPECIFY: '20' };
  const answer = await fetch(`${stage.env.sandbox.url}/connect/compsettleapply.cgi`, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  const [ok, settleno = ''] = (await answer.text()).split('\n');
  if (ok !== 'OK') throw new Error(`not issued: ${ok} ${settleno}`);
  return settleno;
}

describe('お客様のお支払い', () => {
  test('L2: コンビニ支払 shows its state at F-REGI, and 今すぐ照会 asks and never decides', async () => {
    const orderNumber = await stage.env.order({
      paymentKind: 'convenience_fregi',
      paymentMethod: 'コンビニ支払',
      transaction: undefined,
      redirectPayment: { settleno: await issue('100000888001') },
      orderNumber: '100000888001',
    });
    await openOrder(orderNumber);
    const redirect = block('お客様のお支払い（F-REGI）');
    await redirect.getByText('発行受付').waitFor();
    await redirect.getByRole('button', { name: '今すぐ照会' }).click();
    await redirect.getByText('照会しました。').waitFor();
    await block('入金').getByText('未入金').first().waitFor();
  });
});

describe('ステータス', () => {
  test('V7: an order whose transaction was cancelled stays so, and the screen says why', async () => {
    const orderNumber = await stage.env.order();
    const clerk = await stage.env.signIn('clerk');
    const body = { to: 'cancelled', cancelTransaction: true };
    await clerk.post(`/v1/orders/${orderNumber}/status`, { body, version: 1 });
    await openOrder(orderNumber);
    const status = block('ステータス');
    await status.getByText('「通常処理」には戻せません。').waitFor();
    await status.getByText('お客様に再度購入していただくか').waitFor();
    expect(await status.getByRole('checkbox', { name: '在庫を反映させる' }).count()).toBe(0);
  });
});
