import type { Auth } from '../backoffice/src/access/auth.ts';
import { saveMember } from '../backoffice/src/access/members.ts';
import { type Db, transaction } from '../backoffice/src/store/db.ts';
import { foldTallies } from '../backoffice/src/store/order-list.ts';
import { placeOrders } from '../backoffice/src/store/order-place.ts';
import { saveShop } from '../backoffice/src/store/shops.ts';
import { seedApplications } from './applications.ts';
import { Dice } from './dice.ts';
import { makeManualOrders } from './manual-orders.ts';
import { type DemoOrder, makeOrders } from './orders.ts';
import { DEMO_PEOPLE, DEMO_SHOPS, type DemoShop } from './shops.ts';
import { issueStorePayments } from './store-payments.ts';

const IMPORTER = { kind: 'system', id: 'demo', name: 'デモデータ' } as const;

/** Opens the shops, or brings the address of their gateway up to date: ports may have changed. */
export async function openShops(db: Db, sandboxUrl: string): Promise<void> {
  for (const { shopId, name, fregiShopId, inquiry } of DEMO_SHOPS) {
    await saveShop(db, {
      ...{ shopId, name, inquiry },
      linkEnabled: true,
      captureDeadlineDays: 60,
      fregi: {
        environment: 'sandbox',
        shopId: fregiShopId,
        baseUrl: `${sandboxUrl}/connect/`,
        inquiryUrl: `${sandboxUrl}/sandbox/v1/inquiry`,
      },
    });
  }
}

/** The people of the demo; who is there already stays as they are. */
export async function hirePeople(db: Db, auth: Auth, password: string): Promise<void> {
  for (const { email, name, role, shops } of DEMO_PEOPLE) {
    const { id: userId } = await auth.createUser({ email, name, password });
    for (const shopId of shops) await saveMember(db, { shopId, userId, role });
  }
}

/** Fills the shops with their orders, here and at F-REGI, once. Resolves to how many. */
export async function seedOrders(db: Db, sandboxUrl: string, now: number): Promise<number> {
  const { rows } = await db.query<{ orders: number }>('select count(*) as orders from orders');
  if ((rows[0]?.orders ?? 0) > 0) return 0;
  const dice = new Dice(20_121_114);
  let seeded = 0;
  for (const shop of DEMO_SHOPS) {
    const manual = shop.shopId === 'hanamichi' ? makeManualOrders(now) : [];
    const orders = [...makeOrders(shop, dice, now), ...manual];
    // F-REGI first: an order here whose money is nowhere would be a lie.
    await seedSandbox(sandboxUrl, shop, orders);
    const issued = await issueStorePayments(sandboxUrl, shop, orders);
    await transaction(db, (client) => placeOrders(client, issued, IMPORTER));
    await seedApplications(db, sandboxUrl, shop, orders, { now, actor: IMPORTER });
    seeded += orders.length;
  }
  await foldTallies(db);
  await db.query('vacuum analyze');
  return seeded;
}

async function seedSandbox(
  sandboxUrl: string,
  { fregiShopId }: DemoShop,
  orders: readonly DemoOrder[],
): Promise<void> {
  const transactions = orders.flatMap(({ order, stateAtFregi }) => {
    const { transaction: held } = order;
    if (held === null || held.seqno === null || held.authorizedAt === null) return [];
    const { seqno, authCode, amount, slipId: id, customerId } = held;
    return {
      ...{ shopId: fregiShopId, id, seqno, authCode, amount, customerId },
      state: stateAtFregi ?? held.state,
      authorizedAt: new Date(held.authorizedAt).toISOString(),
    };
  });
  const answer = await fetch(`${sandboxUrl}/sandbox/v1/transactions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(transactions),
  });
  if (!answer.ok) throw new Error(`the sandbox was not seeded: ${await answer.text()}`);
}
