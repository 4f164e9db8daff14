import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OrderList } from '../contract/src/lists/order-list.ts';
import type { CommandResult } from '../contract/src/orders/order-commands.ts';
import type { OrderView } from '../contract/src/orders/orders.ts';
import type { Run, RunDetail, RunPreview } from '../contract/src/runs.ts';
import { freePort } from '../server/src/embedded/free-port.ts';
import { agrees, compareLedgers, printComparison } from './comparison.ts';
import { incomingOrder } from './data/incoming.ts';
import { Program } from './program.ts';
import { openWorld, type World } from './world.ts';

/**
 * `npm run demo`: the main job without a person, over the public API, in a world of its own. Takes
 * orders, marks the unpaid list paid with one press, cancels an order; then compares F-REGI's
 * ledger with ours. Exit code 0 only if both agree.
 */
async function main(): Promise<boolean> {
  const directory = await mkdtemp(join(tmpdir(), 'renkei-demo-'));
  const world = await openWorld({
    directory,
    databaseUrl: process.env.DATABASE_URL || null,
    ports: { renkei: await freePort(), sandbox: 0, smtp: 0, mailbox: 0 },
    log: { info: () => {}, error: (facts, error) => console.error(facts, error) },
  });
  try {
    say(`三つの店舗に ${world.seeded} 件の受注があります / three shops, ${world.seeded} orders`);
    const clerk = new Program(world.url, 'hanamichi');
    await clerk.signIn('clerk@demo.example', world.password);
    await takeOrders(clerk, world);
    await markAllPaid(clerk);
    await cancelTwo(clerk, world);
    await waitForMails(world);
    return await judge(world);
  } finally {
    await world.close();
    await rm(directory, { recursive: true, force: true });
  }
}

/** Sends three orders by API, authorized through F-REGI with the token of a card. */
async function takeOrders(clerk: Program, world: World): Promise<void> {
  for (const [index, items] of [3_300, 13_200, 880].entries()) {
    const order = incomingOrder(world.sandbox.url, `19000000${index}123`, items);
    const placed = await clerk.post<OrderView>('/v1/orders', await order);
    const state = placed.transaction?.state;
    say(
      `受注 ${placed.orderNumber} ${yen(placed.billed)}: ${state} (取引番号 ${placed.transaction?.seqno})`,
    );
  }
}

/** 一括入金 of all unpaid card orders, with amount changes and two kinds of failures. */
async function markAllPaid(clerk: Program): Promise<void> {
  const list = await listAll(clerk, '/v1/orders?tab=unpaid&kinds=card_fregi,apple_pay_fregi');
  say(
    `未入金(カード) ${list.count}件 総合計金額${yen(list.total)}(請求金額合計${yen(list.billed)})`,
  );
  const orderNumbers = list.items.map(({ orderNumber }) => orderNumber);
  const preview = await clerk.post<RunPreview>('/v1/runs/preview', { orderNumbers });
  const { as_is, with_change, excluded } = preview.groups;
  say(
    `確認: そのまま売上処理 ${as_is?.count}件, 金額変更して売上処理 ${with_change?.count}件, ` +
      `対象外 ${excluded?.count}件`,
  );
  const rows = preview.rows.map(({ orderNumber, version }) => ({ orderNumber, version }));
  const { id } = await clerk.post<Run>('/v1/runs', { rows }, undefined, String(rows.length));
  const run = await untilEnded(clerk, id);
  const { succeeded, failed } = run.counts;
  say(`結果: 成功 ${succeeded}件 ${yen(run.yenSucceeded)}, 失敗 ${failed}件`);
  console.log(`
  エラー
  以下の項目を確認してください
  以下の受注について、F-REGIのステータス更新に失敗しました。F-REGIの管理画面でステータスを確認してください。`);
  for (const { orderNumber, line } of run.rows.filter(({ state }) => state === 'failed')) {
    console.log(`  ${orderNumber}:${line}`);
  }
  console.log();
}

/** Joins all pages of a list. */
async function listAll(clerk: Program, path: string): Promise<OrderList> {
  const first = await clerk.get<OrderList>(path);
  const items = [...first.items];
  for (let cursor = first.nextCursor; cursor !== null; ) {
    const page = await clerk.get<OrderList>(`${path}&cursor=${cursor}`);
    items.push(...page.items);
    cursor = page.nextCursor;
  }
  return { ...first, items };
}

async function untilEnded(clerk: Program, id: string): Promise<RunDetail> {
  for (;;) {
    const run = await clerk.get<RunDetail>(`/v1/runs/${id}`);
    const { waiting = 0, asking = 0, unknown = 0 } = run.counts;
    if (run.state === 'finished' && waiting + asking + unknown === 0) return run;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** 取消 with the box ticked: refunds a captured order, voids an authorized one. */
async function cancelTwo(clerk: Program, world: World): Promise<void> {
  const captured = await clerk.get<OrderView>('/v1/orders/100000394011');
  const fresh = incomingOrder(world.sandbox.url, '190000003123', 1_980);
  const authorized = await clerk.post<OrderView>('/v1/orders', await fresh);
  for (const order of [captured, authorized]) {
    const body = { to: 'cancelled', cancelTransaction: true };
    const url = `/v1/orders/${order.orderNumber}/status`;
    const { order: after } = await clerk.post<CommandResult>(url, body, order.version);
    const [before, now] = [order.transaction?.state, after.transaction?.state];
    say(`取消 ${order.orderNumber}: ${before} → ${now}`);
  }
}

async function waitForMails({ db, mailbox }: World): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    const { rows } = await db.query<{ open: number }>(
      `select count(*) as open from mails where state in ('queued', 'sending')`,
    );
    if (rows[0]?.open === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  say(`入金確認メール: ${mailbox.mails.length}通 / mails received by SMTP`);
}

async function judge({ db, sandbox }: World): Promise<boolean> {
  const pairs = await compareLedgers(db, sandbox);
  printComparison(pairs);
  const equal = pairs.every(agrees);
  say(equal ? 'Renkei と F-REGI は一致しています / both agree' : '一致しません / they differ');
  return equal;
}

function yen(amount: number): string {
  return `¥${amount.toLocaleString('ja-JP')}`;
}

function say(text: string): void {
  console.log(`• ${text}`);
}

const equal = await main();
process.exit(equal ? 0 : 1);
