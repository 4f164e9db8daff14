import { beforeAll, describe, expect } from 'vitest';
import { wireCalls } from '../../kit/gateway.ts';
import { beginWalk, statement, type Walk } from './walk.ts';

/**
 * The manual's first chapter, F-REGI自動連携設定: the setting, ① and ② (p. 3), statement by statement.
 */
let walking: Walk;
const walk = () => walking;
beforeAll(async () => {
  walking = await beginWalk('owner');
});

const BOX = 'F-REGIの取引情報を取り消す';

describe('自動連携の設定', () => {
  statement('p. 3', 'S1: the link is a setting of the shop', walk, async ({ stage, page }) => {
    await page.goto(`${stage.env.url}/settings`);
    await page.getByText('F-REGI自動連携').first().waitFor();
    await page.getByText('管理TOP > 初期表示設定 > 管理 > F-REGI自動連携').waitFor();
    expect(await page.getByRole('radio', { name: /^利用する/ }).isChecked()).toBe(true);
  });

  statement(
    'p. 3',
    'S1: switched off, F-REGI hears of no change to an order, and the screens say so',
    walk,
    async ({ stage, page, block, order, openOrder, pay, ledger }) => {
      const orderNumber = await order();
      await page.getByRole('button', { name: '設定する' }).click();
      await page.getByText('変更はありません。').waitFor();
      await page.getByRole('radio', { name: /^利用しない/ }).check();
      await page.getByLabel('売上処理期限（日）').fill('４５');
      await page.getByRole('button', { name: '設定する' }).click();
      const changes = page.getByRole('dialog', { name: '変更する内容' });
      await changes.getByText(/^利用する → .*利用しない$/).waitFor();
      await changes.getByText(/^60日 → .*45日$/).waitFor();
      await changes.getByRole('button', { name: '設定する' }).click();
      await page.getByText('設定を保存しました。').waitFor();
      await page.getByText('F-REGI自動連携を利用しない設定です。').waitFor();
      await openOrder(orderNumber);
      await page.getByText('F-REGI自動連携を利用しない設定です。').waitFor();
      await block('入金').getByText('受注だけを').waitFor();
      await pay();
      expect(await wireCalls(stage.env, orderNumber)).toEqual([]);
      expect(await ledger(orderNumber)).toEqual(['authorized 9115']);
    },
  );

  statement(
    'p. 3',
    'S1: switched on, F-REGI carries out captures and cancellations of card orders',
    walk,
    async ({ stage, page, order, openOrder, pay, ledger }) => {
      await page.goto(`${stage.env.url}/settings`);
      await page.getByRole('radio', { name: /^利用する/ }).check();
      await page.getByRole('button', { name: '設定する' }).click();
      await page.getByRole('dialog').getByRole('button', { name: '設定する' }).click();
      await page.getByText('設定を保存しました。').waitFor();
      const orderNumber = await order();
      await openOrder(orderNumber);
      await pay();
      expect(await ledger(orderNumber)).toEqual(['captured_untransmitted 9115']);
    },
  );
});

describe('① 売上処理', () => {
  statement(
    'p. 3',
    'C1: 未入金 → 入金済 of an order that is 承認済 captures it',
    walk,
    async ({ block, order, openOrder, pay, ledger }) => {
      const orderNumber = await order();
      await openOrder(orderNumber);
      await block('ステータス').getByText('通常処理（承認済）').waitFor();
      await pay();
      await block('決済').getByText('売上済（未伝送）').waitFor();
      expect(await ledger(orderNumber)).toEqual(['captured_untransmitted 9115']);
    },
  );

  statement(
    'p. 3',
    'C2: if the amounts differ, the card is charged the order’s own',
    walk,
    async ({ block, order, openOrder, pay, ledger }) => {
      const orderNumber = await order(12_000);
      await openOrder(orderNumber);
      await block('決済').getByText('¥12,000').first().waitFor();
      await block('決済').getByText('¥9,115').waitFor();
      await pay();
      expect((await ledger(orderNumber)).at(-1)).toBe('captured_untransmitted 12000');
    },
  );

  statement(
    'p. 3',
    'C2, M6: Renkei changes and captures the authorization in one go, and says so before',
    walk,
    async ({ stage, block, order, openOrder, pay, ledger }) => {
      const orderNumber = await order(8_000);
      await openOrder(orderNumber);
      await block('入金')
        .getByText('承認金額 ¥9,115 を ¥8,000 に変更してから、売上処理を行います。')
        .waitFor();
      await block('入金').getByText('F-REGIに送る内容を見る').click();
      const preview = await block('入金').getByRole('listitem').allInnerTexts();
      expect(preview.map((text) => text.split('\n')[0])).toEqual([
        '1. 金額変更　¥8,000',
        '2. 売上処理　¥8,000',
      ]);
      await pay();
      const told = await wireCalls(stage.env, orderNumber);
      expect(told.map(({ cgi }) => cgi)).toEqual(['authchange.cgi', 'sale.cgi']);
      told.forEach(({ cgi, parameters }, index) => {
        expect(preview[index]).toContain(cgi);
        for (const name of Object.keys(parameters)) expect(preview[index]).toContain(name);
      });
      expect(preview[0]).toContain(told[0]?.parameters.PAY);
      expect(await ledger(orderNumber)).toEqual(['voided 9115', 'captured_untransmitted 8000']);
    },
  );
});

describe('② 取消処理', () => {
  statement(
    'p. 3',
    'V1, V4: the box at a change of status lets F-REGI cancel; without it the transaction stays',
    walk,
    async ({ block, dialog, order, openOrder, changeStatus, ledger }) => {
      const orderNumber = await order();
      await openOrder(orderNumber);
      expect(await block('ステータス').getByRole('checkbox', { name: BOX }).isChecked()).toBe(
        false,
      );
      await changeStatus('注文を取り消す');
      await dialog('ステータスの変更の確認').getByText('F-REGIの取引は残ります').waitFor();
      const digits = dialog('ステータスの変更の確認').getByLabel(/末尾4桁/);
      expect(await digits.count()).toBe(0);
      await dialog('ステータスの変更の確認')
        .getByRole('button', { name: '注文を取り消す' })
        .click();
      await block('ステータス').getByText('取消（承認済）').waitFor();
      const missing = block('ステータス').getByText('「ステータスの変更」を選択してください。');
      expect(await missing.count()).toBe(0);
      expect(await ledger(orderNumber)).toEqual(['authorized 9115']);
    },
  );

  statement(
    'p. 3',
    'V2: an order that is 承認済 becomes 承認取消',
    walk,
    async ({ block, dialog, order, openOrder, changeStatus, confirm, ledger }) => {
      const orderNumber = await order();
      await openOrder(orderNumber);
      await block('ステータス').getByRole('checkbox', { name: BOX }).check();
      await changeStatus('注文を取り消す');
      await dialog('ステータスの変更の確認').getByText('承認済 → 承認取消').waitFor();
      await confirm('ステータスの変更の確認', orderNumber, '承認取消して注文を取り消す');
      await block('ステータス').getByText('取消（承認取消）').waitFor();
      expect(await ledger(orderNumber)).toEqual(['voided 9115']);
    },
  );

  statement(
    'p. 3',
    'V2: an order that is 売上済 becomes 売上取消',
    walk,
    async ({ block, dialog, order, openOrder, pay, changeStatus, confirm, ledger }) => {
      const orderNumber = await order();
      await openOrder(orderNumber);
      await pay();
      await block('入金').getByText('送信済').waitFor();
      await block('ステータス').getByRole('checkbox', { name: BOX }).check();
      await changeStatus('返品処理をする');
      await dialog('ステータスの変更の確認').getByText('売上済 → 売上取消').waitFor();
      await confirm('ステータスの変更の確認', orderNumber, '売上取消して返品処理をする');
      await block('ステータス').getByText('返品（売上取消（未伝送））').waitFor();
      expect(await ledger(orderNumber)).toEqual(['refunded_untransmitted 9115']);
    },
  );

  statement(
    'p. 3',
    'V2, V7: neither can be taken back: the dialog says so before, and no way leads back afterwards',
    walk,
    async ({ block, dialog, order, openOrder, changeStatus, confirm }) => {
      const orderNumber = await order();
      await openOrder(orderNumber);
      await block('ステータス').getByRole('checkbox', { name: BOX }).check();
      await changeStatus('注文を取り消す');
      await dialog('ステータスの変更の確認').getByText('元に戻せません。').waitFor();
      await confirm('ステータスの変更の確認', orderNumber, '承認取消して注文を取り消す');
      await block('ステータス').getByText('取消（承認取消）').waitFor();
      expect(await block('ステータス').getByLabel('ステータスの変更').count()).toBe(0);
      await block('入金').getByText('取引がF-REGIで取り消されており').waitFor();
      expect(await block('入金').getByText('「通常処理」に戻す').count()).toBe(0);
    },
  );

  statement(
    'p. 3',
    'V8: for postage alone the operator edits the amounts and marks the order paid, and cancels nothing',
    walk,
    async ({ page, block, dialog, order, openOrder, changeStatus, pay, ledger }) => {
      const orderNumber = await order();
      await openOrder(orderNumber);
      await block('ステータス').getByRole('checkbox', { name: BOX }).check();
      await changeStatus('注文を取り消す');
      await dialog('ステータスの変更の確認')
        .getByRole('button', { name: '商品・送料・手数料編集へ' })
        .click();
      const content = block('受注内容');
      await content.getByLabel('商品1の単価').fill('735'); // paid by points
      await content.getByRole('button', { name: '登録する' }).click();
      await page.getByText('金額を変更しました。請求金額は¥500です。').waitFor();
      await pay();
      expect(await ledger(orderNumber)).toEqual(['voided 9115', 'captured_untransmitted 500']);
    },
  );
});
