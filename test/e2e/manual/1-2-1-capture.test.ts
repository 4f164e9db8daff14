import { beforeAll, describe, expect } from 'vitest';
import { atConsole, wireCalls } from '../../kit/gateway.ts';
import { beginWalk, statement, type Walk } from './walk.ts';

/** The manual's second chapter, 受注管理: 1 and 2 売上処理 (p. 5–6), statement by statement. */
let walking: Walk;
const walk = () => walking;
beforeAll(async () => {
  walking = await beginWalk('clerk');
});

const SHOP = 'hanamichi';

describe('1 売上処理（受注詳細）', () => {
  statement(
    'p. 5',
    'C1, C9: 更新 with the payment date marks the order paid and captures an order that is 承認済',
    walk,
    async ({ block, order, openOrder, pay, ledger }) => {
      const orderNumber = await order();
      await openOrder(orderNumber);
      await block('入金').getByText('未入金').first().waitFor();
      await block('入金')
        .getByText('承認金額 ¥9,115 のまま、F-REGIで売上処理を行います。')
        .waitFor();
      await block('入金').getByRole('button', { name: '日付選択' }).click(); // the calendar
      await block('入金').getByLabel('入金日').fill('2026-11-14');
      await pay();
      await block('入金').getByText('入金済 (2026/11/14)').waitFor();
      await block('決済').getByText('売上済（未伝送）').waitFor();
      expect(await ledger(orderNumber)).toEqual(['captured_untransmitted 9115']);
    },
  );

  statement(
    'p. 5',
    'C8: 入金確認メール goes out by itself or is left for sending by hand; sendings are counted',
    walk,
    async ({ stage, block, order, openOrder, pay }) => {
      const [byItself, byHand] = [await order(), await order()];
      await openOrder(byItself);
      await block('入金').getByText('未送信').waitFor();
      await block('入金').getByText('送信回数: 0回').waitFor();
      expect(await block('入金').getByRole('radio', { name: '自動送信' }).isChecked()).toBe(true);
      await pay();
      await block('入金').getByText('送信済').waitFor(); // without a reload
      await block('入金').getByText('送信回数: 1回').waitFor();
      await openOrder(byHand);
      await block('入金').getByRole('radio', { name: '手動送信' }).check();
      await block('入金').getByText('入金確認メールは送信しません。').waitFor();
      await pay();
      await block('入金').getByText('送信回数: 0回').waitFor();
      const about = (number: string) => stage.mails.filter(({ text }) => text.includes(number));
      expect([about(byItself).length, about(byHand).length]).toEqual([1, 0]);
    },
  );

  statement(
    'p. 5',
    'U1: 入金日取消 makes the order 未入金 again; F-REGI stays 売上済 and is not told',
    walk,
    async ({ stage, block, dialog, order, openOrder, pay, ledger }) => {
      const orderNumber = await order();
      await openOrder(orderNumber);
      await pay();
      await block('入金').getByText('送信済').waitFor();
      await block('入金').getByRole('button', { name: '更新', exact: true }).click();
      await block('入金').getByText('「入金日取消」にチェックしてください。').waitFor();
      await block('入金').getByRole('checkbox', { name: '入金日取消' }).check();
      await block('入金').getByRole('button', { name: '更新', exact: true }).click();
      await dialog('入金日取消')
        .getByText('この操作でF-REGIは変わりません（売上済のまま）。')
        .waitFor();
      const before = (await wireCalls(stage.env, orderNumber)).length;
      await dialog('入金日取消').getByRole('button', { name: '入金日を取り消す' }).click();
      await block('入金')
        .getByText('入金日を取り消しました。F-REGIの状態は変わっていません。')
        .waitFor();
      await block('入金').getByText('未入金').first().waitFor();
      await block('ステータス').getByText('通常処理（売上済（未伝送））').waitFor();
      expect((await wireCalls(stage.env, orderNumber)).length).toBe(before);
      expect(await ledger(orderNumber)).toEqual(['captured_untransmitted 9115']);
    },
  );

  statement(
    'p. 5',
    'U1: the 売上取消 is then done at F-REGI’s console, and the order shows it',
    walk,
    async ({ stage, block, order, openOrder, ledger }) => {
      const orderNumber = await unmarked(stage, await order());
      await atConsole(stage.env, orderNumber, 'refund');
      await stage.env.renkei.backoffice.lookout.look({ shopId: SHOP, orderNumber }, 0);
      await openOrder(orderNumber);
      await block('ステータス').getByText('通常処理（売上取消（未伝送））').waitFor();
      expect(await ledger(orderNumber)).toEqual(['refunded_untransmitted 9115']);
    },
  );

  statement(
    'p. 5',
    'U2: after 入金日取消 an edit and a second 入金済 tell F-REGI nothing, and the screen says so',
    walk,
    async ({ stage, page, block, dialog, order, openOrder, ledger }) => {
      const orderNumber = await unmarked(stage, await order());
      const before = (await wireCalls(stage.env, orderNumber)).length;
      await openOrder(orderNumber);
      await page.getByRole('button', { name: '商品・送料・手数料編集' }).click();
      await block('受注内容').getByLabel('送料').fill('0');
      await block('受注内容').getByRole('button', { name: '登録する' }).click();
      await page.getByText('金額を変更しました。請求金額は¥8,615です。').waitFor();
      expect(await block('入金').getByRole('button', { name: '入金済に更新' }).count()).toBe(0);
      const without = 'F-REGIには送らず入金済にする';
      await block('入金').getByRole('button', { name: without }).first().click();
      await dialog(without).getByText('F-REGIには何も送りません。').waitFor();
      await dialog(without).getByRole('button', { name: without }).click();
      await block('入金').getByText('入金済にしました。').waitFor();
      expect((await wireCalls(stage.env, orderNumber)).length).toBe(before);
      expect(await ledger(orderNumber)).toEqual(['captured_untransmitted 9115']);
    },
  );
});

describe('2 売上処理（未入金一覧）', () => {
  statement(
    'p. 6',
    'L1: the list has the tabs of the manual, in its order',
    walk,
    async ({ page, openList }) => {
      await openList('?tab=unpaid');
      const tabs = page.getByRole('navigation', { name: '受注の絞り込み' }).getByRole('link');
      const names = (await tabs.allInnerTexts()).map((text) => text.trim().split(/\s/)[0]);
      expect(names.slice(0, 7)).toEqual([
        '全件',
        '予約',
        '通常処理中/未入金',
        '通常処理中/未発送',
        '保留',
        '処理済み',
        '定期・頒布会申込',
      ]);
    },
  );

  statement(
    'p. 6',
    'L2: さらに決済種別で絞り込み offers the kinds of the manual, and narrows the list',
    walk,
    async ({ stage, page, openList }) => {
      const transfer = { paymentKind: 'bank_transfer', paymentMethod: '銀行振込' } as const;
      await stage.env.order({ ...transfer, transaction: undefined });
      await openList('?tab=unpaid');
      for (const kind of [
        '銀行振込',
        '郵便振込',
        'コンビニ支払(F-REGI)',
        'クレジットカード(F-REGI)',
        'MobileEdy(F-REGI)',
        'CyberEdy(F-REGI)',
        '楽天銀行(リアルタイム自動引落)',
        '店頭払い',
        'NP後払い',
        '任意決済',
        '任意決済2',
        '任意決済3',
      ]) {
        expect(await page.getByRole('button', { name: kind, exact: true }).count(), kind).toBe(1);
      }
      await page.getByRole('button', { name: '銀行振込', exact: true }).click();
      await page.getByText('1件中1-1件表示').waitFor();
    },
  );

  statement(
    'p. 6',
    'L3: the list has the manual’s columns; above stand number, 総合計金額 and 請求金額合計',
    walk,
    async ({ page, order, openList }) => {
      const orderNumber = await order({ orderNumber: '100000394011' });
      await openList(`?tab=unpaid&q=${orderNumber}`);
      await page.getByText('1件中1-1件表示').waitFor();
      await page.getByText('総合計金額¥9,850(請求金額合計¥9,115)').waitFor();
      await page.getByRole('button', { name: '頑張れ♪店長！ 形式' }).click();
      const csv = page.getByRole('dialog', { name: '検索結果をダウンロード' });
      expect(await csv.getByLabel('形式').inputValue()).toBe('ganbare_tencho');
      await csv.getByRole('button', { name: 'キャンセル' }).click();
      const head = (await page.getByRole('columnheader').allInnerTexts()).map((text) =>
        text.replaceAll(/\s/g, ''),
      );
      for (const column of [
        'すべてチェック',
        '受注コード',
        '複数お届け先',
        '受注経路',
        '受注日時',
        '顧客名',
        '発送入金',
        'ステータス',
        '決済方法【決済種別】',
        'お届け先',
        'お届け希望',
      ]) {
        expect(head).toContain(column);
      }
      const row = page.getByRole('row', { name: new RegExp(orderNumber) });
      for (const text of [
        'PC',
        '2026/11/08',
        '19:28:26',
        '未発送',
        '未入金',
        '通常処理',
        'クレジットカード',
        '【クレジットカード(F-REGI)】',
        '大阪府',
      ]) {
        await row.getByText(text).first().waitFor();
      }
    },
  );

  statement(
    'p. 6',
    'L4, C1: すべてチェック and 入金済 capture all ticked orders, with the box for the mail',
    walk,
    async ({ stage, page, dialog, order, openList, ledger }) => {
      const numbers = [await order(), await order()];
      await openList(`?tab=unpaid&q=${numbers.join('%20')}`);
      await page.getByText('F-REGI自動連携：売上処理', { exact: true }).waitFor();
      await page.getByRole('checkbox', { name: 'すべてチェック' }).check();
      await page.getByRole('button', { name: '入金済にする' }).click();
      const box = dialog('一括入金の確認').getByRole('checkbox', {
        name: '入金確認メール(自動送信)を送信する',
      });
      expect(await box.isChecked()).toBe(true);
      await dialog('一括入金の確認')
        .getByRole('button', { name: /を売上処理する$/ })
        .click();
      await page.getByRole('heading', { name: '2件の売上処理に成功しました。' }).waitFor();
      for (const number of numbers) {
        expect(await ledger(number)).toEqual(['captured_untransmitted 9115']);
        await expect
          .poll(() => stage.mails.filter(({ text }) => text.includes(number)).length, {
            timeout: 10_000,
          })
          .toBe(1);
      }
    },
  );

  statement(
    'p. 6',
    'C6, L5: each order captured or voided at F-REGI already shows the manual’s error in its words',
    walk,
    async ({ stage, page, dialog, order, openList, ledger }) => {
      const captured = await order({ orderNumber: '100000924506' });
      const voided = await order({ orderNumber: '100000923704' });
      const fine = await order();
      await openList(`?tab=unpaid&q=${[captured, voided, fine].join('%20')}`);
      await page.getByRole('checkbox', { name: 'すべてチェック' }).check();
      await page.getByRole('button', { name: '入金済にする' }).click();
      const start = dialog('一括入金の確認').getByRole('button', { name: /^3件.*を売上処理する$/ });
      await start.waitFor();
      await atConsole(stage.env, captured, 'capture');
      await atConsole(stage.env, voided, 'void');
      await start.click();
      await page.getByText('以下の項目を確認してください').waitFor();
      for (const line of [
        '以下の受注について、F-REGIのステータス更新に失敗しました。F-REGIの管理画面でステータスを確認してください。',
        `${captured}:売上処理時の指定された取引は売上受付済みです`,
        `${voided}:売上処理時の指定された取引は承認取消済みです`,
      ]) {
        await page.getByText(line, { exact: true }).waitFor();
      }
      expect(await ledger(fine)).toEqual(['captured_untransmitted 9115']);
    },
  );
});

/** Makes a paid order whose 入金日 was cancelled: F-REGI stays 売上済. */
async function unmarked({ env }: Walk['stage'], orderNumber: string): Promise<string> {
  const clerk = await env.signIn('clerk');
  const path = `/v1/orders/${orderNumber}`;
  const version = async () => (await clerk.get(path)).body.version;
  await clerk.post(`${path}/payment`, { body: { mail: 'manual' }, version: await version() });
  await clerk.send('DELETE', `${path}/payment`, { version: await version() });
  return orderNumber;
}
