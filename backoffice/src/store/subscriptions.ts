import type { ChangeSubscription, SubscriptionInput } from '../contract/subscriptions.ts';
import type { JstDate } from '../domain/order.ts';
import type { Actor } from '../operations/operation.ts';
import { dayOf, nextDelivery } from '../subscriptions/schedule.ts';
import { type Db, isUniqueViolation, type Queryable, transaction } from './db.ts';

/** An application with what was delivered of it. */
export type StoredSubscription = Omit<
  SubscriptionInput,
  'nextDeliveryOn' | 'deliveries' | 'customerId'
> & {
  readonly shopId: string;
  readonly status: 'active' | 'cancelled' | 'finished';
  readonly nextDeliveryOn: JstDate | null;
  readonly deliveries: number | null;
  readonly customerId: string | null;
  readonly dayOfMonth: number;
  /** How many deliveries were made or skipped. */
  readonly lastDelivery: number;
  readonly customerName: string;
  readonly version: number;
  readonly createdAt: number;
};

export type Delivery = {
  readonly n: number;
  readonly deliverOn: JstDate;
  readonly state: 'ordered' | 'skipped';
  readonly orderNumber: string | null;
};

export const SUBSCRIPTION_COLUMNS = `shop_id as "shopId", code, type, status, channel, cycle,
  day_of_month as "dayOfMonth", next_delivery_on as "nextDeliveryOn", lead_days as "leadDays",
  deliveries, last_delivery as "lastDelivery", payment_kind as "paymentKind",
  payment_method as "paymentMethod", customer_id as "customerId", amounts, details,
  customer_name as "customerName", version, created_at as "createdAt"`;

export async function createSubscription(
  db: Db,
  shopId: string,
  input: SubscriptionInput,
  actor: Actor,
): Promise<StoredSubscription | 'exists'> {
  try {
    return await transaction(db, async (client) => {
      const { rows } = await client.query<StoredSubscription>(
        `insert into subscriptions (shop_id, code, type, channel, cycle, day_of_month,
           next_delivery_on, lead_days, deliveries, payment_kind, payment_method, customer_id,
           amounts, details, customer_name)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
         returning ${SUBSCRIPTION_COLUMNS}`,
        [
          ...[shopId, input.code, input.type, input.channel, input.cycle],
          ...[dayOf(input.nextDeliveryOn), input.nextDeliveryOn, input.leadDays],
          ...[input.deliveries ?? null, input.paymentKind, input.paymentMethod],
          ...[input.customerId ?? null, input.amounts, input.details, input.details.customer.name],
        ],
      );
      const [made] = rows;
      if (made === undefined) throw new Error('an application was not made');
      await log(client, made, actor, { kind: 'applied' });
      return made;
    });
  } catch (error) {
    if (isUniqueViolation(error, 'subscriptions_pkey')) return 'exists';
    throw error;
  }
}

export async function loadSubscription(
  db: Queryable,
  shopId: string,
  code: string,
): Promise<StoredSubscription | null> {
  const { rows } = await db.query<StoredSubscription>(
    `select ${SUBSCRIPTION_COLUMNS} from subscriptions where shop_id = $1 and code = $2`,
    [shopId, code],
  );
  return rows[0] ?? null;
}

/** Applications by code, from after one on. */
export async function listSubscriptions(
  db: Queryable,
  shopId: string,
  query: {
    readonly status?: string | undefined;
    readonly q?: string | undefined;
    readonly after?: string | undefined;
    readonly limit: number;
  },
): Promise<StoredSubscription[]> {
  const prefix = query.q?.trim() ? `${query.q.trim().replace(/[\\%_]/g, '\\$&')}%` : null;
  const { rows } = await db.query<StoredSubscription>(
    `select ${SUBSCRIPTION_COLUMNS} from subscriptions
      where shop_id = $1 and ($2::text is null or status = $2) and ($3::text is null or code > $3)
        and ($4::text is null or customer_name like $4 or code like $4)
      order by code limit $5`,
    [shopId, query.status ?? null, query.after ?? null, prefix, query.limit],
  );
  return rows;
}

export async function listDeliveries(
  db: Queryable,
  shopId: string,
  codes: readonly string[],
): Promise<(Delivery & { readonly code: string })[]> {
  const { rows } = await db.query<Delivery & { readonly code: string }>(
    `select code, n, deliver_on as "deliverOn", state, order_number as "orderNumber"
       from subscription_deliveries where shop_id = $1 and code = any($2) order by code, n desc`,
    [shopId, codes],
  );
  return rows;
}

export type SubscriptionChanged = StoredSubscription | 'changed' | 'not_active';

/** What is done to an application that is active, unless somebody else has since `version`. */
type Change = {
  readonly shopId: string;
  readonly code: string;
  readonly version: number;
  readonly actor: Actor;
};

/** Another cycle, next day, or card. */
export function changeSubscription(
  db: Db,
  change: Change,
  { cycle, nextDeliveryOn, customerId }: ChangeSubscription,
): Promise<SubscriptionChanged> {
  return changing(db, change, { kind: 'changed', cycle, nextDeliveryOn, customerId }, (client) =>
    client.query(
      `update subscriptions set cycle = coalesce($3, cycle),
         next_delivery_on = coalesce($4::date, next_delivery_on),
         day_of_month = coalesce(extract(day from $4::date)::int, day_of_month),
         customer_id = coalesce($5, customer_id)
        where shop_id = $1 and code = $2`,
      [change.shopId, change.code, cycle ?? null, nextDeliveryOn ?? null, customerId ?? null],
    ),
  );
}

/** 次回のお届けをお休みする: the next delivery is left out, and the one after is next. */
export function skipDelivery(db: Db, change: Change): Promise<SubscriptionChanged> {
  return changing(db, change, { kind: 'skipped' }, async (client, found) => {
    const { shopId, code, nextDeliveryOn } = found;
    await client.query(
      `insert into subscription_deliveries (shop_id, code, n, deliver_on, state, actor)
       values ($1, $2, $3, $4, 'skipped', $5)`,
      [shopId, code, found.lastDelivery + 1, nextDeliveryOn, change.actor],
    );
    await moveOn(client, found);
  });
}

/** 解約: what is ordered already stays. */
export function cancelSubscription(db: Db, change: Change): Promise<SubscriptionChanged> {
  return changing(db, change, { kind: 'cancelled' }, (client) =>
    client.query(
      `update subscriptions set status = 'cancelled', next_delivery_on = null
        where shop_id = $1 and code = $2`,
      [change.shopId, change.code],
    ),
  );
}

async function changing(
  db: Db,
  { shopId, code, version, actor }: Change,
  event: object,
  work: (client: Queryable, found: StoredSubscription) => Promise<unknown>,
): Promise<SubscriptionChanged> {
  return transaction(db, async (client) => {
    const { rows } = await client.query<StoredSubscription>(
      `select ${SUBSCRIPTION_COLUMNS} from subscriptions
        where shop_id = $1 and code = $2 for update`,
      [shopId, code],
    );
    const [found] = rows;
    if (found === undefined || found.version !== version) return 'changed';
    if (found.status !== 'active') return 'not_active';
    await work(client, found);
    await client.query(
      'update subscriptions set version = version + 1 where shop_id = $1 and code = $2',
      [shopId, code],
    );
    const after = await loadSubscription(client, shopId, code);
    if (after === null) throw new Error('an application is gone');
    await log(client, after, actor, event);
    return after;
  });
}

/** Counts a delivery that was made or skipped, and finds the next; the last one ends it. */
export async function moveOn(client: Queryable, found: StoredSubscription): Promise<void> {
  const { shopId, code, cycle, dayOfMonth, nextDeliveryOn, deliveries, lastDelivery } = found;
  if (nextDeliveryOn === null) throw new Error('an application without a next delivery');
  const isLast = deliveries !== null && lastDelivery + 1 >= deliveries;
  const next = isLast ? null : nextDelivery(nextDeliveryOn, cycle, dayOfMonth);
  await client.query(
    `update subscriptions set last_delivery = last_delivery + 1, next_delivery_on = $3::date,
       status = case when $3::date is null then 'finished' else status end
      where shop_id = $1 and code = $2`,
    [shopId, code, next],
  );
}

async function log(
  client: Queryable,
  { shopId, code, version }: StoredSubscription,
  actor: Actor,
  event: object,
): Promise<void> {
  await client.query(
    `insert into subscription_log (shop_id, code, version, actor, event)
     values ($1, $2, $3, $4, $5)`,
    [shopId, code, version, actor, event],
  );
}
