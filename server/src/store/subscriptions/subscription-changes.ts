import type { ChangeSubscription } from '@renkei/contract/shop/subscriptions.ts';
import { billedOf } from '@renkei/core/domain/order/order.ts';
import { amountsOf } from '@renkei/core/domain/order/place-order.ts';
import type { Content } from '@renkei/core/domain/rules/edit-amounts.ts';
import {
  decideOverdue,
  dueOf,
  isToCome,
  type OverdueAnswer,
} from '@renkei/core/domain/subscriptions/due.ts';
import {
  changesOf,
  dayOfMonthAfter,
  type Planned,
  plannedDeliveries,
  scheduleAfter,
} from '@renkei/core/domain/subscriptions/schedule.ts';
import { DateRangeError, type Instant, type JstDate } from '@renkei/core/domain/values/jst.ts';
import type { Actor } from '@renkei/core/turns/operation.ts';
import { loadSafeMode } from '../audit/safe-mode.ts';
import type { RowOf } from '../db/codec.ts';
import { type Connection, type Db, type Queryable, transaction } from '../db/db.ts';
import { makeDeliveries, saveSchedule } from './delivery-orders.ts';
import { type StoredSubscription, SUBSCRIPTION } from './rows.ts';
import { loadSubscription, logSubscription } from './subscriptions.ts';

/** The reason why nothing was changed and nothing written. */
export type NotChanged =
  | 'changed'
  | 'not_active'
  | 'not_skipped'
  | 'day_passed'
  | 'overdue'
  | 'not_overdue'
  | 'too_many_overdue'
  | 'safe_mode';
export type SubscriptionChanged = StoredSubscription | NotChanged;

/** A change of an active application, unless somebody else has changed it since `version`. */
export type SubscriptionChange = {
  readonly shopId: string;
  readonly code: string;
  readonly version: number;
  readonly actor: Actor;
  /** The JST date, by the clock of all servers. */
  readonly today: JstDate;
};

/** The result as logged; or the reason why nothing was done. */
type Work = (
  client: Connection,
  found: StoredSubscription,
) => Promise<{ readonly kind: string } | NotChanged | 'same'>;

/**
 * Changes cycle, next day, or card. Equal values are no change: the month's end stays the month's
 * end, and without a difference nothing is written.
 */
export function changeSubscription(
  db: Db,
  change: SubscriptionChange,
  given: ChangeSubscription,
): Promise<SubscriptionChanged> {
  return changing(db, change, async (client, found) => {
    const { shopId, code, cycle, nextDeliveryOn, customerId } = found;
    const schedule = changesOf(found, given);
    const isOtherCard = given.customerId !== undefined && given.customerId !== customerId;
    const after = { ...schedule, ...(isOtherCard && { customerId: given.customerId }) };
    if (Object.keys(after).length === 0) return 'same';
    const next = schedule.nextDeliveryOn;
    if (next !== undefined && !isToCome(next, change.today)) return 'day_passed';

    await client.query(
      `update subscriptions set cycle = $3, next_delivery_on = $4, day_of_month = $5,
         customer_id = $6
        where shop_id = $1 and code = $2`,
      [
        shopId,
        code,
        schedule.cycle ?? cycle,
        next ?? nextDeliveryOn,
        dayOfMonthAfter(found, schedule),
        given.customerId ?? customerId,
      ],
    );
    return { kind: 'changed', before: pick(found, after), after };
  });
}

/** The properties of `from` that `like` sets. */
function pick(from: object, like: object): object {
  return Object.fromEntries(Object.keys(like).map((name) => [name, Reflect.get(from, name)]));
}

/** Changes products and amounts from the next delivery on; existing orders stay as they are. */
export function changeContent(
  db: Db,
  change: SubscriptionChange,
  before: Content,
  after: Content,
): Promise<SubscriptionChanged> {
  return changing(db, change, async (client, { shopId, code, details }) => {
    const destinations = details.destinations.map((destination, n) => ({
      ...destination,
      lines: after.lines[n],
    }));
    await client.query(
      `update subscriptions set amounts = $3, details = $4 where shop_id = $1 and code = $2`,
      [shopId, code, after.amounts, { ...details, destinations }],
    );
    return { kind: 'content_changed', before, after };
  });
}

/**
 * 次回のお届けをお休みする: skips the next delivery, so that the one after is next. Overdue deliveries must be
 * settled first, because the delivery shown as next is not theirs.
 */
export function skipDelivery(db: Db, change: SubscriptionChange): Promise<SubscriptionChanged> {
  return changing(db, change, async (client, found) => {
    if (dueOf(found, change.today).kind === 'overdue') return 'overdue';
    const [next] = plannedDeliveries(found, 1);
    // An active application has a next delivery, unless its stored day is no business date.
    if (next === undefined) throw new DateRangeError(`the next delivery, ${found.nextDeliveryOn},`);
    await insertSkipped(client, found, [next], change.actor);
    await saveSchedule(client, scheduleAfter(found, next));
    return { kind: 'skipped' };
  });
}

/**
 * Makes one or all of the overdue deliveries, or none: each becomes an order or is skipped, in one
 * transaction, and the schedule continues from there. The next round authorizes the orders' cards,
 * as for all deliveries. In safe mode it makes no order.
 */
export function settleOverdue(
  db: Db,
  change: SubscriptionChange,
  wanted: { readonly answer: OverdueAnswer; readonly seen: number },
  now: Instant,
): Promise<SubscriptionChanged> {
  const { actor, today } = change;
  return changing(db, change, async (client, found) => {
    const decided = decideOverdue(found, wanted, today);
    if (decided.kind === 'refused') return decided.why;
    const { made, skipped } = decided;
    if (made.length > 0 && (await loadSafeMode(client)) !== null) return 'safe_mode';
    const last = [...skipped, ...made].reduce((one, other) => (one.n > other.n ? one : other));

    const orders = await makeDeliveries(client, found, made, { actor, today, now });
    await insertSkipped(client, found, skipped, actor);
    await saveSchedule(client, scheduleAfter(found, last));
    const amount = billedOf(amountsOf(found.amounts)) * made.length;
    return { kind: 'overdue_settled', answer: wanted.answer, made: orders, skipped, amount };
  });
}

async function insertSkipped(
  client: Queryable,
  { shopId, code }: StoredSubscription,
  skipped: readonly Planned[],
  actor: Actor,
): Promise<void> {
  await client.query(
    `insert into subscription_deliveries (shop_id, code, n, deliver_on, state, actor)
     select $1, $2, n, "deliverOn", 'skipped', $4
       from jsonb_to_recordset($3::jsonb) as given (n int, "deliverOn" date)`,
    [shopId, code, JSON.stringify(skipped), actor],
  );
}

/**
 * お休みを取り消す: restores the skipped delivery if it is the last counted one and its day has not passed.
 * An application that ended with it continues.
 */
export function restoreDelivery(db: Db, change: SubscriptionChange): Promise<SubscriptionChanged> {
  const restore: Work = async (client, { shopId, code, lastDelivery }) => {
    const { rows } = await client.query<{ deliverOn: JstDate }>(
      `delete from subscription_deliveries where shop_id = $1 and code = $2 and n = $3
         and state = 'skipped' and deliver_on >= $4 returning deliver_on as "deliverOn"`,
      [shopId, code, lastDelivery, change.today],
    );
    const [skipped] = rows;
    if (skipped === undefined) return 'not_skipped';
    await client.query(
      `update subscriptions set last_delivery = last_delivery - 1, next_delivery_on = $3,
         status = 'active' where shop_id = $1 and code = $2`,
      [shopId, code, skipped.deliverOn],
    );
    return { kind: 'restored' };
  };
  return changing(db, change, restore, ['active', 'finished']);
}

/** 解約: existing orders stay. */
export function cancelSubscription(
  db: Db,
  change: SubscriptionChange,
): Promise<SubscriptionChanged> {
  return changing(db, change, async (client, { shopId, code }) => {
    await client.query(
      `update subscriptions set status = 'cancelled', next_delivery_on = null
        where shop_id = $1 and code = $2`,
      [shopId, code],
    );
    return { kind: 'cancelled' };
  });
}

async function changing(
  db: Db,
  { shopId, code, version, actor }: SubscriptionChange,
  work: Work,
  states: readonly StoredSubscription['status'][] = ['active'],
): Promise<SubscriptionChanged> {
  return transaction(db, async (client) => {
    const { rows } = await client.query<RowOf<StoredSubscription>>(
      `select ${SUBSCRIPTION.select} from subscriptions
        where shop_id = $1 and code = $2 for update`,
      [shopId, code],
    );
    const found = rows[0] && SUBSCRIPTION.read(rows[0]);
    if (found === undefined || found.version !== version) return 'changed';
    if (!states.includes(found.status)) return 'not_active';
    const done = await work(client, found);
    if (done === 'same') return found;
    if (typeof done === 'string') return done;
    await client.query(
      'update subscriptions set version = version + 1 where shop_id = $1 and code = $2',
      [shopId, code],
    );
    const after = await loadSubscription(client, shopId, code);
    if (after === null) throw new Error('an application is gone');
    await logSubscription(client, after, actor, done);
    return after;
  });
}
