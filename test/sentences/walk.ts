import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { OrderView, Role } from '../../contract/src/index.ts';
import type { Client } from '../kit/clients.ts';
import { saidByApi } from './api.ts';
import { factsOf, type Scene } from './facts.ts';
import { sentencesIn } from './find.ts';
import type { Shop } from './recipes.ts';
import { elsewhere, PATTERNS, ROWS } from './rows.ts';

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
      if (ROWS.get(key)?.(facts) !== true) this.#blame(key, `API: ${name}`);
    }
  }

  /** Judges the sentences on a rendered page of an order. */
  read(name: string, scene: Scene, text: string, locale: 'ja' | 'en'): void {
    this.pages += 1;
    const facts = factsOf(scene);
    for (const [said, keys] of sentencesIn(text, PATTERNS[locale])) {
      const mayStand = keys.filter((key) => ROWS.get(key)?.(facts) === true);
      for (const key of mayStand) this.seen.add(key);
      const others = keys.map((key) => elsewhere(key));
      const isElsewhere = others.some((why) => why !== null && !why.startsWith('after a press'));
      if (mayStand.length === 0 && !isElsewhere) {
        this.#blame(keys.join(' / '), `${locale} page: ${name}: ${said}`);
      }
    }
  }

  /** Each untrue sentence, with the first places where it stands. */
  untrueByKey(): string[] {
    return [...this.#untrue]
      .map(([key, places]) => `${key} (${places.length}): ${places.slice(0, 4).join(' || ')}`)
      .sort();
  }

  #blame(key: string, place: string): void {
    this.#untrue.set(key, [...(this.#untrue.get(key) ?? []), place]);
  }
}

/** A state of an order and its shop, as the walk counts them. */
function stateOf({ order, shop, role }: Scene): string {
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

/** Shows an order in an open browser without a reload, and returns all of its text. */
export async function textOf(page: Page, orderNumber: string, hash = ''): Promise<string> {
  await page.evaluate(`{
    history.pushState({}, '', '/orders/${orderNumber}${hash}');
    dispatchEvent(new PopStateEvent('popstate', { state: {} }));
  }`);
  await page.locator('h1').filter({ hasText: orderNumber }).waitFor();
  await page.locator('#payment').waitFor();
  return stableText(page);
}

/** Opens everything that is folded, and reads until the text stays as it is. */
export async function stableText(page: Page): Promise<string> {
  let before = '';
  for (let tries = 0; tries < 40; tries += 1) {
    const text = (await page.evaluate(READ)) as string;
    if (text === before) return text;
    before = text;
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  throw new Error('the page does not come to rest');
}

const READ = `(() => {
  for (const folded of document.querySelectorAll('details')) folded.open = true;
  return document.body.innerText;
})()`;

export function sceneOf(shop: Shop, order: OrderView, role: Role, linkEnabled: boolean): Scene {
  return { order, role, shop: { linkEnabled, inquiry: shop.inquiry } };
}
