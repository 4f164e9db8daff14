import type { OrderEvent } from '@renkei/core/domain/events.ts';
import { billedOf } from '@renkei/core/domain/order.ts';
import type { OrderDetails } from '@renkei/core/domain/order-details.ts';
import { type IncomingOrder, type NewOrder, newOrder } from '@renkei/core/domain/place-order.ts';
import type { Actor } from '@renkei/core/turns/operation.ts';
import { type Column, computed, namesOf, type Row, rowFrom } from '../db/codec.ts';
import { type Db, type Queryable, timestamp, transaction } from '../db/db.ts';
import { queuePlacementMails } from '../mails/mails.ts';
import { ORDER } from './rows.ts';

/** The details, and what lists show of them and search for. */
export const SEARCHED: readonly Column<OrderDetails>[] = [
  computed('customer_name', 'text', ({ customer }) => searchable(customer.name)),
  computed('customer_kana', 'text', ({ customer }) => searchable(customer.kana)),
  computed('customer_phone', 'text', ({ customer }) => digits(customer.phone)),
  computed('customer_email', 'text', ({ customer }) => customer.email),
  computed('prefecture', 'text', ({ destinations: [first] }) => first?.prefecture ?? ''),
  computed('multiple_destinations', 'boolean', ({ destinations }) => destinations.length > 1),
  computed('requested_delivery', 'text', ({ destinations: [first] }) => requestedDelivery(first)),
  computed('details', 'jsonb', (details) => details),
];

export type Placed = 'placed' | 'unchanged' | 'conflict';

/**
 * Places an order as it comes in. `unchanged`: it is there already, with the same content.
 * `conflict`: the number is there, placed with other content; nothing is overwritten.
 */
export async function placeOrder(
  db: Db,
  shopId: string,
  incoming: IncomingOrder,
  actor: Actor,
): Promise<Placed> {
  return transaction(db, async (client) => {
    const [outcome] = await placeOrders(client, [newOrder(shopId, incoming)], actor);
    if (outcome === undefined) throw new Error('placing one order gave no outcome');
    const { orderNumber, type } = incoming;
    if (outcome === 'placed') {
      await queuePlacementMails(client, { shopId, orderNumber }, type === 'preorder');
    }
    return outcome;
  });
}

/** Places many orders in the caller's transaction; the outcomes stand in the orders' sequence. */
export async function placeOrders(
  client: Queryable,
  orders: readonly NewOrder[],
  actor: Actor,
): Promise<Placed[]> {
  for (const { order } of orders) billedOf(order.amounts); // throws before anything is written
  const rows = JSON.stringify(orders.map(rowOf));
  const { rows: placed } = await client.query<{ order_number: string }>(INSERT_ORDERS, [rows]);
  const isNew = new Set(placed.map((row) => row.order_number));
  const fresh = orders.filter(({ order }) => isNew.has(order.orderNumber));
  await client.query(INSERT_JOURNAL, [JSON.stringify(fresh.map(firstEntry)), actor]);
  const redirects = fresh.flatMap(({ order: { shopId, orderNumber }, redirect }) =>
    redirect === undefined ? [] : { shopId, orderNumber, ...redirect },
  );
  await client.query(INSERT_REDIRECTS, [JSON.stringify(redirects)]);

  const old = orders.filter(({ order }) => !isNew.has(order.orderNumber));
  const same = await findUnchanged(client, old);
  return orders.map(({ order }) => {
    if (isNew.has(order.orderNumber)) return 'placed';
    return same.has(order.orderNumber) ? 'unchanged' : 'conflict';
  });
}

/** What {@link placeOrders} would come to, by reading only: of orders of one shop. */
export async function judgePlacing(db: Queryable, orders: readonly NewOrder[]): Promise<Placed[]> {
  for (const { order } of orders) billedOf(order.amounts); // throws as placing them would
  const { rows } = await db.query<{ order_number: string }>(
    `select o.order_number from orders o
       join unnest($1::text[], $2::text[]) as wanted (shop_id, order_number)
         using (shop_id, order_number)`,
    [orders.map(({ order }) => order.shopId), orders.map(({ order }) => order.orderNumber)],
  );
  const known = new Set(rows.map((row) => row.order_number));
  const isOld = ({ order }: NewOrder) => known.has(order.orderNumber);
  const same = await findUnchanged(db, orders.filter(isOld));
  return orders.map((one) => {
    if (!isOld(one)) return 'placed';
    return same.has(one.order.orderNumber) ? 'unchanged' : 'conflict';
  });
}

const COLUMNS = namesOf([...ORDER.columns, ...SEARCHED]);

const INSERT_ORDERS = `
  insert into orders (${COLUMNS})
  select ${COLUMNS} from jsonb_populate_recordset(null::orders, $1::jsonb)
  on conflict (shop_id, order_number) do nothing
  returning order_number`;

const INSERT_JOURNAL = `
  insert into journal (shop_id, order_number, version, at, actor, event)
  select entry ->> 'shopId', entry ->> 'orderNumber', 1,
      coalesce((entry ->> 'at')::timestamptz, now()), $2::jsonb, entry -> 'event'
    from jsonb_array_elements($1::jsonb) as entry`;

/** To be looked at soon: it may be paid by the time that the order comes in. */
const INSERT_REDIRECTS = `
  insert into redirect_payments (shop_id, settleno, order_number, slip_id, amount, due_at)
  select "shopId", settleno, "orderNumber", "slipId", amount, now()
    from jsonb_to_recordset($1::jsonb) as given (
      "shopId" text, settleno text, "orderNumber" text, "slipId" text, amount int)`;

function rowOf({ order, details }: NewOrder): Row {
  return { ...ORDER.row(order), ...rowFrom(SEARCHED, details) };
}

function firstEntry({ order, cameIn }: NewOrder): object {
  const { shopId, orderNumber } = order;
  const { changedIn: _first, settlements: _none, ...placed } = cameIn?.order ?? order;
  const event: OrderEvent = { kind: 'order_placed', order: placed };
  return { shopId, orderNumber, at: timestamp(cameIn?.at ?? null), event };
}

/** Which of the orders were first placed with just this content. */
async function findUnchanged(
  client: Queryable,
  orders: readonly NewOrder[],
): Promise<ReadonlySet<string>> {
  if (orders.length === 0) return new Set();
  const entries = JSON.stringify(orders.map(firstEntry));
  const { rows } = await client.query<{ order_number: string }>(FIND_UNCHANGED, [entries]);
  return new Set(rows.map((row) => row.order_number));
}

const FIND_UNCHANGED = `
  select j.order_number
    from jsonb_array_elements($1::jsonb) as entry
    join journal j on j.shop_id = entry ->> 'shopId' and j.order_number = entry ->> 'orderNumber'
     and j.version = 1 and j.event = entry -> 'event'`;

function requestedDelivery(destination: OrderDetails['destinations'][number] | undefined): string {
  if (destination === undefined) return '';
  const { requestedDate, requestedTime } = destination;
  return [requestedDate?.replaceAll('-', '/') ?? '', requestedTime].filter(Boolean).join(' ');
}

/** Stored as received; only outer and doubled spaces go. */
function searchable(name: string): string {
  return name.trim().replace(/\s+/gu, ' ');
}

export function digits(phone: string): string {
  return phone.normalize('NFKC').replace(/\D/g, '');
}
