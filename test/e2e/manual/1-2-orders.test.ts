import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { incoming } from '../../../backoffice/test/support/orders.ts';
import { preorder } from '../applications.ts';
import { press } from '../drift.ts';
import { atConsole, strike, wireCalls } from '../gateway.ts';
import { beginWalk, statement, type Walk } from './walk.ts';

/** The manual's second chapter, 受注管理 (p. 5–8), statement by statement. */
let walking: Walk;
const walk = () => walking;
beforeAll(async () => {
  walking = await beginWalk('clerk');
}, 60_000);
afterAll(() => walking?.stage.close());

const BOX = 'F-REGIの取引情報を取り消す';
const SHOP = 'hanamichi';

describe('1 売上処理（受注詳細）', () => {
  statement(
    'p. 5',
    'C1, C9: 更新 with the payment date marks the order paid and captures what is 承認済',
    walk,
    async ({ block, order, openOrder, pay, ledger }) => {
      const orderNumber = await order();
      await openOrder(orderNumber);
      await block('入金').getByText('未入金').first().waitFor();
      await block('入金').getByLabel('入金日').fill('2026-11-14');
      await pay();
      await block('入金').getByText('入金済 (2026/11/14)').waitFor();
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
      await block('入金').getByText('送信済').waitFor();
      await block('入金').getByText('送信回数: 1回').waitFor();
      await openOrder(byHand);
      await block('入金').getByRole('radio', { name: '手動送信' }).check();
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
      await block('入金').getByRole('checkbox', { name: '入金日取消' }).check();
      await block('入金').getByRole('button', { name: '更新', exact: true }).click();
      await dialog('入金日取消')
        .getByText('この操作でF-REGIは変わりません（売上済のまま）。')
        .waitFor();
      const before = (await wireCalls(stage.env, orderNumber)).length;
      await dialog('入金日取消').getByRole('button', { name: '入金日を取り消す' }).click();
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
    'U2: after 入金日取消, amounts edited and marked paid again tell F-REGI nothing, and not silently',
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
    'L1: the tabs of the manual, in its order',
    walk,
    async ({ page, openList }) => {
      await openList('?tab=unpaid');
      const tabs = page.getByRole('navigation', { name: '受注の絞り込み' }).getByRole('link');
      const names = (await tabs.allInnerTexts()).map((text) => text.trim().split(/\s/)[0]);
      expect(names.slice(0, 7)).toEqual([
        ...['全件', '予約', '通常処理中/未入金', '通常処理中/未発送', '保留', '処理済み'],
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
        ...['銀行振込', '郵便振込', 'コンビニ支払(F-REGI)', 'クレジットカード(F-REGI)'],
        ...['MobileEdy(F-REGI)', 'CyberEdy(F-REGI)', '楽天銀行(リアルタイム自動引落)'],
        ...['店頭払い', 'NP後払い', '任意決済', '任意決済2', '任意決済3'],
      ]) {
        expect(await page.getByRole('button', { name: kind, exact: true }).count(), kind).toBe(1);
      }
      await page.getByRole('button', { name: '銀行振込', exact: true }).click();
      await page.getByText('1件中1-1件表示').waitFor();
    },
  );

  statement(
    'p. 6',
    'L3: each order in the manual’s columns; number, 総合計金額 and 請求金額合計 of the result above',
    walk,
    async ({ page, order, openList }) => {
      const orderNumber = await order({ orderNumber: '100000394011' });
      await openList(`?tab=unpaid&q=${orderNumber}`);
      await page.getByText('1件中1-1件表示').waitFor();
      await page.getByText('総合計金額¥9,850(請求金額合計¥9,115)').waitFor();
      const head = (await page.getByRole('columnheader').allInnerTexts()).map((text) =>
        text.replaceAll(/\s/g, ''),
      );
      for (const column of [
        ...['すべてチェック', '受注コード', '複数お届け先', '受注経路', '受注日時', '顧客名'],
        ...['発送入金', 'ステータス', '決済方法【決済種別】', 'お届け先', 'お届け希望'],
      ]) {
        expect(head).toContain(column);
      }
      const row = page.getByRole('row', { name: new RegExp(orderNumber) });
      for (const text of [
        ...['PC', '2026/11/08', '19:28:26', '未発送', '未入金', '通常処理'],
        ...['クレジットカード', '【クレジットカード(F-REGI)】', '大阪府'],
      ]) {
        await row.getByText(text).first().waitFor();
      }
    },
  );

  statement(
    'p. 6',
    'L4, C1: すべてチェック and 入金済 capture all that are ticked, with the box for the mail',
    walk,
    async ({ stage, page, dialog, order, openList, ledger }) => {
      const numbers = [await order(), await order()];
      await openList(`?tab=unpaid&q=${numbers.join('%20')}`);
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
    'C6, L5: captured or voided at F-REGI already: the manual’s error, order by order, in its words',
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

describe('F-REGIステータス ①', () => {
  type Shown = readonly [
    page: `p. ${number}`,
    says: `${string}: ${string}`,
    label: string,
    make: (walk: Walk) => Promise<string>,
  ];
  /** How each is come to, and how the block ステータス shows it behind the order's own. */
  const STATES: readonly Shown[] = [
    ['p. 7', 'V1: 1. 承認済, the credit line is reserved', '通常処理（承認済）', approved],
    ['p. 7', 'V2: 2. 承認取消, the reservation is released', '通常処理（承認取消）', voided],
    [
      'p. 7',
      'B3: 3. 承認失敗, over the limit or for another reason',
      '通常処理（承認失敗）',
      declined,
    ],
    [
      'p. 7',
      'C1: 4. 売上済（未伝送）, to be sent to the card company',
      '通常処理（売上済（未伝送））',
      paid,
    ],
    ['p. 7', 'C1: 5. 売上済（伝送済）, sent', '通常処理（売上済（伝送済））', paidAndSent],
    ['p. 7', 'V2: 6. 売上取消（未伝送）, to be sent', '通常処理（売上取消（未伝送））', refunded],
    ['p. 7', 'V2: 7. 売上取消（伝送済）, sent', '通常処理（売上取消（伝送済））', refundedAndSent],
    ['p. 7', 'C1: 8. 売上失敗, the capture failed', '通常処理（売上失敗）', captureFailed],
    [
      'p. 7',
      'B1: 9. 予約（未オーソリ）, a pre-order waits',
      '予約（予約（未オーソリ））',
      preordered,
    ],
  ];

  for (const [page, says, label, make] of STATES) {
    statement(page, says, walk, async (one) => {
      const orderNumber = await make(one);
      await one.stage.env.renkei.backoffice.lookout.look({ shopId: SHOP, orderNumber }, 0);
      await one.openOrder(orderNumber);
      await one.block('ステータス').getByText(label).waitFor();
    });
  }

  statement(
    'p. 7',
    'B2: 10. 通常処理（有効性確認済み）, the authorization failed as the pre-order became 通常処理',
    walk,
    async ({ stage, block, dialog, openOrder, changeStatus, ledger }) => {
      const cart = await stage.env.signIn('clerk');
      const orderNumber = await preorder(stage.env, cart, 'WALK-10');
      await openOrder(orderNumber);
      await changeStatus('通常処理にする');
      await strike(stage.env, { kind: 'decline', cgi: 'authm.cgi', times: 1 });
      const confirm = dialog('ステータスの変更の確認');
      await confirm.getByRole('button', { name: '通常処理にする' }).click();
      await block('ステータス').getByText('通常処理（通常処理（有効性確認済み））').waitFor();
      expect(await ledger(orderNumber)).toEqual([]); // nothing is reserved
    },
  );
});

describe('F-REGIの取引情報を取り消す ②, 更新 ③', () => {
  statement(
    'p. 7',
    'V1: the box is there for a card order that is 通常処理, and not for another',
    walk,
    async ({ stage, block, order, openOrder, changeStatus, dialog }) => {
      const transfer = { paymentKind: 'bank_transfer', paymentMethod: '銀行振込' } as const;
      await openOrder(await stage.env.order({ ...transfer, transaction: undefined }));
      const box = block('ステータス').getByRole('checkbox', { name: BOX });
      expect(await box.count()).toBe(0);
      await openOrder(await order());
      expect(await box.count()).toBe(1);
      await changeStatus('保留にする');
      await dialog('ステータスの変更の確認').getByRole('button', { name: '保留にする' }).click();
      await block('ステータス').getByText('保留（承認済）').waitFor();
      expect(await box.count()).toBe(0);
    },
  );

  for (const [page, says, change, status] of [
    ['p. 8', 'V2: ticked, 注文を取り消す cancels at F-REGI', '注文を取り消す', '取消'],
    ['p. 8', 'V2: ticked, 返品処理をする cancels at F-REGI', '返品処理をする', '返品'],
    ['p. 8', 'V2: ticked, 未回収処理をする cancels at F-REGI', '未回収処理をする', '未回収'],
    ['p. 8', 'V2: ticked, 保留にする cancels at F-REGI', '保留にする', '保留'],
  ] as const) {
    statement(page, says, walk, async (one) => {
      const orderNumber = await one.order();
      await one.openOrder(orderNumber);
      await one.block('ステータス').getByRole('checkbox', { name: BOX }).check();
      await one.changeStatus(change);
      await one.confirm('ステータスの変更の確認', orderNumber, `承認取消して${change}`);
      await one.block('ステータス').getByText(`${status}（承認取消）`).waitFor();
      expect(await one.ledger(orderNumber)).toEqual(['voided 9115']);
    });
  }

  statement(
    'p. 8',
    'V2: what was cancelled cannot be restored at F-REGI’s console either',
    walk,
    async ({ stage, order, ledger }) => {
      const orderNumber = await order();
      await atConsole(stage.env, orderNumber, 'void');
      await expect(atConsole(stage.env, orderNumber, 'capture')).rejects.toThrow(/承認取消済み/);
      expect(await ledger(orderNumber)).toEqual(['voided 9115']);
    },
  );

  statement(
    'p. 8',
    'V2, V8: the box is for when the card is surely not charged: four digits, and postage first',
    walk,
    async ({ block, dialog, order, openOrder, changeStatus, ledger }) => {
      const orderNumber = await order();
      await openOrder(orderNumber);
      await block('ステータス').getByRole('checkbox', { name: BOX }).check();
      await changeStatus('注文を取り消す');
      const confirm = dialog('ステータスの変更の確認');
      await confirm.getByText('送料のみを徴収するような場合').waitFor();
      await confirm.getByText('元に戻せません。').waitFor();
      await confirm.getByRole('button', { name: '承認取消して注文を取り消す' }).click();
      await confirm.getByText('末尾4桁が一致しません。').waitFor();
      expect(await ledger(orderNumber)).toEqual(['authorized 9115']);
    },
  );
});

test('no page complained, and nothing went wrong inside', () => {
  expect(walking.stage.complaints).toEqual([]);
  expect(walking.stage.env.errors).toEqual([]);
});

/** An order that was paid, and whose 入金日 was cancelled: F-REGI stays 売上済. */
async function unmarked({ env }: Walk['stage'], orderNumber: string): Promise<string> {
  const clerk = await env.signIn('clerk');
  const path = `/v1/orders/${orderNumber}`;
  const version = async () => (await clerk.get(path)).body.version;
  await clerk.post(`${path}/payment`, { body: { mail: 'manual' }, version: await version() });
  await clerk.send('DELETE', `${path}/payment`, { version: await version() });
  return orderNumber;
}

function approved({ order }: Walk): Promise<string> {
  return order();
}

/** Each of these is done at F-REGI's console, and seen by looking at F-REGI. */
async function voided({ stage, order }: Walk): Promise<string> {
  const orderNumber = await order();
  await atConsole(stage.env, orderNumber, 'void');
  return orderNumber;
}

async function paid({ stage, order }: Walk): Promise<string> {
  const orderNumber = await order();
  await atConsole(stage.env, orderNumber, 'capture');
  return orderNumber;
}

async function refunded(one: Walk): Promise<string> {
  const orderNumber = await paid(one);
  await atConsole(one.stage.env, orderNumber, 'refund');
  return orderNumber;
}

async function paidAndSent(one: Walk): Promise<string> {
  const orderNumber = await paid(one);
  await transmit(one);
  return orderNumber;
}

async function refundedAndSent(one: Walk): Promise<string> {
  const orderNumber = await refunded(one);
  await transmit(one);
  return orderNumber;
}

async function captureFailed(one: Walk): Promise<string> {
  const orderNumber = await paid(one);
  await press(one.stage.env, 'capture_failed', orderNumber);
  return orderNumber;
}

async function preordered({ stage }: Walk): Promise<string> {
  return preorder(stage.env, await stage.env.signIn('clerk'), 'WALK-9');
}

/** F-REGI's batch sends what waits to the card company. */
async function transmit({ stage }: Walk): Promise<void> {
  const url = `${stage.env.sandbox.url}/sandbox/v1/transmission`;
  const answer = await fetch(url, { method: 'POST', body: '{}' });
  if (!answer.ok) throw new Error(await answer.text());
}

/** The cart lets Renkei authorize, and the card company says no. */
async function declined({ stage }: Walk): Promise<string> {
  const cart = await stage.env.signIn('clerk');
  const token = await fetch(`${stage.env.sandbox.url}/sandbox/v1/tokens`, {
    method: 'POST',
    body: JSON.stringify({ shopId: '90001', pan: '4980111111111111' }),
  });
  const { token: card } = (await token.json()) as { token: string };
  await strike(stage.env, { kind: 'decline', cgi: 'authm.cgi', times: 1 });
  const order = { ...incoming(), transaction: { kind: 'token', token: card } };
  const placed = await cart.post('/v1/orders', { body: order });
  if (placed.status !== 201) throw new Error(JSON.stringify(placed.body));
  return order.orderNumber;
}
