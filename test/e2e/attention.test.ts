import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { registerCard } from '../kit/cards.ts';
import type { Client } from '../kit/clients.ts';
import { ledgerOf, order, press } from '../kit/drift.ts';
import { incoming } from '../kit/orders.ts';
import { openStage, type Stage } from '../kit/stage.ts';
import type { DevEnv } from '../kit/worlds.ts';
import { barriers, sidewaysScroll } from './looks.ts';

/** 要対応: one sweep finds each kind of difference; at most two clicks repair it. */
let stage: Stage;
let page: Page;
let clerk: Client;

const DAY_MS = 24 * 60 * 60 * 1000;
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString();

type Drift = {
  readonly rule: string;
  /** Its name in the list. */
  readonly title: string;
  readonly make: (env: DevEnv, by: Client) => Promise<string>;
  readonly repair: string;
  /** A void or a refund takes the last four digits, too. */
  readonly irreversible?: boolean;
  /** M5: a person has to choose between two repairs; none is the best. */
  readonly isChosen?: boolean;
  readonly ledger: readonly string[];
};

const DRIFTS: readonly Drift[] = [
  {
    rule: 'D1: F-REGI has no capture of what is paid',
    title: '入金済・売上なし',
    async make(env, by) {
      const number = await env.order();
      await order(by, number, ['POST', 'payment', {}]);
      await press(env, 'capture_missing', number);
      return number;
    },
    repair: '売上処理を実行する',
    ledger: ['captured_untransmitted 9115'],
  },
  {
    rule: 'D2: captured at the console',
    title: '未入金・売上済',
    async make(env) {
      const number = await env.order();
      await press(env, 'captured_here', number);
      return number;
    },
    repair: 'F-REGIには送らず入金済にする',
    ledger: ['captured_untransmitted 9115'],
  },
  {
    rule: 'A2, D3: its amount changed at the console',
    title: '連携切れ',
    async make(env) {
      const number = await env.order();
      await press(env, 'amount_changed', number, { amount: 8_000 });
      return number;
    },
    repair: 'F-REGIの金額を受注に記録する',
    isChosen: true,
    ledger: ['authorized 8000', 'voided 9115'],
  },
  {
    rule: 'V4, D4: cancelled with the box off',
    title: '承認の残り',
    async make(env, by) {
      const number = await env.order();
      await order(by, number, ['POST', 'status', { to: 'cancelled' }]);
      return number;
    },
    repair: 'F-REGIの取引情報を取り消す',
    irreversible: true,
    ledger: ['voided 9115'],
  },
  {
    rule: 'V4, D5: returned after the capture, with the box off',
    title: '売上の残り',
    async make(env, by) {
      const number = await env.order();
      await order(by, number, ['POST', 'payment', {}]);
      await order(by, number, ['POST', 'status', { to: 'returned' }]);
      return number;
    },
    repair: 'F-REGIの取引情報を取り消す',
    irreversible: true,
    ledger: ['refunded_untransmitted 9115'],
  },
  {
    rule: 'A3, D6: the captured amount changed at the console',
    title: '金額相違',
    async make(env, by) {
      const number = await env.order();
      await order(by, number, ['POST', 'payment', {}]);
      await press(env, 'amount_changed', number, { amount: 9_000 });
      return number;
    },
    repair: 'F-REGIの金額を受注に記録する',
    ledger: ['captured_untransmitted 9000', 'refunded_untransmitted 9115'],
  },
  {
    rule: 'P2, D7: another method, with the box off',
    title: '別決済・取引の残り',
    async make(env, by) {
      const number = await env.order();
      await order(by, number, ['PUT', 'method', { paymentKind: 'bank_transfer' }]);
      return number;
    },
    repair: 'F-REGIの取引情報を取り消す',
    irreversible: true,
    ledger: ['voided 9115'],
  },
  {
    rule: 'C10, D10: the capture deadline is near',
    title: '承認期限',
    async make(env) {
      const { transaction } = incoming();
      if (transaction?.kind !== 'authorized') throw new Error('not a card order');
      return env.order({ transaction: { ...transaction, authorizedAt: daysAgo(58) } });
    },
    repair: '入金済にする（売上処理）',
    ledger: ['captured_untransmitted 9115'],
  },
  {
    rule: 'B3, D11: the authorization of a pre-order was declined',
    title: '承認待ち',
    make: makeDeclined,
    repair: 'もう一度承認する',
    ledger: ['authorized 9115'],
  },
  {
    rule: 'D12: a second transaction of the slip',
    title: '余分な取引',
    async make(env) {
      const number = await env.order();
      await press(env, 'double', number);
      return number;
    },
    repair: '余分な取引をF-REGIで取り消す',
    irreversible: true,
    ledger: ['authorized 9115', 'voided 9115'],
  },
];

/** B2: makes an order that leaves 予約 while the card company says no. */
async function makeDeclined(env: DevEnv, by: Client): Promise<string> {
  await registerCard(env.sandbox, 'C-D11');
  const placed = {
    ...incoming({ type: 'preorder' }),
    transaction: { kind: 'customer', customerId: 'C-D11' },
  };
  const { status, body } = await (await env.signIn('owner')).post('/v1/orders', { body: placed });
  if (status !== 201) throw new Error(JSON.stringify(body));
  await press(env, 'authorization_declined', await env.order());
  await by.post(`/v1/orders/${placed.orderNumber}/status`, {
    version: body.version,
    body: { to: 'processing' },
  });
  return placed.orderNumber;
}

const made = new Map<Drift, string>();
let unknownAtGateway: string;
let refused: string;
let refusedPaid: string;

beforeAll(async () => {
  stage = await openStage();
  const { env } = stage;
  clerk = await env.signIn('clerk');
  for (const drift of DRIFTS) made.set(drift, await drift.make(env, clerk));
  unknownAtGateway = await env.order();
  await press(env, 'missing', unknownAtGateway);
  [refused, refusedPaid] = [await env.order(), await env.order()];
  await press(env, 'authorization_failed', refused);
  await order(clerk, refusedPaid, ['POST', 'payment', {}]);
  await press(env, 'capture_failed', refusedPaid);
  await press(env, 'orphan', refused);
  page = await stage.visit('clerk', '/attention');
});

const list = () => page.getByRole('navigation', { name: '要対応の一覧' });
const reader = () => page.getByRole('article', { name: '選択した項目' });

function lineOf(orderNumber: string, title: string): Locator {
  return list().getByRole('link').filter({ hasText: orderNumber }).filter({ hasText: title });
}

/** Opens an item from the list; resolves once the reader shows it. */
async function open(orderNumber: string, title: string): Promise<Locator> {
  await lineOf(orderNumber, title).click();
  await reader().getByRole('link', { name: orderNumber }).waitFor();
  return reader();
}

describe('one sweep', () => {
  test('D1–D13: 今すぐ照合する finds every difference that was made', async () => {
    await page.getByRole('button', { name: '今すぐ照合する' }).click();
    for (const [drift, orderNumber] of made) {
      await lineOf(orderNumber, drift.title).waitFor({ timeout: 20_000 });
    }
    await lineOf(unknownAtGateway, 'F-REGIに取引なし').waitFor();
    await lineOf(refused, '承認・売上の失敗').waitFor();
    await lineOf(refusedPaid, '承認・売上の失敗').waitFor();
  });

  test('the navigation counts the differences, and the page says how much money they are', async () => {
    const count = await list().getByRole('link').count();
    await page
      .getByRole('navigation', { name: 'メインメニュー' })
      .getByRole('link', { name: `要対応 未対応 ${count}件` })
      .waitFor();
    await page.getByText(new RegExp(`^${count}件・¥[\\d,]+$`)).waitFor();
    await page.getByText(/最終照合 .*（\d+／\d+件）/).waitFor();
  });

  test('axe-core finds nothing serious on the page, and the page does not scroll sideways', async () => {
    expect(await barriers(page)).toEqual([]);
    await page.setViewportSize({ width: 320, height: 800 });
    await expect.poll(() => sidewaysScroll(page)).toBe(0);
    await page.setViewportSize({ width: 1440, height: 900 });
  });
});

describe('repairs', () => {
  test.each(DRIFTS)('$rule: two clicks repair the difference', async (drift) => {
    const orderNumber = made.get(drift) ?? '';
    const item = await open(orderNumber, drift.title); // the first click
    const best = item
      .getByRole('listitem')
      .filter({ hasText: drift.isChosen ? drift.repair : 'おすすめ' });
    if (drift.isChosen) {
      expect(await item.getByText('おすすめ').count()).toBe(0);
      await best.getByText('その後、入金済にすると：').waitFor();
    }
    if (drift.irreversible) {
      await best.getByText('元に戻せません').waitFor();
      await best.getByLabel(/末尾4桁/).fill(orderNumber.slice(-4));
    }
    await best.getByRole('button', { name: drift.repair }).click(); // the second
    await item.getByText('両方が一致しました。この件は終了です。').waitFor();
    expect(ledgerOf(stage.env, orderNumber)).toEqual(drift.ledger);
    await expect.poll(() => lineOf(orderNumber, drift.title).count()).toBe(0);
  });

  test('a press without the digits moves nothing, and names what is missing', async () => {
    const orderNumber = await stage.env.order();
    await order(clerk, orderNumber, ['POST', 'status', { to: 'cancelled' }]);
    await page.reload();
    const item = await open(orderNumber, '承認の残り');
    await item.getByRole('button', { name: 'F-REGIの取引情報を取り消す' }).click();
    await item.getByText('末尾4桁が一致しません', { exact: false }).waitFor();
    expect(ledgerOf(stage.env, orderNumber)).toEqual(['authorized 9115']);
  });

  test('D13: Renkei looks again for a transaction that F-REGI does not know, and links to the settings', async () => {
    const item = await open(unknownAtGateway, 'F-REGIに取引なし');
    await item.getByText('取引が見つかりません').first().waitFor();
    await item.getByRole('button', { name: '今すぐ照会' }).click();
    await item.getByText('照会しました。').waitFor();
    await item.getByRole('link', { name: '設定を開く' }).waitFor();
  });

  test('D8: a capture that failed after 入金済 is billed otherwise: two clicks clear the payment date', async () => {
    const item = await open(refusedPaid, '承認・売上の失敗');
    await item.getByRole('button', { name: '入金日を取り消す' }).click();
    await item.getByText('実行しました。', { exact: true }).waitFor();
    expect(ledgerOf(stage.env, refusedPaid)).toEqual(['capture_failed 9115']);
    expect((await clerk.get(`/v1/orders/${refusedPaid}`)).body.paidOn).toBeNull();
    await item.getByRole('link', { name: '内容編集を開く' }).waitFor();
  });
});

test('M3: the band of an order is that of after the press, without a reload', async () => {
  const number = await stage.env.order();
  const screen = await stage.visit('clerk', `/orders/${number}`);
  const payment = screen.getByRole('region', { name: '入金', exact: true });
  const band = screen.getByText(/^要対応: 未入金・売上済/);
  await payment.getByRole('button', { name: '入金済に更新' }).click();
  await payment.getByText('入金済にしました。').waitFor();
  await payment.getByRole('checkbox', { name: '入金日取消' }).check();
  await payment.getByRole('button', { name: '更新', exact: true }).last().click();
  const dialog = screen.getByRole('dialog', { name: '入金日取消' });
  await dialog.getByRole('button', { name: '入金日を取り消す' }).click();
  await band.waitFor();
  const without = 'F-REGIには送らず入金済にする';
  await payment.getByRole('button', { name: without }).first().click();
  await screen
    .getByRole('dialog', { name: without })
    .getByRole('button', { name: without })
    .click();
  await payment.getByText('入金済にしました。').waitFor();
  await band.waitFor({ state: 'detached' });
});

describe('handling an item', () => {
  test('an operator takes an item with 自分が担当する, snoozes it, and undoes both', async () => {
    const item = await open(refused, '承認・売上の失敗');
    await item.getByRole('button', { name: '自分が担当する' }).click();
    await item.getByText(/^担当 clerk/).waitFor();
    await page.getByRole('button', { name: /^自分の担当 1/ }).waitFor();
    await item.getByRole('button', { name: 'あとで対応' }).click();
    await item.getByText(/に対応する予定です/).waitFor();
    await expect.poll(() => lineOf(refused, '承認・売上の失敗').count()).toBe(0);
    await page.getByRole('link', { name: /^あとで対応/ }).click();
    const asleep = await open(refused, '承認・売上の失敗');
    await asleep.getByRole('button', { name: '今すぐ戻す' }).click();
    await page.getByText('あとで対応する項目はありません。').waitFor();
    await page.getByRole('link', { name: /^未対応/ }).click();
    await lineOf(refused, '承認・売上の失敗').waitFor();
  });

  test('an item given to somebody else names them on its line, and is theirs under 自分の担当', async () => {
    const theirs = await stage.visit('accountant', '/attention'); // so that there is one
    await page.reload();
    const item = await open(refused, '承認・売上の失敗');
    const people = item.getByLabel('担当にする人');
    const accountant = people.locator('option').filter({ hasText: 'accountant' });
    await people.selectOption(String(await accountant.getAttribute('value')));
    await item.getByRole('button', { name: 'この人を担当にする' }).click();
    await item.getByText(/^担当 accountant/).waitFor();
    await lineOf(refused, '承認・売上の失敗')
      .getByText(/accountant/)
      .waitFor();
    await theirs.reload();
    await theirs.getByRole('button', { name: /^自分の担当 1/ }).click();
    const listed = theirs.getByRole('navigation', { name: '要対応の一覧' }).getByRole('link');
    await expect.poll(() => listed.count()).toBe(1);
    await listed.filter({ hasText: refused }).waitFor();
    await theirs.context().close();
  });

  test('何もしない asks for a reason, keeps what was typed, and is remembered', async () => {
    const item = await open(refused, '承認・売上の失敗');
    await item.getByText('何もしない', { exact: true }).click();
    await item.getByRole('button', { name: '理由を残して終了する' }).click();
    await item.getByText('理由を入力してください。').waitFor();
    await item.getByLabel('理由').fill('お客様と合意済み');
    await item.getByRole('button', { name: '理由を残して終了する' }).click();
    await item.getByText(/clerk.* が終了しました/).waitFor();
    await page.getByRole('link', { name: '終了', exact: true }).click();
    const closed = await open(refused, '承認・売上の失敗');
    await closed.getByText('理由: お客様と合意済み').waitFor();
  });

  test('a viewer reads beside every button why it cannot be pressed', async () => {
    const viewer = await stage.visit('viewer', '/attention');
    const article = viewer.getByRole('article');
    await article.getByText('この操作の権限がありません（現在の役割：閲覧）').first().waitFor();
    for (const name of ['自分が担当する', 'あとで対応']) {
      const button = article.getByRole('button', { name });
      expect(await button.getAttribute('aria-disabled')).toBe('true');
    }
    await viewer.context().close();
  });
});
