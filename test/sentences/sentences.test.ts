import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Role } from '../../contract/src/index.ts';
import { inParallel } from '../../server/src/workers/in-parallel.ts';
import { openStage, type Stage } from '../kit/stage.ts';
import { QUICK } from '../kit/timing.ts';
import { CARDHOLDERS } from './cardholders.ts';
import { generated, RECIPES, STRUCK } from './recipes.ts';
import { hearRoles, type People, peopleOf, tryOffers, tryRoles } from './roles.ts';
import { claims, elsewhere, ROWS } from './rows.ts';
import { openShops, type Recipe, type Shop } from './steps.ts';
import { UNSEEN } from './unseen.ts';
import {
  type NamedScene,
  readDialogs,
  readPages,
  sceneOf,
  settledView,
  stateOf,
  Walk,
} from './walk.ts';

/**
 * Every sentence is true of its state: the table says when a sentence may stand, and a walk over real
 * orders finds none that stands where its row says no. `npm run sentences` walks further, and misses no sentence.
 */
const SEEDS = Number(process.env.SENTENCES ?? 2);
/** Orders that are made at a time in each shop; more of them, and calls wait for too long. */
const AT_A_TIME = 6;
const IS_WHOLE = process.env.SENTENCES !== undefined;

test('every sentence of the catalogues has a row, or a place elsewhere with its reason', () => {
  const homeless = claims().filter((key) => !ROWS.has(key) && elsewhere(key) === null);
  expect(homeless).toEqual([]);
  const known = new Set(claims());
  expect([...ROWS.keys()].filter((key) => !known.has(key))).toEqual([]);
});

test('no sentence stands where its row says no, in the API and on the page', async () => {
  const stage = await openStage({ waitMs: 300, timing: { ...QUICK, lookMs: 60_000 } });
  const shops = await openShops(stage.env);
  const walk = new Walk();
  const visits: Visit[] = [];
  const quiet = await Promise.all(shops.map((shop) => quietOrders(shop)));
  for (const [index, shop] of shops.entries()) {
    const orders = [...(quiet[index] ?? []), ...(await struckOrders(shop))];
    const people = await peopleOf(shop);
    visits.push({ shop, people, orders: orders.toSorted(([a], [b]) => (a < b ? -1 : 1)) });
  }
  const tried = new Set<string>();
  await Promise.all(visits.map((visit) => walkShop(stage, walk, visit, tried, true)));
  for (const { shop } of visits) await turnLinkOff(shop);
  await Promise.all(visits.map((visit) => walkShop(stage, walk, visit, tried, false)));
  console.log(walk.summary());
  expect.soft(walk.untrueByKey(), 'sentences that are not true of their state').toEqual([]);
  const unseen = [...ROWS.keys()].filter((key) => !walk.seen.has(key) && !(key in UNSEEN));
  // The short walk reads a part of the pages.
  if (IS_WHOLE) expect.soft(unseen, 'sentences that the walk did not meet').toEqual([]);
}, 3_600_000);

/** The orders of a shop that need no strike, each with the name of its state. */
async function quietOrders(shop: Shop): Promise<Named[]> {
  const made: Named[] = [];
  const seeds = Array.from({ length: SEEDS }, (_, at) => at + 1);
  const drawn = seeds.map((seed): [string, Recipe] => [
    `seed ${seed}`,
    (at) => generated(at, seed),
  ]);
  const recipes = madeAt(shop, [...Object.entries({ ...RECIPES, ...CARDHOLDERS }), ...drawn]);
  await inParallel(recipes, AT_A_TIME, async ([name, recipe]) => {
    made.push([name, await recipe(shop)]);
  });
  return made;
}

/** The others: a strike replaces the one before and hits the next call, so each goes alone. */
async function struckOrders(shop: Shop): Promise<Named[]> {
  const made: Named[] = [];
  for (const [name, recipe] of madeAt(shop, Object.entries(STRUCK))) {
    made.push([name, await recipe(shop)]);
    await RECIPES.paid?.(shop); // F-REGI answers again, before Renkei takes it to be away
  }
  return made;
}

/** The recipes of a shop: the short walk makes each order in one of the two shops. */
function madeAt(shop: Shop, recipes: readonly [string, Recipe][]): [string, Recipe][] {
  if (IS_WHOLE) return [...recipes];
  const all = [...KEYS.inquiry, ...KEYS.none];
  const others = recipes.filter(([name]) => !all.includes(name));
  const own = recipes.filter(([name]) => keysOf(shop).includes(name));
  return [...own, ...others.filter((_, at) => at % 2 === (shop.inquiry ? 0 : 1))];
}

type Named = readonly [name: string, orderNumber: string];
type Visit = {
  readonly shop: Shop;
  readonly people: People;
  readonly orders: readonly Named[];
};

/**
 * Hears the API about every order, and meanwhile reads pages and dialogs: none of them changes an
 * order. The short walk reads each page in one of the two shops, and fewer of them in English and
 * with the link off.
 */
async function walkShop(
  stage: Stage,
  walk: Walk,
  visit: Visit,
  tried: Set<string>,
  linkEnabled: boolean,
): Promise<void> {
  const scenes = await scenesOf(visit, linkEnabled);
  await Promise.all([
    hearAll(walk, visit, scenes, tried, linkEnabled),
    readAll(stage, walk, visit, scenes, linkEnabled),
  ]);
}

/** The orders of a shop as its owner sees them now. */
async function scenesOf({ shop, orders }: Visit, linkEnabled: boolean): Promise<NamedScene[]> {
  const scenes = new Map<string, NamedScene>();
  await inParallel(orders, AT_A_TIME, async ([state, orderNumber]) => {
    const name = `${state} | ${shop.shopId}${linkEnabled ? '' : ', link off'}`;
    const again = () => settledView(shop.owner, orderNumber);
    const scene = sceneOf(shop, await again(), 'owner', linkEnabled);
    const isKey = linkEnabled && keysOf(shop).includes(state);
    scenes.set(orderNumber, { name, scene, isKey, again });
  });
  return orders.flatMap(([, orderNumber]) => scenes.get(orderNumber) ?? []);
}

/** Hears the API about every order as every role, and tries what it offers and denies. */
async function hearAll(
  walk: Walk,
  { shop, people }: Visit,
  scenes: readonly NamedScene[],
  tried: Set<string>,
  linkEnabled: boolean,
): Promise<void> {
  for (const [at, { name, scene }] of scenes.entries()) {
    const named = { name, order: scene.order, linkEnabled };
    await hearRoles(walk, shop, people, named);
    await tryOffers(walk, shop, { ...named, methods: IS_WHOLE ? null : at });
    // A permission depends on the state of the transaction alone.
    const state = String(scene.order.transaction?.state);
    if (tried.has(state)) continue;
    tried.add(state);
    await tryRoles(walk, people, named);
  }
}

/** Reads the pages and the dialogs in browsers of their own, which work side by side. */
async function readAll(
  stage: Stage,
  walk: Walk,
  { shop, people, orders }: Visit,
  scenes: readonly NamedScene[],
  linkEnabled: boolean,
): Promise<void> {
  const shown = IS_WHOLE ? distinct(scenes) : scenes;
  const parity = shop.inquiry ? 0 : 1;
  const every = (n: number) => shown.filter((_, at) => IS_WHOLE || at % n === parity % n);
  const keys = shown.filter(({ isKey }) => isKey && !IS_WHOLE);
  const first = `/orders/${orders[0]?.[1]}`;
  const read = async (role: Role, locale: 'ja' | 'en', look: (page: Page) => Promise<void>) => {
    const visit = { client: people[role], shopId: shop.shopId, locale: LOCALE[locale] };
    const page = await stage.visit(role, first, visit);
    await look(page);
    await page.context().close();
  };
  const others = shown.filter((_, at) => at % (IS_WHOLE ? 6 : 40) === parity);
  const roles: readonly Role[] = IS_WHOLE ? ['clerk', 'accountant', 'viewer'] : ['viewer'];
  const pages = [...keys, ...every(linkEnabled ? 5 : 12)];
  await Promise.all([
    read('owner', 'ja', (page) => readPages(walk, page, pages, 'ja')),
    read('owner', 'ja', (page) => readDialogs(walk, page, every(linkEnabled ? 8 : 30))),
    (async () => {
      await read('owner', 'en', (page) =>
        readPages(walk, page, every(linkEnabled ? 10 : 30), 'en'),
      );
      for (const role of linkEnabled ? roles : []) {
        await read(role, 'ja', (page) => readAs(walk, page, role, people, others));
      }
    })(),
  ]);
}

const LOCALE = { ja: 'ja-JP', en: 'en-US' } as const;

/** Reads the pages of orders as somebody of another role. */
async function readAs(
  walk: Walk,
  page: Page,
  role: Role,
  people: People,
  scenes: readonly NamedScene[],
): Promise<void> {
  const own = scenes.map(async ({ name, scene, isKey }) => {
    const again = () => settledView(people[role], scene.order.orderNumber);
    const order = await again();
    return { name: `${name}, ${role}`, scene: { ...scene, order, role }, isKey, again };
  });
  await readPages(walk, page, await Promise.all(own), 'ja');
}

/** The named states, and of the generated ones those that are in another state than all before. */
function distinct(scenes: readonly NamedScene[]): NamedScene[] {
  const known = new Set<string>();
  return scenes.filter(({ name, scene }) => {
    const state = stateOf(scene);
    const isNew = !known.has(state);
    known.add(state);
    return isNew || !name.startsWith('seed ');
  });
}

/**
 * The states that the short walk makes in this shop and reads in any case, because their sentences
 * stand nowhere else. A look at F-REGI needs the shop that answers inquiries.
 */
const KEYS: Readonly<Record<'inquiry' | 'none', readonly string[]>> = {
  inquiry: [
    'amount changed at the console',
    'amount changed at the console to the same',
    'captured amount changed at the console',
    'captured amount changed at the console to the same',
    'two live transactions',
    'double capture',
    'cancelled with the void, another one live',
    'on hold, shown to be paid',
    'void in doubt',
    'capture failed at F-REGI',
    'capture missing at F-REGI',
  ],
  none: [
    'by transfer, the card left',
    'capture in doubt',
    'cardholder attempted',
    'cardholder authenticated, edited',
    'cardholder authenticated, paid with another amount',
    'change of amount in doubt',
    'change of amount in review',
    'authorization in review',
    'authorization answered: nothing there',
    'cancel request dismissed',
    'cancel requested',
    'pre-order declined, recorded as paid',
    'products edited',
    'unmarked',
    'unmarked with a refund',
    'overpaid, then settled in part',
    'payment date corrected',
    'pre-order cancelled',
    'products that do not add up',
    'products that add up to more',
    'shipped',
    'uncollectible, then reopened',
    'underpaid, then settled and taken back',
  ],
};

const keysOf = ({ inquiry }: Pick<Shop, 'inquiry'>) => KEYS[inquiry ? 'inquiry' : 'none'];

async function turnLinkOff({ owner }: Shop): Promise<void> {
  const { version } = (await owner.get('/v1/settings')).body;
  const body = { linkEnabled: false };
  const { status } = await owner.send('PATCH', '/v1/settings', { version, body });
  if (status !== 200) throw new Error(`the link is still on: ${status}`);
}
