import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { atConsole, heldFor, strike, wireCalls } from './gateway.ts';
import { openStage, type Stage } from './stage.ts';

/** 受注詳細: one order marked paid, as the operator sees it, with F-REGI's ledger as the judge. */
let stage: Stage;
let page: Page;
beforeAll(async () => {
  stage = await openStage();
  page = await stage.visit('clerk', '/orders');
});

function mailsAbout(orderNumber: string) {
  return stage.mails.filter(({ text }) => text.includes(orderNumber));
}

function billed(yen: number) {
  const nothing = { shipping: 0, paymentFee: 0, wrapping: 0, pointsUsed: 0, couponDiscount: 0 };
  return { amounts: { items: yen, ...nothing } };
}

/** Opens an order; resolves to its block 入金. */
async function openOrder(orderNumber: string): Promise<Locator> {
  await page.goto(`${stage.env.url}/orders/${orderNumber}`);
  const block = page.getByRole('region', { name: '入金', exact: true });
  await block.getByText('入金状況').waitFor();
  return block;
}

const pay = (block: Locator) => block.getByRole('button', { name: '入金済に更新' }).click();

describe('capture', () => {
  test('C1, C8, C9: 入金済に更新 captures, with the payment date and the mail as chosen', async () => {
    const orderNumber = await stage.env.order();
    const block = await openOrder(orderNumber);
    await block.getByText('承認金額 ¥9,115 のまま、F-REGIで売上処理を行います。').waitFor();
    await block.getByText('未送信').waitFor();
    await block.getByLabel('入金日').fill('2026-11-14');
    await pay(block);
    await block.getByText('入金済にしました。').waitFor();
    await block.getByText('入金済 (2026/11/14)').waitFor();
    await page.getByRole('region', { name: '決済' }).getByText('売上済（未伝送）').waitFor();
    expect(await heldFor(stage.env, orderNumber)).toMatchObject([
      { state: 'captured_untransmitted', amount: 9_115 },
    ]);
    await expect.poll(() => mailsAbout(orderNumber).length, { timeout: 10_000 }).toBe(1);
    await block.getByText('送信済').waitFor(); // without a reload
    await block.getByText('送信回数: 1回').waitFor();
  });

  test('C8: 手動送信 sends no mail, and says so before', async () => {
    const orderNumber = await stage.env.order();
    const block = await openOrder(orderNumber);
    await block.getByRole('radio', { name: '手動送信' }).check();
    await block.getByText('入金確認メールは送信しません。').waitFor();
    await pay(block);
    await block.getByText('入金済にしました。').waitFor();
    await block.getByText('送信回数: 0回').waitFor();
    expect(mailsAbout(orderNumber)).toEqual([]);
  });

  test('C2, M6: what the preview says is what F-REGI is told, in its order', async () => {
    const orderNumber = await stage.env.order(billed(12_000));
    const block = await openOrder(orderNumber);
    await block
      .getByText('承認金額 ¥9,115 を ¥12,000 に変更してから、売上処理を行います。')
      .waitFor();
    await block.getByText('F-REGIに送る内容を見る').click();
    const foreseen = await block.getByRole('listitem').allInnerTexts();
    expect(foreseen.map((text) => text.split('\n')[0])).toEqual([
      '1. 金額変更　¥12,000',
      '2. 売上処理　¥12,000',
    ]);
    await pay(block);
    await block.getByText('入金済にしました。').waitFor();
    const told = await wireCalls(stage.env, orderNumber);
    expect(told.map(({ cgi }) => cgi)).toEqual(['authchange.cgi', 'sale.cgi']);
    told.forEach(({ cgi, parameters }, index) => {
      expect(foreseen[index]).toContain(cgi);
      for (const name of Object.keys(parameters)) expect(foreseen[index]).toContain(name);
    });
    expect(foreseen[0]).toContain(told[0]?.parameters.PAY);
    expect(await heldFor(stage.env, orderNumber)).toMatchObject([
      { state: 'voided', amount: 9_115 },
      { state: 'captured_untransmitted', amount: 12_000 },
    ]);
  });
});

describe('refusals', () => {
  test.each([
    [0, '決済不要'],
    [1, '2円以上'],
    [10_000_000, '9,999,999'],
  ])(
    'C3: %d yen cannot be marked paid by card; the reason stands there instead',
    async (yen, why) => {
      const orderNumber = await stage.env.order(billed(yen));
      const block = await openOrder(orderNumber);
      await block.getByText(why).first().waitFor();
      expect(await block.getByRole('button', { name: '入金済に更新' }).count()).toBe(0);
      expect(await heldFor(stage.env, orderNumber)).toMatchObject([{ state: 'authorized' }]);
    },
  );

  test('C4: a declined change leaves the order unpaid and says both ways out', async () => {
    const orderNumber = await stage.env.order(billed(12_000));
    const block = await openOrder(orderNumber);
    await strike(stage.env, { kind: 'decline', cgi: 'authchange.cgi', times: 1 });
    await pay(block);
    await block.getByRole('alert').getByText('変更前の金額').first().waitFor();
    await block.getByText('未入金').first().waitFor();
    await block
      .getByRole('alert')
      .getByRole('button', { name: /取り消/ })
      .click();
    const method = page.getByRole('region', { name: '内容編集', exact: true });
    const box = method.getByRole('checkbox', { name: 'F-REGIの取引情報を取り消す' });
    expect(await box.isChecked()).toBe(true);
    expect(await heldFor(stage.env, orderNumber)).toMatchObject([
      { state: 'authorized', amount: 9_115 },
    ]);
  });

  test('C5: voided at F-REGI: told in its words, and recorded as paid only on request', async () => {
    const orderNumber = await stage.env.order();
    const block = await openOrder(orderNumber);
    await atConsole(stage.env, orderNumber, 'void');
    await pay(block);
    await block
      .getByRole('alert')
      .getByText('「売上処理時の指定された取引は承認取消済みです」')
      .waitFor();
    await block.getByRole('button', { name: 'F-REGIには送らず入金済にする' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'F-REGIには送らず入金済にする' });
    await dialog.getByText('F-REGIには何も送りません。').waitFor();
    await dialog.getByRole('button', { name: 'F-REGIには送らず入金済にする' }).click();
    await block.getByText('入金済にしました。').waitFor();
    expect(await heldFor(stage.env, orderNumber)).toMatchObject([{ state: 'voided' }]);
    await page
      .getByRole('region', { name: '履歴' })
      .getByText('F-REGIには送っていません')
      .waitFor();
  });
});
