import { createHash, randomUUID } from 'node:crypto';
import { placeOrderSchema } from '../contract/place-order.ts';
import type { Command } from '../domain/decide.ts';
import { jstDateOf } from '../domain/jst.ts';
import type { Office } from '../operations/office.ts';
import { type Connection, type Db, transaction } from '../store/db.ts';
import { noteDeliveryLook } from '../store/delivery-looks.ts';
import { newOrder, placeOrders } from '../store/order-place.ts';
import { moveOn, type StoredSubscription, SUBSCRIPTION_COLUMNS } from '../store/subscriptions.ts';

/** The deliveries of subscriptions, as Renkei itself makes them. */
const SCHEDULE = { kind: 'system', id: 'subscriptions', name: '定期・頒布会' } as const;

/** The most deliveries that one look makes; the next look makes the others. */
const AT_A_TIME = 200;

/**
 * Makes the orders of all deliveries that are due, and has their cards authorized (B4). Called by
 * the clock, by any number of processes, as often as one likes: a delivery is a row with its number
 * in its key, written with its order in one transaction, and its authorization is an operation with
 * a key of its own. Resolves to how many orders were made.
 */
export async function deliverDue(db: Db, office: Office, now: number): Promise<number> {
  let made = 0;
  while (made < AT_A_TIME && (await transaction(db, (client) => makeNext(client, now)))) made += 1;
  await authorizeMade(db, office);
  await noteDeliveryLook(db, 'done');
  return made;
}

/** Makes one order; false where nothing is due, or others are at it. */
async function makeNext(client: Connection, now: number): Promise<boolean> {
  const { rows } = await client.query<StoredSubscription>(
    `select ${SUBSCRIPTION_COLUMNS} from subscriptions
      where status = 'active' and next_delivery_on - lead_days <= $1::date
      order by next_delivery_on - lead_days limit 1 for update skip locked`,
    [jstDateOf(now)],
  );
  const [due] = rows;
  if (due === undefined) return false;
  const { shopId, code, nextDeliveryOn, lastDelivery, customerId } = due;
  const orderNumber = await takeNumber(client, shopId);
  const [outcome] = await placeOrders(client, [orderOf(due, orderNumber, now)], SCHEDULE);
  if (outcome !== 'placed') throw new Error(`the number ${orderNumber} of our own is taken`);
  await client.query(
    `insert into subscription_deliveries (shop_id, code, n, deliver_on, state, order_number,
       to_authorize, actor)
     values ($1, $2, $3, $4, 'ordered', $5, $6, $7)`,
    [
      ...[shopId, code, lastDelivery + 1, nextDeliveryOn, orderNumber],
      ...[customerId !== null, SCHEDULE],
    ],
  );
  await moveOn(client, due);
  return true;
}

/** The order of a delivery: the day of the delivery is what the customer wishes for. */
function orderOf(due: StoredSubscription, orderNumber: string, now: number) {
  const { type, channel, paymentKind, paymentMethod, amounts, details, customerId } = due;
  const wished = details.destinations.map((destination) => ({
    ...destination,
    ...{ requestedDate: due.nextDeliveryOn, shippedOn: null, trackingNumber: '' },
  }));
  const incoming = placeOrderSchema.parse({
    ...{ orderNumber, type, channel, paymentKind, paymentMethod, amounts },
    placedAt: new Date(now).toISOString(),
    details: { ...details, destinations: wished },
    ...(customerId === null ? {} : { transaction: { kind: 'customer', customerId } }),
  });
  return newOrder(due.shopId, incoming);
}

/** The next number of Renkei's own: 8, eight digits, and three that tell typing errors. */
async function takeNumber(client: Connection, shopId: string): Promise<string> {
  const { rows } = await client.query<{ last: number }>(
    `insert into own_order_numbers as own (shop_id, last) values ($1, 1)
     on conflict (shop_id) do update set last = own.last + 1 returning last`,
    [shopId],
  );
  const serial = `8${String(rows[0]?.last ?? 0).padStart(8, '0')}`;
  return `${serial}${String(Number(serial) % 997).padStart(3, '0')}`;
}

type Made = {
  readonly shopId: string;
  readonly code: string;
  readonly n: number;
  readonly orderNumber: string;
};

/** Has the cards of new orders authorized; after a crash, the same ones again, by the same keys. */
async function authorizeMade(db: Db, office: Office): Promise<void> {
  const { rows } = await db.query<Made>(
    `select shop_id as "shopId", code, n, order_number as "orderNumber"
       from subscription_deliveries where to_authorize order by at limit ${AT_A_TIME}`,
  );
  for (const made of rows) {
    const asked = await give(office, made, 'authorize', { kind: 'authorize', cardToken: null });
    // Refused before anything was asked (自動連携 is off, the amount is none): it waits on hold.
    const held = { kind: 'change_status', to: 'on_hold', cancelTransaction: false } as const;
    if (asked.kind === 'refused') await give(office, made, 'hold', held);
    await db.query(
      `update subscription_deliveries set to_authorize = false
        where shop_id = $1 and code = $2 and n = $3`,
      [made.shopId, made.code, made.n],
    );
  }
}

function give(
  office: Office,
  { shopId, code, n, orderNumber }: Made,
  what: string,
  command: Command,
) {
  const key = `delivery:${code}:${n}:${what}`;
  const wanted = {
    ...{ operationId: randomUUID(), key, actor: SCHEDULE, command, expectedVersion: null },
    inputHash: createHash('sha256').update(key).digest('hex'),
    confirmed: true, // by the application
  };
  return office.command({ shopId, orderNumber }, wanted, { waitMs: 5_000 });
}
