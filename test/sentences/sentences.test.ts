import { expect, test } from 'vitest';
import { openStage } from '../e2e/stage.ts';
import { QUICK } from '../kit/timing.ts';
import { generated, openShops, RECIPES, type Shop } from './recipes.ts';
import { claims, elsewhere, ROWS } from './rows.ts';
import { UNSEEN } from './unseen.ts';
import { sceneOf, settledView, textOf, Walk } from './walk.ts';

/**
 * Every sentence is true of its state: the table says when a sentence may stand, and a walk over real
 * orders finds none that stands where its row says no. `npm run sentences` walks further.
 */
const SEEDS = Number(process.env.SENTENCES ?? 4);
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
  const orders = await Promise.all(shops.map((shop) => ordersOf(shop)));
  for (const [index, shop] of shops.entries()) {
    await walkShop(walk, shop, orders[index] ?? [], true);
    await turnLinkOff(shop);
    await walkShop(walk, shop, orders[index] ?? [], false);
  }
  console.log(
    `${ROWS.size} sentences with a row, ${walk.seen.size} seen; ${walk.states.size} states in ` +
      `${walk.views} views of the API; ${walk.pages} pages`,
  );
  expect(walk.untrueByKey(), 'sentences that are not true of their state').toEqual([]);
  const unseen = [...ROWS.keys()].filter((key) => !walk.seen.has(key) && !(key in UNSEEN));
  expect(unseen, 'sentences that the walk did not meet').toEqual([]);

  async function walkShop(
    into: Walk,
    shop: Shop,
    named: readonly (readonly [string, string])[],
    linkEnabled: boolean,
  ): Promise<void> {
    const visit = { shopId: shop.shopId };
    const path = `/orders/${named[0]?.[1]}`;
    const page = await stage.visit('owner', path, visit);
    const english = await stage.visit('owner', path, { ...visit, locale: 'en-US' });
    for (const [at, [name, orderNumber]] of named.entries()) {
      const title = `${name} | ${shop.shopId}${linkEnabled ? '' : ', link off'}`;
      const order = await settledView(shop.owner, orderNumber);
      const scene = sceneOf(shop, order, 'owner', linkEnabled);
      into.hear(title, scene);
      const isRead = IS_WHOLE || (linkEnabled ? true : at % 4 === 0);
      if (isRead) into.read(title, scene, await textOf(page, orderNumber), 'ja');
      const isEnglish = IS_WHOLE || at % 5 === 0;
      if (isRead && isEnglish) into.read(title, scene, await textOf(english, orderNumber), 'en');
    }
    await page.context().close();
    await english.context().close();
  }
});

/** The orders of a shop, each with the name of its state: every recipe, and generated ones. */
async function ordersOf(shop: Shop): Promise<(readonly [string, string])[]> {
  const made: (readonly [string, string])[] = [];
  for (const [name, recipe] of Object.entries(RECIPES)) made.push([name, await recipe(shop)]);
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    made.push([`seed ${seed}`, await generated(shop, seed)]);
  }
  return made;
}

async function turnLinkOff({ owner }: Shop): Promise<void> {
  const { version } = (await owner.get('/v1/settings')).body;
  const { status } = await owner.send('PATCH', '/v1/settings', {
    version,
    body: { linkEnabled: false },
  });
  if (status !== 200) throw new Error(`the link is still on: ${status}`);
}
