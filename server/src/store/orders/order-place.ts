import { createHash } from 'node:crypto';
import type { OrderEvent } from '@renkei/core/domain/order/events.ts';
import { differingFields, type FirstTold } from '@renkei/core/domain/order/handed-over.ts';
import { billedOf } from '@renkei/core/domain/order/order.ts';
import type { OrderDetails } from '@renkei/core/domain/order/order-details.ts';
import {
  type IncomingOrder,
  type NewOrder,
  newOrder,
} from '@renkei/core/domain/order/place-order.ts';
import { placedOf } from '@renkei/core/domain/order/placed.ts';
import { domesticPhoneOf } from '@renkei/core/domain/values/phone.ts';
import type { Actor } from '@renkei/core/turns/operation.ts';
import { type Column, computed, namesOf, type Row, rowFrom } from '../db/codec.ts';
import { type Db, isUniqueViolation, type Queryable, timestamp, transaction } from '../db/db.ts';
import { queuePlacementMails } from '../mails/mails.ts';
import { ORDER } from './rows.ts';

/** The details, with the columns that lists show and search. */
export const SEARCHED: readonly Column<OrderDetails>[] = [
  computed('customer_name', 'text', ({ customer }) => searchable(customer.name)),
  computed('customer_kana', 'text', ({ customer }) => searchable(customer.kana)),
  computed('customer_phone', 'text', ({ customer }) => dialled(customer.phone)),
  computed('customer_email', 'text', ({ customer }) => customer.email),
  computed('prefecture', 'text', ({ destinations: [first] }) => first?.prefecture ?? ''),
  computed('multiple_destinations', 'boolean', ({ destinations }) => destinations.length > 1),
  computed('requested_delivery', 'text', ({ destinations: [first] }) => requestedDelivery(first)),
  computed('details', 'jsonb', (details) => details),
];

export type Placed =
  | { readonly kind: 'placed' }
  /** The order exists and says the same as at its first hand-over (O5). */
  | { readonly kind: 'unchanged' }
  /** The number exists with other content; nothing is overwritten. `differs`: JSON Pointers. */
  | { readonly kind: 'conflict'; readonly differs: readonly string[] };

/** True if a 取引番号 belongs to another order: of the orders that hold it now, or once held it. */
export function isTransactionTaken(error: unknown): boolean {
  return OWNERS.some((constraint) => isUniqueViolation(error, constraint));
}

const OWNERS = ['orders_by_seqno', 'one_owner_per_transaction'];

/** Places an incoming order. Throws {@link RedirectPaymentTaken}; see {@link isTransactionTaken}. */
export async function placeOrder(
  db: Db,
  shopId: string,
  incoming: IncomingOrder,
  actor: Actor,
): Promise<Placed> {
  const place = () => placeOne(db, shopId, incoming, actor);
  return place().catch((error: unknown) => {
    if (!isTransactionTaken(error)) throw error;
    // The owner may be this very order, handed over at the same moment: now it can be found.
    return place();
  });
}

async function placeOne(
  db: Db,
  shopId: string,
  incoming: IncomingOrder,
  actor: Actor,
): Promise<Placed> {
  return transaction(db, async (client) => {
    const [outcome] = await placeOrders(client, [newOrder(shopId, incoming)], actor);
    if (outcome === undefined) throw new Error('placing one order gave no outcome');
    const { orderNumber, type } = incoming;
    if (outcome.kind === 'placed') {
      await queuePlacementMails(client, { shopId, orderNumber }, type === 'preorder');
    }
    return outcome;
  });
}

/**
 * Places many orders in the caller's transaction; returns the outcomes in the orders' sequence. An
 * existing order keeps its old 発行番号 beside a new one (O5). Throws {@link RedirectPaymentTaken}.
 */
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

  const compared = await compareWithFirst(
    client,
    orders.filter(({ order }) => !isNew.has(order.orderNumber)),
  );
  const outcomes = orders.map(({ order }) => compared.get(order.orderNumber) ?? PLACED);
  const accepted = orders.filter((_, index) => outcomes[index]?.kind !== 'conflict');
  await takeInRedirects(client, accepted);
  return outcomes;
}

/** Returns the outcomes of {@link placeOrders} by reading only, for orders of one shop. */
export async function judgePlacing(db: Queryable, orders: readonly NewOrder[]): Promise<Placed[]> {
  for (const { order } of orders) billedOf(order.amounts); // throws as placing them would
  const compared = await compareWithFirst(db, orders);
  return orders.map(({ order }) => compared.get(order.orderNumber) ?? PLACED);
}

const PLACED: Placed = { kind: 'placed' };

const COLUMNS = `${namesOf([...ORDER.columns, ...SEARCHED])}, card_token_hash`;

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

/** The 発行番号 of an incoming order belongs to another order. */
export class RedirectPaymentTaken extends Error {}

async function takeInRedirects(client: Queryable, orders: readonly NewOrder[]): Promise<void> {
  const given = orders.flatMap(({ order: { shopId, orderNumber }, redirect }) =>
    redirect === undefined ? [] : { shopId, orderNumber, ...redirect },
  );
  if (given.length === 0) return;
  const { rowCount } = await client.query(INSERT_REDIRECTS, [JSON.stringify(given)]);
  if (rowCount !== given.length) throw new RedirectPaymentTaken('a 発行番号 is of another order');
}

/** Due for a look soon: the customer may have paid before the order arrives. */
const INSERT_REDIRECTS = `
  insert into redirect_payments as known (shop_id, settleno, order_number, slip_id, amount, due_at)
  select "shopId", settleno, "orderNumber", "slipId", amount, now()
    from jsonb_to_recordset($1::jsonb) as given (
      "shopId" text, settleno text, "orderNumber" text, "slipId" text, amount int)
  on conflict (shop_id, settleno) do update set due_at = known.due_at
    where known.order_number = excluded.order_number
  returning settleno`;

function rowOf({ order, details, cardToken }: NewOrder): Row {
  const hash = cardToken === undefined ? null : hashOf(cardToken);
  return { ...ORDER.row(order), ...rowFrom(SEARCHED, details), card_token_hash: hash };
}

function firstEntry({ order, cameIn }: NewOrder): object {
  const { shopId, orderNumber } = order;
  const event: OrderEvent = { kind: 'order_placed', order: placedOf(cameIn?.order ?? order) };
  return { shopId, orderNumber, at: timestamp(cameIn?.at ?? null), event };
}

/**
 * O5: compares orders with their first hand-over: the first journal entry, 初回受注情報, the token's
 * hash, and the redirect payment of the same 発行番号. Leaves new numbers out. A row returns its
 * content only if that differs.
 */
async function compareWithFirst(
  client: Queryable,
  orders: readonly NewOrder[],
): Promise<ReadonlyMap<string, Placed>> {
  if (orders.length === 0) return new Map();
  const { rows } = await client.query<KnownOrder>(FIND_KNOWN, [
    JSON.stringify(orders.map(comparable)),
  ]);
  const known = new Map(rows.map((row) => [row.order_number, row]));
  return new Map(
    orders.flatMap((order): [string, Placed][] => {
      const row = known.get(order.order.orderNumber);
      if (row === undefined) return [];
      const differs = differingFrom(row, order);
      const placed: Placed =
        differs.length === 0 ? { kind: 'unchanged' } : { kind: 'conflict', differs };
      return [[order.order.orderNumber, placed]];
    }),
  );
}

type KnownOrder = {
  order_number: string;
  /** Null if equal to the present hand-over, to the letter. */
  first: FirstTold | null;
  /** Null if the order has none, or is older than these hashes. */
  card_token_hash: string | null;
  redirect: { slipId: string; amount: number } | null;
};

function differingFrom(known: KnownOrder, again: NewOrder): string[] {
  const { redirect, cardToken } = again;
  const fields = known.first === null ? [] : differingFields(known.first, again);
  const hash = known.card_token_hash;
  if (hash !== null && cardToken !== undefined && hash !== hashOf(cardToken)) {
    fields.push('/transaction/token');
  }
  if (known.redirect === null || redirect === undefined) return fields;
  if (known.redirect.amount !== redirect.amount) fields.push('/redirectPayment/amount');
  if (known.redirect.slipId !== redirect.slipId) fields.push('/redirectPayment/slipId');
  return fields;
}

function comparable(order: NewOrder): object {
  const { details, redirect } = order;
  return { ...firstEntry(order), details, settleno: redirect?.settleno ?? null };
}

const FIND_KNOWN = `
  select o.order_number, o.card_token_hash,
      case when j.event = given.event and told.details = given.details then null
        else jsonb_build_object('order', j.event -> 'order', 'details', told.details) end as first,
      (select jsonb_build_object('slipId', r.slip_id, 'amount', r.amount) from redirect_payments r
        where r.shop_id = o.shop_id and r.settleno = given.settleno
          and r.order_number = o.order_number) as redirect
    from jsonb_to_recordset($1::jsonb) as given (
      "shopId" text, "orderNumber" text, event jsonb, details jsonb, settleno text)
    join orders o on o.shop_id = given."shopId" and o.order_number = given."orderNumber"
    join journal j on j.shop_id = o.shop_id and j.order_number = o.order_number and j.version = 1
   cross join lateral (select coalesce(o.first_details, o.details) as details) as told`;

/** A token pays once; its hash only tells whether the cart repeats its request. */
function hashOf(cardToken: string): string {
  return createHash('sha256').update(cardToken).digest('hex');
}

function requestedDelivery(destination: OrderDetails['destinations'][number] | undefined): string {
  if (destination === undefined) return '';
  const { requestedDate, requestedTime } = destination;
  return [requestedDate?.replaceAll('-', '/') ?? '', requestedTime].filter(Boolean).join(' ');
}

/** Removes outer and doubled spaces; keeps the rest as received. */
function searchable(name: string): string {
  return name.trim().replace(/\s+/gu, ' ');
}

/** The digits as one dials them in Japan; +81 is left out. */
export function dialled(phone: string): string {
  return digits(domesticPhoneOf(phone) ?? phone);
}

export function digits(phone: string): string {
  return phone.normalize('NFKC').replace(/\D/g, '');
}
