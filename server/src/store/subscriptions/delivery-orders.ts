import { placeOrderSchema } from '@renkei/contract/orders/place-order.ts';
import { newOrder } from '@renkei/core/domain/order/place-order.ts';
import { wishedOn } from '@renkei/core/domain/subscriptions/due.ts';
import type { Planned } from '@renkei/core/domain/subscriptions/schedule.ts';
import type { Instant, JstDate } from '@renkei/core/domain/values/jst.ts';
import type { Actor } from '@renkei/core/turns/operation.ts';
import type { Connection, Queryable } from '../db/db.ts';
import { placeOrders } from '../orders/order-place.ts';
import type { StoredSubscription } from './rows.ts';

/** The actor and the time of making orders from deliveries. */
type Making = { readonly actor: Actor; readonly today: JstDate; readonly now: Instant };

/**
 * Makes the orders of deliveries in the caller's transaction, which has locked the application.
 * Resolves to the order of each delivery.
 */
export async function makeDeliveries(
  client: Connection,
  application: StoredSubscription,
  deliveries: readonly Planned[],
  making: Making,
): Promise<{ readonly n: number; readonly orderNumber: string }[]> {
  const made: { n: number; orderNumber: string }[] = [];
  for (const delivery of deliveries) {
    made.push({ n: delivery.n, orderNumber: await makeOne(client, application, delivery, making) });
  }
  return made;
}

async function makeOne(
  client: Connection,
  application: StoredSubscription,
  delivery: Planned,
  { actor, today, now }: Making,
): Promise<string> {
  const { shopId, code, customerId } = application;
  const orderNumber = await takeNumber(client, shopId);
  const order = orderOf(application, wishedOn(delivery, today), orderNumber, now);
  const [outcome] = await placeOrders(client, [order], actor);
  if (outcome?.kind !== 'placed') throw new Error(`the number ${orderNumber} of our own is taken`);
  await client.query(
    `insert into subscription_deliveries (shop_id, code, n, deliver_on, state, order_number,
       to_authorize, actor)
     values ($1, $2, $3, $4, 'ordered', $5, $6, $7)`,
    [shopId, code, delivery.n, delivery.deliverOn, orderNumber, customerId !== null, actor],
  );
  return orderNumber;
}

/**
 * Saves the number of counted deliveries and the next one; without a next one the application is
 * finished.
 */
export async function saveSchedule(
  client: Queryable,
  { shopId, code, lastDelivery, nextDeliveryOn }: StoredSubscription,
): Promise<void> {
  await client.query(
    `update subscriptions set last_delivery = $4, next_delivery_on = $3::date,
       status = case when $3::date is null then 'finished' else status end
      where shop_id = $1 and code = $2`,
    [shopId, code, nextDeliveryOn, lastDelivery],
  );
}

/** Returns the order of a delivery; the customer wishes for the delivery's day. */
function orderOf(
  application: StoredSubscription,
  requestedDate: JstDate | null,
  orderNumber: string,
  now: Instant,
) {
  const { type, channel, paymentKind, paymentMethod, amounts, details, customerId } = application;
  const destinations = details.destinations.map((destination) => ({
    ...destination,
    requestedDate,
    shippedOn: null,
    trackingNumber: '',
  }));
  const incoming = placeOrderSchema.parse({
    orderNumber,
    type,
    channel,
    paymentKind,
    paymentMethod,
    amounts,
    placedAt: new Date(now).toISOString(),
    details: { ...details, destinations },
    ...(customerId === null ? {} : { transaction: { kind: 'customer', customerId } }),
  });
  return newOrder(application.shopId, incoming);
}

/**
 * Takes Renkei's next own order number: 8, eight digits, and three check digits against typing
 * errors.
 */
async function takeNumber(client: Connection, shopId: string): Promise<string> {
  const { rows } = await client.query<{ last: number }>(
    `insert into own_order_numbers as own (shop_id, last) values ($1, 1)
     on conflict (shop_id) do update set last = own.last + 1 returning last`,
    [shopId],
  );
  const serial = `8${String(rows[0]?.last ?? 0).padStart(8, '0')}`;
  return `${serial}${String(Number(serial) % 997).padStart(3, '0')}`;
}
