import { placeOrderSchema } from '../contract/place-order.ts';
import { FIRST_DATE, jstDateOf } from '../domain/jst.ts';
import { type Deliveries, type Delivery, SCHEDULE } from '../subscriptions/deliver.ts';
import { type Connection, type Db, transaction } from './db.ts';
import { noteDeliveryLook } from './delivery-looks.ts';
import { newOrder, placeOrders } from './order-place.ts';
import { moveOn, type StoredSubscription, SUBSCRIPTION_COLUMNS } from './subscriptions.ts';

/** The deliveries on PostgreSQL. */
export function createPgDeliveries(db: Db): Deliveries {
  return {
    makeNext: (now) => transaction(db, (client) => makeNext(client, now)),
    async listToAuthorize(limit) {
      const { rows } = await db.query<Delivery>(
        `select shop_id as "shopId", code, n, order_number as "orderNumber"
           from subscription_deliveries where to_authorize and ${NOT_SAFE_MODE}
          order by at limit $1`,
        [limit],
      );
      return rows;
    },
    async noteAuthorized({ shopId, code, n }) {
      await db.query(
        `update subscription_deliveries set to_authorize = false
          where shop_id = $1 and code = $2 and n = $3`,
        [shopId, code, n],
      );
    },
    noteLook: () => noteDeliveryLook(db, 'done'),
  };
}

/** What was made after the back-up is known to F-REGI, and not to us: first it is compared. */
const NOT_SAFE_MODE = 'not exists (select from safe_modes where released_at is null)';

/** Makes one order; false where nothing is due, or others are at it. */
async function makeNext(client: Connection, now: number): Promise<boolean> {
  const { rows } = await client.query<StoredSubscription>(
    `select ${SUBSCRIPTION_COLUMNS} from subscriptions
      where status = 'active' and next_delivery_on - lead_days <= $1::date
        and next_delivery_on >= '${FIRST_DATE}' and ${NOT_SAFE_MODE}
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
  // Whoever looks at the application sees another next delivery than there is now: a skip, or other
  // products from the next delivery on, would be of the one after.
  await client.query(
    'update subscriptions set version = version + 1 where shop_id = $1 and code = $2',
    [shopId, code],
  );
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
