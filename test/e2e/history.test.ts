import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { strike } from '../kit/gateway.ts';
import { openStage, type Stage } from '../kit/stage.ts';
import { blockOf, showOrder } from './order-page.ts';

/** 受注詳細: the past beside the present; and the way through the list that the operator came from. */
let stage: Stage;
let page: Page;
beforeAll(async () => {
  stage = await openStage();
  page = await stage.visit('clerk', '/orders');
});

const block = (name: string) => blockOf(page, name);
const openOrder = (orderNumber: string) => showOrder(page, orderNumber);

async function editPostage(orderNumber: string, shipping: number): Promise<void> {
  const clerk = await stage.env.signIn('clerk');
  const { version } = (await clerk.get(`/v1/orders/${orderNumber}`)).body;
  const body = { amounts: { shipping } };
  await clerk.send('PUT', `/v1/orders/${orderNumber}/amounts`, { body, version });
}

describe('the past', () => {
  test('A1: 初回受注情報 stands beside today’s, and the differences are marked', async () => {
    const orderNumber = await stage.env.order();
    await openOrder(orderNumber);
    const open = page.getByRole('button', { name: '初回受注情報表示' });
    await open.click();
    const dialog = page.getByRole('dialog', { name: '初回受注情報' });
    await dialog.getByText('初回受注時から変更はありません。').waitFor();
    await page.keyboard.press('Escape');
    await editPostage(orderNumber, 1_200);
    await page.reload();
    await open.click();
    await dialog.getByText('3項目が初回受注時と異なります。').waitFor(); // postage, total, billed
    const row = dialog.getByRole('row', { name: /^送料/ });
    expect(await row.innerText()).toMatch(/¥500[\s\S]*変更[\s\S]*¥1,200/);
    expect(
      await dialog
        .getByRole('row', { name: /^商品合計/ })
        .getByText('変更')
        .count(),
    ).toBe(0);
    await dialog.getByRole('button', { name: '閉じる' }).last().click();
    await dialog.waitFor({ state: 'hidden' });
  });

  test('each entry leads to the order as it was then, and to its change', async () => {
    const orderNumber = await stage.env.order();
    await editPostage(orderNumber, 800);
    await editPostage(orderNumber, 0);
    await openOrder(orderNumber);
    const history = block('履歴');
    const entry = history.getByRole('listitem').filter({ hasText: '請求金額 ¥9,415' });
    await entry.getByText('詳細').click();
    await entry.getByRole('button', { name: 'この時点の受注内容' }).click();
    const dialog = page.getByRole('dialog', { name: 'この時点の受注内容' });
    await dialog.getByText('¥500 → ¥800').waitFor();
    const then = dialog.locator('dl').last();
    expect(await then.innerText()).toContain('¥9,415');
    await then.getByText('未入金').waitFor();
    await page.keyboard.press('Escape');
    await block('決済').getByText('¥8,615').first().waitFor(); // today's order is unchanged
  });

  test('the order shows every call to F-REGI: the sent form, masked and decoded, its answer, and its time', async () => {
    const orderNumber = await stage.env.order();
    await editPostage(orderNumber, 0);
    await openOrder(orderNumber);
    await strike(stage.env, { kind: 'decline', cgi: 'authchange.cgi', times: 1 });
    await page.getByRole('button', { name: '入金済に更新' }).click();
    await block('入金').getByRole('alert').first().waitFor();
    const history = block('履歴');
    await history.getByRole('button', { name: 'F-REGI通信' }).click();
    const [call] = await history.getByRole('listitem').all();
    expect(await history.getByRole('listitem').count()).toBe(1);
    await call?.getByText('詳細').click();
    const said = (await call?.innerText()) ?? '';
    for (const word of ['authchange.cgi', 'PAY', '8615', 'SEQNO', 'ミリ秒', '拒否']) {
      expect(said).toContain(word);
    }
    expect(said).toMatch(/SHOPID\s+\*\*\*/);
    await history.getByRole('button', { name: 'お金' }).click();
    await history.getByText('処理に失敗しました。').waitFor();
    await history.getByRole('button', { name: 'メール' }).click();
    await history.getByText('履歴はありません。').waitFor();
  });
});

describe('through the list', () => {
  test('] and [ go on in the list as it stood, and back leads to the place in it', async () => {
    const orders: string[] = [];
    for (let n = 0; n < 30; n += 1) orders.push(await stage.env.order());
    await page.goto(`${stage.env.url}/orders?tab=unpaid`);
    const links = page.getByRole('rowheader').getByRole('link');
    await links.first().waitFor();
    const shown = await links.allInnerTexts();
    const from = 20;
    const name = (n: number) => new RegExp(shown[n]?.trim() ?? '');
    const heading = (n: number) => page.getByRole('heading', { level: 1, name: name(n) });
    await links.nth(from).scrollIntoViewIfNeeded();
    const scroll = () => page.evaluate('window.scrollY');
    const before = await scroll();
    expect(before).toBeGreaterThan(0);
    await links.nth(from).click();
    await heading(from).waitFor();
    await block('入金').getByRole('button', { name: '入金済に更新' }).click();
    await block('入金').getByText('入金済にしました。').waitFor();
    await page.getByRole('heading', { level: 1 }).focus();
    await page.keyboard.press(']'); // the order has left the tab; the next is still the next
    await heading(from + 1).waitFor();
    await page.keyboard.press('[');
    await heading(from).waitFor();
    await page.getByRole('button', { name: '前の受注' }).click();
    await heading(from - 1).waitFor();
    await page.getByRole('link', { name: '受注一覧へ戻る' }).click();
    await links.first().waitFor();
    expect(new URL(page.url()).searchParams.get('tab')).toBe('unpaid');
    await expect.poll(scroll).toBe(before);
  });

  test('at the end of a page ] reads the next page; at the very end it goes no further', async () => {
    for (let n = 0; n < 30; n += 1) await stage.env.order(); // with those above, more than a page
    await page.goto(`${stage.env.url}/orders?tab=unpaid&limit=50`);
    const links = page.getByRole('rowheader').getByRole('link');
    await links.first().waitFor();
    const last = (await links.allInnerTexts()).at(-1)?.trim() ?? '';
    await links.last().click();
    await page.getByRole('heading', { level: 1, name: new RegExp(last) }).waitFor();
    await page.getByRole('button', { name: '次の受注' }).click();
    await page
      .getByRole('heading', { level: 1, name: new RegExp(last) })
      .waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: '前の受注' }).click();
    await page.getByRole('heading', { level: 1, name: new RegExp(last) }).waitFor();
  });

  test('the screen asks before it leaves a half-typed form', async () => {
    for (let n = 0; n < 2; n += 1) await stage.env.order();
    await page.goto(`${stage.env.url}/orders?tab=unpaid`);
    const links = page.getByRole('rowheader').getByRole('link');
    await links.first().waitFor();
    await links.first().click();
    await page.getByRole('button', { name: '商品・送料・手数料編集' }).click();
    await page.getByLabel('送料').fill('800');
    await page.getByRole('button', { name: '次の受注' }).click();
    const dialog = page.getByRole('dialog', { name: '保存していない変更があります' });
    await dialog.getByRole('button', { name: '編集を続ける' }).click();
    expect(await page.getByLabel('送料').inputValue()).toBe('800');
    await page
      .getByRole('region', { name: '受注内容' })
      .getByRole('button', { name: '登録する' })
      .click();
    await page.getByText('金額を変更しました。請求金額は').waitFor();
    await page.getByRole('button', { name: '次の受注' }).click(); // saved: the screen does not ask
    await page.getByRole('button', { name: '商品・送料・手数料編集' }).waitFor();
  });

  test('an order opened by its address has no list, and the screen offers no way on', async () => {
    const other = await stage.visit('clerk', `/orders/${await stage.env.order()}`);
    await other.getByRole('link', { name: '受注一覧へ戻る' }).waitFor();
    expect(await other.getByRole('button', { name: '次の受注' }).count()).toBe(0);
    await other.context().close();
  });
});
