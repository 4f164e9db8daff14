import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { openStage, type Stage } from '../kit/stage.ts';

/** 受注管理: the manual's tabs, columns and sums; filters in the URL; empty, failed and offline. */
let stage: Stage;
let page: Page;
let held: string;
beforeAll(async () => {
  stage = await openStage({
    complaintsExpected: /net::ERR_(FAILED|INTERNET_DISCONNECTED)/, // cut off below, on purpose
  });
  const transfer = { paymentKind: 'bank_transfer', paymentMethod: '銀行振込' } as const;
  for (let left = 52; left > 0; left -= 1) await stage.env.order();
  for (let left = 3; left > 0; left -= 1) {
    await stage.env.order({ ...transfer, transaction: undefined });
  }
  held = await stage.env.order();
  page = await stage.visit('clerk', `/orders/${held}`);
  await page.getByLabel('ステータスの変更').selectOption('保留にする');
  const status = page.getByRole('region', { name: 'ステータス', exact: true });
  await status.getByRole('button', { name: '更新' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '保留にする' }).click();
  await status.getByText('保留（承認済）').waitFor();
});

const tabs = () => page.getByRole('navigation', { name: '受注の絞り込み' });

async function openList(query: string): Promise<void> {
  await page.goto(`${stage.env.url}/orders${query}`);
  await page.getByLabel('表示件数').waitFor(); // it comes with the rows
}

describe("the manual's list", () => {
  test("L1: the tabs are the manual's, in its order, each with its count", async () => {
    await openList('');
    await tabs().getByText('56').first().waitFor();
    const names = (await tabs().getByRole('link').allInnerTexts()).map((text) =>
      text.replaceAll(/\s+/g, ' ').trim(),
    );
    expect(names.slice(0, 7)).toEqual([
      '全件 56',
      '予約 0',
      '通常処理中/未入金 55',
      '通常処理中/未発送 55',
      '保留 1',
      '処理済み 0',
      '定期・頒布会申込 0',
    ]);
    expect(await tabs().locator('[aria-current=page]').count()).toBe(1);
  });

  test("L3: the list has the manual's columns and head, with the sums of the whole result", async () => {
    await openList('?tab=unpaid&limit=50');
    const head = await page.getByRole('columnheader').allInnerTexts();
    expect(head.map((text) => text.replaceAll(/\s/g, ''))).toEqual([
      'すべてチェック',
      '受注コード',
      '複数お届け先',
      '受注経路',
      '受注日時',
      '顧客名',
      '請求金額',
      '発送入金',
      'ステータス',
      '決済方法【決済種別】',
      'F-REGI状態',
      '承認期限',
      'お届け先',
      'お届け希望',
    ]);
    await page.getByText('55件中1-50件表示').waitFor();
    await page.getByText('総合計金額¥541,750(請求金額合計¥501,325)').waitFor();
    const row = page.getByRole('row').nth(1);
    await row.getByText('髙﨑 花子').waitFor();
    await row.getByText('2026/11/08').waitFor(); // 19:28:26 in Japan, wherever the browser is
    await row.getByText('19:28:26').waitFor();
  });

  test('L2: さらに決済種別で絞り込み stands in the URL; back and forward keep place and filter', async () => {
    await openList('?tab=unpaid');
    await page.getByRole('button', { name: '銀行振込' }).click();
    await page.getByText('3件中1-3件表示').waitFor();
    expect(page.url()).toContain('kinds=bank_transfer');
    await page.getByRole('rowheader').first().getByRole('link').click();
    await page.getByRole('heading', { name: /^受注詳細/ }).waitFor();
    await page.getByRole('link', { name: '受注一覧へ戻る' }).click();
    await page.getByText('3件中1-3件表示').waitFor();
    await page.getByRole('button', { name: '絞り込みを解除' }).click();
    await page.getByText('55件中1-55件表示').waitFor();
  });

  test('the pages lead to the next and the previous rows, and each can hold more or fewer', async () => {
    await openList('?tab=unpaid&limit=50');
    await page.getByRole('button', { name: '次へ' }).click();
    await page.getByText('55件中51-55件表示').waitFor();
    await page.reload();
    await page.getByText('55件中51-55件表示').waitFor();
    await page.getByRole('button', { name: '前へ' }).click();
    await page.getByText('55件中1-50件表示').waitFor();
    await page.getByLabel('表示件数').selectOption('100件');
    await page.getByText('55件中1-55件表示').waitFor();
  });
});

describe('search', () => {
  const box = () => page.getByRole('searchbox', { name: '受注を検索' });

  test('a whole 受注コード, also in full width, opens the order; / leads to the box', async () => {
    await openList('');
    await page.keyboard.press('/');
    const wide = held.replaceAll(/\d/g, (d) => String.fromCharCode(d.charCodeAt(0) + 0xfee0));
    await page.keyboard.type(wide);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: `受注詳細 ${held}` }).waitFor();
  });

  test('several pasted codes list the found orders and name the rest', async () => {
    await openList('');
    await box().fill(`${held} 999999999999`);
    await box().press('Enter');
    await page.getByText('1件中1-1件表示').waitFor();
    await page.getByText('見つからない受注コード（1件）').waitFor();
    await page.getByText('999999999999', { exact: true }).waitFor();
  });

  test('while Japanese is being composed, Enter chooses a word and searches nothing', async () => {
    await openList('');
    const before = page.url();
    const session = await page.context().newCDPSession(page);
    await box().focus();
    await session.send('Input.imeSetComposition', {
      text: 'たかさき',
      selectionStart: 4,
      selectionEnd: 4,
    });
    await session.send('Input.dispatchKeyEvent', {
      type: 'keyDown',
      key: 'Enter',
      code: 'Enter',
      windowsVirtualKeyCode: 229,
    });
    expect(page.url()).toBe(before);
    await session.send('Input.insertText', { text: '髙﨑' });
    await box().press('Enter');
    await page.getByText('56件中1-56件表示').waitFor();
  });
});

describe('no rows, or no answer', () => {
  test('an empty result says so, and how many rows there are without the filter', async () => {
    await openList('?tab=unpaid&kinds=np_deferred');
    await page.getByText('条件に合う受注はありません。').waitFor();
    await page.getByRole('link', { name: /条件を外してすべて表示（55件）/ }).click();
    await page.getByText('55件中1-55件表示').waitFor();
  });

  test('an empty tab is good news, and no error', async () => {
    await openList('?tab=completed');
    await page.getByText('受注はありません。').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  test('after a server error the list says so in its place, keeps the filters, and can be tried again', async () => {
    await page.route('**/v1/orders?**', (route) => route.abort());
    await page.goto(`${stage.env.url}/orders?tab=on_hold`);
    await page.getByRole('alert').getByText('受注を読み込めませんでした。').waitFor();
    await page.getByRole('alert').getByText('サーバーに接続できません。').waitFor();
    await page.getByRole('button', { name: '発送済のみ' }).waitFor();
    await page.unroute('**/v1/orders?**');
    await page.getByRole('button', { name: 'もう一度試す' }).click();
    await page.getByRole('link', { name: held }).waitFor();
  });

  test('while offline a line above everything says so, and the list stays', async () => {
    await openList('?tab=on_hold');
    await page.context().setOffline(true);
    await page.getByRole('alert').getByText('オフラインです。').waitFor();
    expect(await page.getByRole('link', { name: held }).count()).toBe(1);
    await page.context().setOffline(false);
    await page.getByText('オフラインです。').waitFor({ state: 'hidden' });
  });
});

describe('without permission', () => {
  test('a viewer sees every button with the reason why it cannot be pressed', async () => {
    const viewer = await stage.visit('viewer', '/orders?tab=unpaid');
    await viewer.getByRole('checkbox', { name: 'すべてチェック' }).check();
    const pay = viewer.getByRole('button', { name: '入金済にする' });
    expect(await pay.getAttribute('aria-disabled')).toBe('true');
    const why = 'この操作の権限がありません（現在の役割：閲覧）';
    await viewer.getByText(why).waitFor();
    await viewer.keyboard.press('p');
    await viewer.goto(`${stage.env.url}/orders/${held}`);
    const status = viewer.getByRole('region', { name: 'ステータス', exact: true });
    await status.getByText(why).waitFor();
    await viewer.goto(`${stage.env.url}/settings`);
    await viewer.getByText(why).waitFor();
    await viewer.goto(`${stage.env.url}/imports`);
    await viewer.getByText(why).waitFor();
    await viewer.context().close();
  });

  test('an order of another shop is not found', async () => {
    const stranger = await stage.visit('clerk', `/orders/${held}`, { shopId: 'minato' });
    await stranger.getByRole('alert').getByText('受注を読み込めませんでした。').waitFor();
    expect(await stranger.getByText('髙﨑').count()).toBe(0);
    await stranger.context().close();
  });
});
