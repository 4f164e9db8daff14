import { beforeAll, describe, expect } from 'vitest';
import { press } from '../../kit/drift.ts';
import { atConsole, strike } from '../../kit/gateway.ts';
import { preorder } from '../../kit/handed-over-applications.ts';
import { incoming } from '../../kit/orders.ts';
import { beginWalk, statement, type Walk } from './walk.ts';

/** The manual's second chapter, 受注管理: 2 取消処理 (p. 7–8), statement by statement. */
let walking: Walk;
const walk = () => walking;
beforeAll(async () => {
  walking = await beginWalk('clerk');
});

const BOX = 'F-REGIの取引情報を取り消す';
const SHOP = 'hanamichi';

/** The meanings of the ten states in the manual, in its order. */
const MEANINGS = [
  '承認処理に成功している取引',
  '承認済の取引に対して取消を行った取引',
  '承認処理に失敗した取引',
  '店舗様にて売上処理を行いカード会社へデータ送信する予定の取引',
  '店舗様にて売上処理を行いカード会社へデータ送信が完了した取引',
  '売上済の取引に対して売上取消を行いカード会社へマイナスデータを送信する予定の取引',
  '売上済の取引に対して売上取消を行いカード会社へマイナスデータの送信が完了した取引',
  '売上処理に失敗した取引',
  '予約受注の承認待ち取引',
  '予約受注から通常受注にステータスを変更する際、承認が失敗した取引',
];

describe('F-REGIステータス ①', () => {
  type Shown = readonly [
    page: `p. ${number}`,
    says: `${string}: ${string}`,
    label: string,
    make: (walk: Walk) => Promise<string>,
  ];
  /** The way to each state, and the block ステータス's text for it behind the order's own. */
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
    'L3: the order tells what each of the ten F-REGIステータス means, in the manual’s words',
    walk,
    async ({ page, dialog, order, openOrder }) => {
      await openOrder(await order());
      await page.getByRole('button', { name: 'F-REGIステータスの意味' }).click();
      const legend = dialog('F-REGIステータスの意味');
      expect(await legend.getByRole('term').count()).toBe(10);
      for (const meaning of MEANINGS) await legend.getByText(meaning).waitFor();
      await legend.getByRole('button', { name: '閉じる' }).last().click();
    },
  );

  statement(
    'p. 7',
    'B2: 10. 通常処理（有効性確認済み） shows that the authorization failed as the pre-order became 通常処理',
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
    'V1: a card order that is 通常処理 has the box, and no other order has it',
    walk,
    async ({ stage, block, order, openOrder, changeStatus, dialog }) => {
      const transfer = { paymentKind: 'bank_transfer', paymentMethod: '銀行振込' } as const;
      await openOrder(await stage.env.order({ ...transfer, transaction: undefined }));
      const box = block('ステータス').getByRole('checkbox', { name: BOX });
      expect(await box.count()).toBe(0);
      await block('ステータス').getByRole('button', { name: '更新' }).click();
      await block('ステータス').getByText('「ステータスの変更」を選択してください。').waitFor();
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
      await one
        .block('ステータス')
        .getByText(`ステータスを「${status}」に変更しました。`)
        .waitFor();
      await one.block('ステータス').getByText(`${status}（承認取消）`).waitFor();
      expect(await one.ledger(orderNumber)).toEqual(['voided 9115']);
    });
  }

  statement(
    'p. 8',
    'V2: F-REGI’s console cannot restore a cancelled transaction either',
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
    'V2, V8: the box is for orders without any charge: it offers postage and asks four digits',
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
      await confirm.getByLabel(/末尾4桁/).fill(fullWidth(orderNumber.slice(-4)));
      await confirm.getByRole('button', { name: '承認取消して注文を取り消す' }).click();
      await block('ステータス').getByText('取消（承認取消）').waitFor();
      expect(await ledger(orderNumber)).toEqual(['voided 9115']);
    },
  );
});

function fullWidth(digits: string): string {
  return digits.replaceAll(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
}

function approved({ order }: Walk): Promise<string> {
  return order();
}

/** Does each of these at F-REGI's console, and lets Renkei look at F-REGI. */
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

/** Runs F-REGI's batch, which sends the waiting transactions to the card company. */
async function transmit({ stage }: Walk): Promise<void> {
  const url = `${stage.env.sandbox.url}/sandbox/v1/transmission`;
  const answer = await fetch(url, { method: 'POST', body: '{}' });
  if (!answer.ok) throw new Error(await answer.text());
}

/** Lets Renkei authorize for the cart while the card company says no. */
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
