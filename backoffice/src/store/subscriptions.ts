import type { ChangeSubscription, SubscriptionInput } from '../contract/subscriptions.ts';
import type { JstDate, Order } from '../domain/order.ts';
import type { Content } from '../domain/rules/edit-amounts.ts';
import type { TransactionState } from '../domain/states.ts';
import type { Yen } from '../domain/yen.ts';
import type { Actor } from '../operations/operation.ts';
import { dayOf, followingDelivery } from '../subscriptions/schedule.ts';
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

/** A delivery, with what has become of its order. */
export type Delivery = {
  readonly code: string;
  readonly n: number;
  readonly deliverOn: JstDate;
  readonly state: 'ordered' | 'skipped';
  readonly orderNumber: string | null;
  readonly at: number;
  readonly order:
    | (Pick<Order, 'status' | 'paidOn'> & {
        readonly transactionState: TransactionState | null;
        readonly billed: Yen;
      })
    | null;
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

/** An application with a delivery whose order waits in 保留. */
const IS_HELD = `exists (select from subscription_deliveries d
  join orders o on o.shop_id = d.shop_id and o.order_number = d.order_number
  where d.shop_id = subscriptions.shop_id and d.code = subscriptions.code
    and o.status = 'on_hold')`;

/** Applications by code, from after one on. */
export async function listSubscriptions(
  db: Queryable,
  shopId: string,
  query: {
    readonly status?: string | undefined;
    readonly held?: string | undefined;
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
        ${query.held === undefined ? '' : `and ${IS_HELD}`}
      order by code limit $5`,
    [shopId, query.status ?? null, query.after ?? null, prefix, query.limit],
  );
  return rows;
}

/** How many applications a shop has of each status, and how many with an order in 保留. */
export async function countSubscriptions(db: Queryable, shopId: string) {
  const { rows } = await db.query<Record<StoredSubscription['status'] | 'held', number>>(
    `select count(*) filter (where status = 'active') as active,
        count(*) filter (where status = 'cancelled') as cancelled,
        count(*) filter (where status = 'finished') as finished,
        count(*) filter (where ${IS_HELD}) as held
       from subscriptions where shop_id = $1`,
    [shopId],
  );
  return rows[0] ?? { active: 0, cancelled: 0, finished: 0, held: 0 };
}

/** The last deliveries of some applications, newest first: of each, as many as are asked for. */
export async function listDeliveries(
  db: Queryable,
  shopId: string,
  codes: readonly string[],
  most: number,
): Promise<Delivery[]> {
  const { rows } = await db.query<Delivery>(
    `select d.code, d.n, d.deliver_on as "deliverOn", d.state, d.order_number as "orderNumber",
        d.at, case when o.order_number is not null then jsonb_build_object('status', o.status,
          'transactionState', o.transaction_state, 'paidOn', o.paid_on, 'billed', o.billed)
        end as "order"
       from unnest($2::text[]) as wanted (code)
       cross join lateral (select * from subscription_deliveries s
         where s.shop_id = $1 and s.code = wanted.code order by s.n desc limit $3) d
       left join orders o on o.shop_id = d.shop_id and o.order_number = d.order_number
      order by d.code, d.n desc`,
    [shopId, codes, most],
  );
  return rows;
}

export type SubscriptionChanged = StoredSubscription | 'changed' | 'not_active' | 'not_skipped';

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
  const after = { cycle, nextDeliveryOn, customerId };
  const event = (before: StoredSubscription) => ({
    kind: 'changed',
    before: pick(before, after),
    after,
  });
  return changing(db, change, event, (client) =>
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

/** Of a thing, what another one says anything of. */
function pick(from: object, like: object): object {
  const said = Object.entries(like).filter(([, value]) => value !== undefined);
  return Object.fromEntries(said.map(([name]) => [name, Reflect.get(from, name)]));
}

/** Other products and amounts, from the next delivery on; orders that were made stay as they are. */
export function changeContent(
  db: Db,
  change: Change,
  before: Content,
  after: Content,
): Promise<SubscriptionChanged> {
  const event = { kind: 'content_changed', before, after };
  return changing(db, change, event, (client, { details }) => {
    const destinations = details.destinations.map((destination, n) => ({
      ...destination,
      lines: after.lines[n],
    }));
    return client.query(
      `update subscriptions set amounts = $3, details = $4 where shop_id = $1 and code = $2`,
      [change.shopId, change.code, after.amounts, { ...details, destinations }],
    );
  });
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

/**
 * お休みを取り消す: the skipped delivery comes after all, where it is the last that was counted and
 * its day has not passed. An application that ended with it goes on.
 */
export function restoreDelivery(
  db: Db,
  change: Change,
  today: JstDate,
): Promise<SubscriptionChanged> {
  const restore = async (client: Queryable, found: StoredSubscription) => {
    const { shopId, code, lastDelivery } = found;
    const { rows } = await client.query<{ deliverOn: JstDate }>(
      `delete from subscription_deliveries where shop_id = $1 and code = $2 and n = $3
         and state = 'skipped' and deliver_on >= $4 returning deliver_on as "deliverOn"`,
      [shopId, code, lastDelivery, today],
    );
    const [skipped] = rows;
    if (skipped === undefined) return 'not_skipped' as const;
    await client.query(
      `update subscriptions set last_delivery = last_delivery - 1, next_delivery_on = $3,
         status = 'active' where shop_id = $1 and code = $2`,
      [shopId, code, skipped.deliverOn],
    );
    return undefined;
  };
  return changing(db, change, { kind: 'restored' }, restore, ['active', 'finished']);
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
  event: object | ((found: StoredSubscription) => object),
  work: (client: Queryable, found: StoredSubscription) => Promise<unknown>,
  states: readonly StoredSubscription['status'][] = ['active'],
): Promise<SubscriptionChanged> {
  return transaction(db, async (client) => {
    const { rows } = await client.query<StoredSubscription>(
      `select ${SUBSCRIPTION_COLUMNS} from subscriptions
        where shop_id = $1 and code = $2 for update`,
      [shopId, code],
    );
    const [found] = rows;
    if (found === undefined || found.version !== version) return 'changed';
    if (!states.includes(found.status)) return 'not_active';
    if ((await work(client, found)) === 'not_skipped') return 'not_skipped';
    await client.query(
      'update subscriptions set version = version + 1 where shop_id = $1 and code = $2',
      [shopId, code],
    );
    const after = await loadSubscription(client, shopId, code);
    if (after === null) throw new Error('an application is gone');
    await log(client, after, actor, typeof event === 'function' ? event(found) : event);
    return after;
  });
}

/** Counts a delivery that was made or skipped, and finds the next; the last one ends it. */
export async function moveOn(client: Queryable, found: StoredSubscription): Promise<void> {
  const { shopId, code, cycle, dayOfMonth, nextDeliveryOn, deliveries, lastDelivery } = found;
  if (nextDeliveryOn === null) throw new Error('an application without a next delivery');
  const isLast = deliveries !== null && lastDelivery + 1 >= deliveries;
  const next = isLast ? null : followingDelivery(nextDeliveryOn, cycle, dayOfMonth);
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
