import type { Sandbox } from '../sandbox/src/index.ts';
import type { CardTransaction } from '../sandbox/src/ledger/entities.ts';
import type { LedgerEvent } from '../sandbox/src/ledger/events.ts';
import type { Auth } from '../server/src/access/auth.ts';
import { saveMember } from '../server/src/access/members.ts';
import { type Db, type Queryable, transaction } from '../server/src/store/db/db.ts';
import { foldTallies } from '../server/src/store/lists/order-list.ts';
import { placeOrders } from '../server/src/store/orders/order-place.ts';
import { saveShop } from '../server/src/store/shops/shops.ts';
import { seedApplications } from './data/applications.ts';
import { DEMO } from './data/courses.ts';
import { Dice } from './data/dice.ts';
import { makeManualOrders } from './data/manual-orders.ts';
import { type DemoOrder, makeOrders } from './data/orders.ts';
import { DEMO_PEOPLE, DEMO_SHOPS, type DemoShop } from './data/shops.ts';
import { issueStorePayments } from './data/store-payments.ts';

/** Opens the shops, or updates the address of their gateway, because ports may have changed. */
export async function openShops(db: Db, sandboxUrl: string): Promise<void> {
  for (const { shopId, name, fregiShopId, inquiry } of DEMO_SHOPS) {
    await saveShop(db, {
      shopId,
      name,
      inquiry,
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

/** Adds the people of the demo; leaves those who are already there unchanged. */
export async function hirePeople(db: Db, auth: Auth, password: string): Promise<void> {
  for (const { email, name, role, shops } of DEMO_PEOPLE) {
    const { id: userId } = await auth.createUser({ email, name, password });
    for (const shopId of shops) await saveMember(db, { shopId, userId, role });
  }
}

/**
 * Fills the shops with their orders, here and at F-REGI, once. Resolves to the number of orders.
 */
export async function seedOrders(db: Db, sandbox: Sandbox, now: number): Promise<number> {
  const { rows } = await db.query<{ orders: number }>('select count(*) as orders from orders');
  if ((rows[0]?.orders ?? 0) > 0) return 0;
  const dice = new Dice(20_121_114);
  let seeded = 0;
  for (const shop of DEMO_SHOPS) {
    const manual = shop.shopId === 'hanamichi' ? makeManualOrders(now) : [];
    const orders = [...makeOrders(shop, dice, now), ...manual];
    // F-REGI first: an order here whose money is nowhere would be a lie.
    await seedSandbox(sandbox, shop, orders);
    const issued = await issueStorePayments(sandbox.url, shop, orders);
    await transaction(db, async (client) => {
      await placeOrders(client, issued, DEMO);
      await savePasts(client, issued);
    });
    await seedApplications(db, sandbox.url, shop, orders, { now, actor: DEMO });
    seeded += orders.length;
  }
  await foldTallies(db);
  await db.query('vacuum analyze');
  return seeded;
}

/** Saves the rows that the pasts of the orders have written since their arrival. */
async function savePasts(client: Queryable, orders: readonly DemoOrder[]): Promise<void> {
  const pasts = orders.flatMap(({ past }) => past ?? []);
  for (const table of ['operations', 'steps', 'journal'] as const) {
    const rows = JSON.stringify(pasts.flatMap((past) => past[table]));
    await client.query(
      `insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
      [rows],
    );
  }
}

/** Fills F-REGI's ledger: each transaction as it was authorized, and every move since. */
async function seedSandbox(
  { gateway }: Sandbox,
  { fregiShopId: shopId }: DemoShop,
  orders: readonly DemoOrder[],
): Promise<void> {
  const events = orders.flatMap(({ order, moves = [], card = '1111' }): LedgerEvent[] => {
    const { transaction: held } = order;
    if (held === null || held.seqno === null || held.authorizedAt === null) return [];
    const { seqno, authCode, amount, slipId: id, customerId, authorizedAt } = held;
    const transaction: CardTransaction = {
      shopId,
      id,
      seqno,
      authCode: authCode ?? '',
      amount,
      customerId,
      authorizedAt,
      state: 'authorized',
      changedFrom: null,
      pan: `************${card}`,
      history: [{ at: authorizedAt, what: 'seed', by: 'seed' }],
    };
    return [
      { kind: 'opened', transaction },
      ...moves.map((move) => ({ kind: 'moved', seqno, ...move }) as const),
    ];
  });
  await gateway.record(events);
}
