import { beforeAll, describe, expect } from 'vitest';
import { press } from '../../kit/drift.ts';
import { atConsole, strike, wireCalls } from '../../kit/gateway.ts';
import { beginWalk, statement, type Walk } from './walk.ts';

/** The manual's first chapter, F-REGI自動連携設定: ③ 金額変更 (p. 3–4), statement by statement. */
let walking: Walk;
const walk = () => walking;
beforeAll(async () => {
  walking = await beginWalk('owner');
});

const BOX = 'F-REGIの取引情報を取り消す';

describe('③ 「未入金」の金額変更', () => {
  statement(
    'p. 3',
    'A1: editing an unpaid order’s amounts tells F-REGI nothing; the capture does',
    walk,
    async ({ stage, page, block, order, openOrder, pay, ledger }) => {
      const orderNumber = await order();
      await openOrder(orderNumber);
      await page.getByRole('button', { name: '商品・送料・手数料編集' }).click();
      await page.getByText('F-REGIへはまだ連携されません。').waitFor();
      const content = block('受注内容');
      await content.getByLabel('商品1の単価').fill('８，０００');
      await content.getByText('¥7,765（−¥1,350）').waitFor();
      await content.getByText('10%対象 ¥7,765（うち消費税 ¥705）').waitFor();
      const preview = content.getByText('この内容で入金済にすると').locator('xpath=..');
      await preview.getByText('承認金額 ¥9,115 を ¥7,765 に変更してから').waitFor();
      await content.getByRole('button', { name: '登録する' }).click();
      await page.getByText('金額を変更しました。請求金額は¥7,765です。').waitFor();
      await block('決済').getByText('¥7,765').first().waitFor();
      await block('決済').getByText('¥9,115').waitFor(); // still held: F-REGI was not told
      expect(await wireCalls(stage.env, orderNumber)).toEqual([]);
      expect(await ledger(orderNumber)).toEqual(['authorized 9115']);
      await block('入金').getByText('承認金額 ¥9,115 を ¥7,765 に変更してから').waitFor();
      await pay();
      expect((await ledger(orderNumber)).at(-1)).toBe('captured_untransmitted 7765');
    },
  );

  statement(
    'p. 3',
    'A2: an amount changed at F-REGI’s console leaves the order 承認取消, out of the link',
    walk,
    async ({ stage, block, order, openOrder, ledger }) => {
      const orderNumber = await order();
      await press(stage.env, 'amount_changed', orderNumber, { amount: 8_000 });
      await openOrder(orderNumber);
      await block('ステータス').getByText('通常処理（承認取消）').waitFor();
      expect(await block('入金').getByRole('button', { name: '入金済に更新' }).count()).toBe(0);
      await block('入金').getByRole('button', { name: 'F-REGIには送らず入金済にする' }).waitFor();
      expect(await ledger(orderNumber)).toEqual(['voided 9115', 'authorized 8000']);
    },
  );

  statement(
    'p. 3',
    'A2: such an order is captured at the console; 入金済 here tells F-REGI nothing',
    walk,
    async ({ stage, block, dialog, order, openOrder, ledger }) => {
      const orderNumber = await order();
      await press(stage.env, 'amount_changed', orderNumber, { amount: 8_000 });
      await capturedAtConsole(stage, orderNumber);
      await openOrder(orderNumber);
      await block('ステータス').getByText('通常処理（承認取消）').waitFor();
      const without = 'F-REGIには送らず入金済にする';
      await block('入金').getByRole('button', { name: without }).first().click();
      await dialog(without).getByText('F-REGIには何も送りません。').waitFor();
      await dialog(without).getByRole('button', { name: without }).click();
      await block('入金').getByText('入金済にしました。').waitFor();
      expect(await wireCalls(stage.env, orderNumber)).toEqual([]);
      expect(await ledger(orderNumber)).toEqual(['voided 9115', 'captured_untransmitted 8000']);
    },
  );

  statement(
    'p. 4',
    'C3, P1: a bill of 0 yen becomes 決済不要 with the box ticked; 登録する then cancels at F-REGI',
    walk,
    async ({ block, dialog, order, openOrder, confirm, ledger }) => {
      const orderNumber = await order(0);
      await openOrder(orderNumber);
      await block('入金').getByRole('button', { name: '決済方法を「決済不要」に変更する' }).click();
      const edit = block('内容編集');
      expect(await edit.getByLabel('決済方法').inputValue()).toBe('none');
      expect(await edit.getByRole('checkbox', { name: BOX }).isChecked()).toBe(true);
      await edit.getByRole('button', { name: '登録する' }).click();
      await dialog('決済方法の変更の確認').getByText('承認済 → 承認取消').waitFor();
      await confirm('決済方法の変更の確認', orderNumber, '決済不要に変更する');
      await block('受注情報詳細').getByText('【決済不要】').waitFor();
      await block('履歴').getByText('に変更しました').first().waitFor();
      expect(await ledger(orderNumber)).toEqual(['voided 9115']);
    },
  );

  statement(
    'p. 4',
    'P1, P2, P3: 内容編集 has the box, and warns to cancel by hand and that the change is final',
    walk,
    async ({ block, order, openOrder }) => {
      await openOrder(await order(0));
      const edit = block('内容編集');
      await edit.getByLabel('決済方法').selectOption('決済不要');
      await edit.getByRole('checkbox', { name: BOX }).waitFor();
      for (const warning of [
        '※チェックを入れずに変更した場合は、手動で取り消して下さい。',
        '【必ずご確認下さい】',
        '下記の決済方法を、その他の決済方法に変更した場合は、元に戻すことが出来ません。',
        '「クレジットカード」',
      ]) {
        await edit.getByText(warning).waitFor();
      }
    },
  );

  statement(
    'p. 4',
    'P2: without the box the method changes and F-REGI keeps the transaction',
    walk,
    async ({ block, dialog, order, openOrder, ledger }) => {
      const orderNumber = await order();
      await openOrder(orderNumber);
      await block('内容編集').getByRole('button', { name: '登録する' }).click();
      await block('内容編集').getByText('変更後の決済方法を選択してください。').waitFor();
      await block('内容編集').getByLabel('決済方法').selectOption('銀行振込');
      await block('内容編集').getByRole('button', { name: '登録する' }).click();
      await dialog('決済方法の変更の確認').getByText('F-REGIの取引は残ります').waitFor();
      await dialog('決済方法の変更の確認')
        .getByRole('button', { name: '銀行振込に変更する' })
        .click();
      await block('受注情報詳細').getByText('【銀行振込】').waitFor();
      await block('内容編集').getByText('決済方法を「銀行振込」に変更しました。').waitFor();
      const missing = block('内容編集').getByText('変更後の決済方法を選択してください。');
      expect(await missing.count()).toBe(0);
      expect(await ledger(orderNumber)).toEqual(['authorized 9115']);
    },
  );

  statement(
    'p. 4',
    'C3: a card payment takes 2 yen or more, and not 1 yen',
    walk,
    async ({ block, order, openOrder, ledger }) => {
      const orderNumber = await order(1);
      await openOrder(orderNumber);
      await block('入金').getByText('2円以上').first().waitFor();
      expect(await block('入金').getByRole('button', { name: '入金済に更新' }).count()).toBe(0);
      expect(await ledger(orderNumber)).toEqual(['authorized 9115']);
    },
  );

  statement(
    'p. 4',
    'C3: 2 yen can be paid by card',
    walk,
    async ({ order, openOrder, pay, ledger }) => {
      const orderNumber = await order(2);
      await openOrder(orderNumber);
      await pay();
      expect(await ledger(orderNumber)).toEqual(['voided 9115', 'captured_untransmitted 2']);
    },
  );
});

describe('③ 「入金済」の金額変更', () => {
  statement(
    'p. 4',
    'A3: a captured amount changed at the console does not change the order, but is shown',
    walk,
    async ({ stage, page, block, order, openOrder, pay, ledger }) => {
      const orderNumber = await order();
      await openOrder(orderNumber);
      await pay();
      await press(stage.env, 'amount_changed', orderNumber, { amount: 9_000 });
      await stage.env.renkei.backoffice.lookout.look({ shopId: 'hanamichi', orderNumber }, 0);
      await openOrder(orderNumber);
      await block('受注内容').getByText('¥9,115').first().waitFor();
      await page.getByText('金額相違').first().waitFor();
      expect((await ledger(orderNumber)).toSorted()).toEqual([
        'captured_untransmitted 9000',
        'refunded_untransmitted 9115',
      ]);
    },
  );
});

describe('金額変更処理の際、承認失敗になったとき', () => {
  statement(
    'p. 4',
    'C4: a card that refuses the new amount is an error, and nothing has changed',
    walk,
    async ({ stage, block, order, openOrder, ledger }) => {
      const orderNumber = await order(12_000);
      await openOrder(orderNumber);
      await strike(stage.env, { kind: 'decline', cgi: 'authchange.cgi', times: 1 });
      await block('入金').getByRole('button', { name: '入金済に更新' }).click();
      await block('入金').getByRole('alert').getByText('変更前の金額').first().waitFor();
      await block('入金').getByText('未入金').first().waitFor();
      expect(await ledger(orderNumber)).toContain('authorized 9115');
    },
  );

  statement(
    'p. 4',
    'C4: of an unpaid order the former amount is captured, and the rest is settled otherwise',
    walk,
    async ({ stage, block, dialog, order, openOrder, ledger }) => {
      const orderNumber = await order(12_000);
      await openOrder(orderNumber);
      await strike(stage.env, { kind: 'decline', cgi: 'authchange.cgi', times: 1 });
      await block('入金').getByRole('button', { name: '入金済に更新' }).click();
      await block('入金')
        .getByRole('button', { name: '変更前の金額で売上処理し、差額を別の方法で精算する' })
        .click();
      const former = '変更前の金額で売上処理する';
      await dialog(former).getByRole('button', { name: former }).click();
      await block('入金').getByText('入金済にしました。').waitFor();
      await block('決済').getByText('¥2,885').first().waitFor();
      expect(await ledger(orderNumber)).toContain('captured_untransmitted 9115');
    },
  );

  statement(
    'p. 4',
    'C4: of an unpaid order the authorization is voided, and another method bills the new amount',
    walk,
    async ({ stage, block, order, openOrder, confirm, ledger }) => {
      const orderNumber = await order(12_000);
      await openOrder(orderNumber);
      await strike(stage.env, { kind: 'decline', cgi: 'authchange.cgi', times: 1 });
      await block('入金').getByRole('button', { name: '入金済に更新' }).click();
      await block('入金')
        .getByRole('alert')
        .getByRole('button', { name: /取り消/ })
        .click();
      expect(await block('内容編集').getByRole('checkbox', { name: BOX }).isChecked()).toBe(true);
      await block('内容編集').getByLabel('決済方法').selectOption('銀行振込');
      await block('内容編集').getByRole('button', { name: '登録する' }).click();
      await confirm('決済方法の変更の確認', orderNumber, '銀行振込に変更する');
      await block('受注情報詳細').getByText('【銀行振込】').waitFor();
      await block('受注内容').getByText('¥12,000').first().waitFor();
      expect(await ledger(orderNumber)).toContain('voided 9115');
    },
  );

  statement(
    'p. 4',
    'A4: of a paid order a declined change leaves the capture as it was, and both ways on are named',
    walk,
    async ({ stage, page, block, order, openOrder, pay, ledger }) => {
      const orderNumber = await order();
      await openOrder(orderNumber);
      await pay();
      await block('入金').getByText('送信済').waitFor();
      await strike(stage.env, { kind: 'decline', cgi: 'salechange.cgi', times: 1 });
      const content = block('受注内容');
      await content.getByRole('button', { name: '金額を変更（売上済）' }).click();
      await content.getByLabel('送料').fill('0');
      await content.getByText('F-REGIの売上金額 ¥9,115 を ¥8,615 に変更します。').waitFor();
      await content.getByLabel(/末尾4桁/).fill(orderNumber.slice(-4));
      await content.getByRole('button', { name: '登録する' }).click();
      await content.getByRole('alert').waitFor();
      await page
        .getByText(/再度.*購入/)
        .first()
        .waitFor();
      await page
        .getByText(/別の(決済)?方法/)
        .first()
        .waitFor();
      expect(await ledger(orderNumber)).toContain('captured_untransmitted 9115');
    },
  );

  statement(
    'p. 4',
    'A4: of a paid order the capture is refunded, and another method bills the new amount',
    walk,
    async ({ block, dialog, order, openOrder, pay, confirm, ledger }) => {
      const orderNumber = await order();
      await openOrder(orderNumber);
      await pay();
      await block('入金').getByText('送信済').waitFor();
      await block('入金').getByRole('checkbox', { name: '入金日取消' }).check();
      await block('入金').getByRole('button', { name: '更新', exact: true }).click();
      await dialog('入金日取消')
        .getByRole('radio', { name: /売上取消もする/ })
        .check();
      await confirm('入金日取消', orderNumber, '売上取消して入金日を取り消す');
      await block('入金').getByText('未入金').first().waitFor();
      await block('内容編集').getByLabel('決済方法').selectOption('銀行振込');
      await block('内容編集').getByRole('button', { name: '登録する' }).click();
      await dialog('決済方法の変更の確認')
        .getByRole('button', { name: '銀行振込に変更する' })
        .click();
      await block('受注情報詳細').getByText('【銀行振込】').waitFor();
      expect(await ledger(orderNumber)).toEqual(['refunded_untransmitted 9115']);
    },
  );
});

/** Does 売上請求処理 of the new transaction at F-REGI's console. */
async function capturedAtConsole({ env }: Walk['stage'], orderNumber: string): Promise<void> {
  const live = env.sandbox.gateway.ledger
    .list()
    .find(({ id, state }) => id === orderNumber && state === 'authorized');
  await atConsole(env, orderNumber, 'capture', live?.seqno);
}
