import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { atConsole, heldFor, strike, wireCalls } from './gateway.ts';
import { openStage, type Stage } from './stage.ts';

/** ステータスの変更, with and without F-REGIの取引情報を取り消す. */
let stage: Stage;
let page: Page;
beforeAll(async () => {
  stage = await openStage();
  page = await stage.visit('clerk', '/orders');
});

const BOX = 'F-REGIの取引情報を取り消す';

/** Opens an order; resolves to its block ステータス. */
async function openOrder(orderNumber: string): Promise<Locator> {
  await page.goto(`${stage.env.url}/orders/${orderNumber}`);
  const block = page.getByRole('region', { name: 'ステータス', exact: true });
  await block.getByText('現在のステータス').waitFor();
  return block;
}

const confirmation = () => page.getByRole('dialog', { name: 'ステータスの変更の確認' });

async function choose(block: Locator, change: string): Promise<void> {
  await block.getByLabel('ステータスの変更').selectOption(change);
  await block.getByRole('button', { name: '更新' }).click();
}

describe('with the box', () => {
  test.each([
    ['注文を取り消す', '取消'],
    ['返品処理をする', '返品'],
    ['未回収処理をする', '未回収'],
    ['保留にする', '保留'],
  ])('V1, V2: %s voids the authorization, after four digits', async (change, status) => {
    const orderNumber = await stage.env.order();
    const block = await openOrder(orderNumber);
    const box = block.getByRole('checkbox', { name: BOX });
    expect(await box.isChecked()).toBe(false);
    await box.check();
    await choose(block, change);
    const dialog = confirmation();
    await dialog.getByText('承認済 → 承認取消').waitFor();
    await dialog.getByText('元に戻せません。').waitFor();
    const button = dialog.getByRole('button', { name: `承認取消して${change}` });
    await button.click();
    await dialog.getByText(`末尾4桁が一致しません。`).waitFor();
    await dialog.getByLabel(/末尾4桁/).fill(fullWidth(orderNumber.slice(-4)));
    await button.click();
    await block.getByText(`ステータスを「${status}」に変更しました。`).waitFor();
    await block.getByText(`${status}（承認取消）`).waitFor();
    expect(await heldFor(stage.env, orderNumber)).toMatchObject([{ state: 'voided' }]);
  });

  test('V2: captured already: the refund is named before, and done', async () => {
    const orderNumber = await stage.env.order();
    const block = await openOrder(orderNumber);
    await page.getByRole('button', { name: '入金済に更新' }).click();
    await page.getByText('入金済にしました。').waitFor();
    await page.getByText('送信済', { exact: true }).waitFor(); // the mail is out, nothing moves any more
    await block.getByRole('checkbox', { name: BOX }).check();
    await choose(block, '返品処理をする');
    await confirmation().getByText('売上済 → 売上取消').waitFor();
    await confirmation()
      .getByLabel(/末尾4桁/)
      .fill(orderNumber.slice(-4));
    await confirmation().getByRole('button', { name: '売上取消して返品処理をする' }).click();
    await block.getByText('返品（売上取消（未伝送））').waitFor();
    const [held] = await heldFor(stage.env, orderNumber);
    expect(held).toMatchObject({ state: 'refunded_untransmitted' });
  });

  test('V3: declined at F-REGI: nothing has changed, and its words stand there', async () => {
    const orderNumber = await stage.env.order();
    const block = await openOrder(orderNumber);
    await block.getByRole('checkbox', { name: BOX }).check();
    await choose(block, '注文を取り消す');
    await confirmation()
      .getByLabel(/末尾4桁/)
      .fill(orderNumber.slice(-4));
    await strike(stage.env, { kind: 'decline', cgi: 'authcancel.cgi', times: 1 });
    await confirmation().getByRole('button', { name: '承認取消して注文を取り消す' }).click();
    await confirmation().getByRole('alert').waitFor();
    expect(
      await confirmation()
        .getByLabel(/末尾4桁/)
        .inputValue(),
    ).toBe(orderNumber.slice(-4));
    await confirmation().getByRole('button', { name: 'キャンセル' }).click();
    await block.getByText('通常処理（承認済）').waitFor();
    expect(await heldFor(stage.env, orderNumber)).toMatchObject([{ state: 'authorized' }]);
  });

  test('V8: who wants postage only is led to the amounts first', async () => {
    const block = await openOrder(await stage.env.order());
    await block.getByRole('checkbox', { name: BOX }).check();
    await choose(block, '注文を取り消す');
    await confirmation().getByText('送料のみを徴収するような場合').waitFor();
    await confirmation().getByRole('button', { name: '商品・送料・手数料編集へ' }).click();
    await page.getByLabel('送料').waitFor();
  });
});

describe('without it', () => {
  test('V4: the box off leaves the transaction, and the confirmation says that it stays', async () => {
    const orderNumber = await stage.env.order();
    const block = await openOrder(orderNumber);
    await choose(block, '注文を取り消す');
    await confirmation().getByText('F-REGIの取引は残ります').waitFor();
    expect(
      await confirmation()
        .getByLabel(/末尾4桁/)
        .count(),
    ).toBe(0);
    await confirmation().getByRole('button', { name: '注文を取り消す' }).click();
    await block.getByText('取消（承認済）').waitFor();
    expect(await heldFor(stage.env, orderNumber)).toMatchObject([{ state: 'authorized' }]);
  });

  test('V5: voided before: there is nothing to cancel, the box says why, and no call is made', async () => {
    const orderNumber = await stage.env.order();
    await atConsole(stage.env, orderNumber, 'void');
    const clerk = await stage.env.signIn('clerk');
    const { version } = (await clerk.get(`/v1/orders/${orderNumber}`)).body;
    await clerk.post(`/v1/orders/${orderNumber}/payment`, { body: {}, version }); // F-REGI tells it
    const block = await openOrder(orderNumber);
    await block.getByText('通常処理（承認取消）').waitFor();
    const before = (await wireCalls(stage.env, orderNumber)).length;
    const box = block.getByRole('checkbox', { name: BOX });
    if ((await box.count()) > 0) await box.check();
    else await block.getByText('「F-REGIの取引情報を取り消す」は使えません').waitFor();
    await choose(block, '注文を取り消す');
    await confirmation().getByRole('button', { name: '注文を取り消す' }).click();
    await block.getByText('取消（承認取消）').waitFor();
    expect((await wireCalls(stage.env, orderNumber)).length).toBe(before);
  });

  test('V1: paid by bank transfer there is no box; pressed without a choice it says what is missing', async () => {
    const transfer = { paymentKind: 'bank_transfer', paymentMethod: '銀行振込' } as const;
    const block = await openOrder(await stage.env.order({ ...transfer, transaction: undefined }));
    expect(await block.getByRole('checkbox', { name: BOX }).count()).toBe(0);
    await block.getByRole('button', { name: '更新' }).click();
    await block.getByText('「ステータスの変更」を選択してください。').waitFor();
  });
});

function fullWidth(digits: string): string {
  return digits.replaceAll(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
}
