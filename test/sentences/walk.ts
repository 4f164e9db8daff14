import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { OrderView, Remedy, Role } from '../../contract/src/index.ts';
import type { Client } from '../kit/clients.ts';
import { saidByApi } from './api.ts';
import { factsOf, type Scene } from './facts.ts';
import { sentencesIn } from './find.ts';
import { elsewhere, PATTERNS, ROWS } from './rows.ts';
import type { Shop } from './steps.ts';

type Untruth = { readonly key: string; readonly place: string };

/** The result of a walk: what was seen, and what stood where its row says no. */
export class Walk {
  readonly seen = new Set<string>();
  readonly states = new Set<string>();
  #untrue = new Map<string, string[]>();
  views = 0;
  pages = 0;

  /** Judges the sentences of the API's view of an order. */
  hear(name: string, scene: Scene): void {
    this.views += 1;
    this.states.add(stateOf(scene));
    const facts = factsOf(scene);
    for (const key of saidByApi(scene.order)) {
      this.seen.add(key);
      if (ROWS.get(key)?.(facts) !== true) this.blame(key, `API: ${name}`);
    }
  }

  /** Judges the sentences on a rendered page of an order; returns those that are not true. */
  read(name: string, scene: Scene, text: string, locale: 'ja' | 'en'): Untruth[] {
    const facts = factsOf(scene);
    return [...sentencesIn(text, PATTERNS[locale])].flatMap(([said, keys]) => {
      const mayStand = keys.filter((key) => ROWS.get(key)?.(facts) === true);
      for (const key of mayStand) this.seen.add(key);
      const others = keys.map((key) => elsewhere(key));
      const isElsewhere = others.some((why) => why !== null && !why.startsWith('after a press'));
      if (mayStand.length > 0 || isElsewhere) return [];
      return { key: keys.join(' / '), place: `${locale} page: ${name}: ${said}` };
    });
  }

  summary(): string {
    const rows = `${ROWS.size} sentences with a row, ${this.seen.size} of them seen`;
    return `${rows}; ${this.states.size} states in ${this.views} views; ${this.pages} pages`;
  }

  /** Each untrue sentence, with the first places where it stands. */
  untrueByKey(): string[] {
    return [...this.#untrue]
      .map(([key, places]) => `${key} (${places.length}): ${places.slice(0, 4).join(' || ')}`)
      .sort();
  }

  /** Notes what is not true, with the place that says it. */
  blame(key: string, place: string): void {
    this.#untrue.set(key, [...(this.#untrue.get(key) ?? []), place]);
  }
}

/** A state of an order and its shop, as the walk counts them. */
export function stateOf({ order, shop, role }: Scene): string {
  const { status, paidOn, paymentKind, transaction, openOperation, operation, proof } = order;
  const money = [
    transaction?.state,
    transaction?.amount === order.billed,
    order.balance.open === 0,
  ];
  const last = [operation?.state, operation?.reason?.code, openOperation?.state, proof];
  const items = order.health.items.map(({ kind }) => kind);
  return JSON.stringify([status, paidOn !== null, paymentKind, money, last, items, shop, role]);
}

/** Reads an order over the API once it has been compared with F-REGI after its last change. */
export async function settledView(client: Client, orderNumber: string): Promise<OrderView> {
  let order: OrderView | undefined;
  await expect
    .poll(
      async () => {
        order = (await client.get(`/v1/orders/${orderNumber}`)).body as OrderView;
        return order.health.isComparisonDue;
      },
      { timeout: 20_000, interval: 50 },
    )
    .toBe(false);
  if (order === undefined) throw new Error('no order was read');
  return order;
}

export type NamedScene = {
  readonly name: string;
  readonly scene: Scene;
  readonly isKey: boolean;
  /** Reads the order once more, as the same person. */
  readonly again: () => Promise<OrderView>;
};

export async function readPages(
  walk: Walk,
  page: Page,
  scenes: readonly NamedScene[],
  locale: 'ja' | 'en',
): Promise<void> {
  for (const named of scenes) {
    await show(page, named.scene.order.orderNumber);
    await readOne(walk, page, named, locale);
  }
}

/** Reads what a page shows. An order that has ended its operation meanwhile is judged anew. */
async function readOne(
  walk: Walk,
  page: Page,
  { name, scene, again }: NamedScene,
  locale: 'ja' | 'en',
): Promise<void> {
  walk.pages += 1;
  if (scene.role === 'viewer') {
    for (const button of await page.evaluate<string[]>(BUTTONS)) {
      if (!OF_READERS.test(button)) walk.blame(`button of a viewer: ${button}`, name);
    }
  }
  const untrue = walk.read(name, scene, await stableText(page), locale);
  if (untrue.length === 0) return;
  const order = await again();
  const isOld = hasMoved(scene.order, order);
  const now = isOld ? walk.read(name, { ...scene, order }, await stableText(page), locale) : untrue;
  for (const { key, place } of now) walk.blame(key, place);
}

/** True if an order is no longer as it was: its operation can go on within a version. */
function hasMoved(before: OrderView, now: OrderView): boolean {
  return before.version !== now.version || before.operation?.state !== now.operation?.state;
}

/** Opens each dialog and form that an order offers, and reads it in Japanese. */
export async function readDialogs(
  walk: Walk,
  page: Page,
  scenes: readonly NamedScene[],
): Promise<void> {
  // Two orders in a row are never the same: another order begins with another desk.
  for (const remedy of DIALOGS) {
    for (const named of scenes) {
      const { name, scene } = named;
      const { orderNumber, actions } = scene.order;
      if (!actions.remedies.some(({ id, denied }) => id === remedy && denied === null)) continue;
      await show(page, orderNumber, `#do-${remedy}`);
      await readOne(walk, page, { ...named, name: `${name}, ${remedy}` }, 'ja');
      await closeDialog(page);
    }
  }
  for (const to of ['cancelled', 'returned', 'on_hold', 'processing'] as const) {
    for (const named of scenes) {
      const { name, scene } = named;
      if (!scene.order.actions.statusChanges.includes(to)) continue;
      await show(page, scene.order.orderNumber);
      await page.locator('#status select').selectOption(to);
      await page.locator('#status').getByRole('button', { name: '更新', exact: true }).click();
      await page.getByRole('dialog').waitFor();
      await readOne(walk, page, { ...named, name: `${name}, to ${to}` }, 'ja');
      await closeDialog(page);
    }
  }
}

async function closeDialog(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog');
  if (!(await dialog.isVisible())) return;
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
}

/** The remedies whose press opens a dialog or a form, and changes nothing yet. */
const DIALOGS: readonly Remedy[] = [
  'mark_paid_without_gateway',
  'capture_former_amount',
  'unmark_paid',
  'cancel_transaction',
  'settle_otherwise',
  'refund_and_buy_again',
  'edit_amounts',
  'change_captured_amount',
];

/** Shows an order in an open browser, without a reload. */
async function show(page: Page, orderNumber: string, hash = ''): Promise<void> {
  await page.evaluate(`{
    history.pushState({}, '', '/orders/${orderNumber}' + location.search + '${hash}');
    dispatchEvent(new PopStateEvent('popstate', { state: {} }));
  }`);
  await page.locator('h1').filter({ hasText: orderNumber }).waitFor();
  await page.locator('#payment').waitFor();
}

const PAUSE_MS = 60;
const LOOKS_MAX = 80;

/** Opens everything that is folded, and reads until the text stays as it is. */
async function stableText(page: Page): Promise<string> {
  let before = '';
  for (let looks = 0; looks < LOOKS_MAX; looks += 1) {
    const text = (await page.evaluate(READ)) as string;
    if (text === before) return text;
    before = text;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  throw new Error('the page does not come to rest');
}

/** The names of the buttons of an order that can be pressed. */
const BUTTONS = `[...document.querySelectorAll('main button')]
  .filter((one) => !one.disabled && one.getAttribute('aria-disabled') !== 'true')
  .map((one) => (one.getAttribute('aria-label') ?? one.innerText).trim())
  .filter((name) => name !== '')`;

/** The buttons that change nothing: whoever may read orders may press them. */
const OF_READERS = new RegExp(
  `^(${[
    'コピー',
    'すべて|お金|F-REGI通信|メール|受注の変更',
    '初回受注情報表示',
    '日付選択',
    'F-REGIステータスの意味',
    '再照会',
    'F-REGI管理画面で確認・操作する',
    '入力画面を開く',
    // They lead to a place, which says what a reader may not do there.
    '処理の状況を見る',
    'F-REGI管理画面の状態を入力',
  ].join('|')})`,
);

const READ = `(() => {
  for (const folded of document.querySelectorAll('details')) folded.open = true;
  return document.body.innerText;
})()`;

export function sceneOf(shop: Shop, order: OrderView, role: Role, linkEnabled: boolean): Scene {
  return { order, role, shop: { linkEnabled, inquiry: shop.inquiry } };
}
