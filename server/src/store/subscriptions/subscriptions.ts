import type { SubscriptionInput } from '@renkei/contract/shop/subscriptions.ts';
import { billedOf, type Order } from '@renkei/core/domain/order/order.ts';
import { amountsOf } from '@renkei/core/domain/order/place-order.ts';
import type { TransactionState } from '@renkei/core/domain/order/states.ts';
import { dueOf, isToCome } from '@renkei/core/domain/subscriptions/due.ts';
import { dayOf, type Schedule } from '@renkei/core/domain/subscriptions/schedule.ts';
import type { JstDate } from '@renkei/core/domain/values/jst.ts';
import { type Yen, yen } from '@renkei/core/domain/values/yen.ts';
import type { Actor } from '@renkei/core/turns/operation.ts';
import type { RowOf } from '../db/codec.ts';
import { type Db, isUniqueViolation, type Queryable, transaction } from '../db/db.ts';
import {
  APPLICATION,
  type StoredSubscription,
  SUBSCRIPTION,
  SUBSCRIPTION_SCHEDULE,
} from './rows.ts';

/** A delivery, with the state of its order. */
export type StoredDelivery = {
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

/**
 * Stores an application; there is no other way in. `day_passed`: its first delivery would be
 * overdue, which must be a mistake.
 */
export async function insertSubscription(
  db: Db,
  shopId: string,
  input: SubscriptionInput,
  { actor, today }: { readonly actor: Actor; readonly today: JstDate },
): Promise<StoredSubscription | 'exists' | 'day_passed'> {
  if (!isToCome(input.nextDeliveryOn, today)) return 'day_passed';
  try {
    return await transaction(db, async (client) => {
      const applied = {
        ...input,
        shopId,
        dayOfMonth: dayOf(input.nextDeliveryOn),
        deliveries: input.deliveries ?? null,
        customerId: input.customerId ?? null,
        customerName: input.details.customer.name,
      };
      const { rows } = await client.query<RowOf<StoredSubscription>>(
        `${APPLICATION.insertInto('subscriptions')} returning ${SUBSCRIPTION.select}`,
        [JSON.stringify(APPLICATION.row(applied))],
      );
      const [row] = rows;
      if (row === undefined) throw new Error('an application was not made');
      const made = SUBSCRIPTION.read(row);
      await logSubscription(client, made, actor, { kind: 'applied' });
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
  const { rows } = await db.query<RowOf<StoredSubscription>>(
    `select ${SUBSCRIPTION.select} from subscriptions where shop_id = $1 and code = $2`,
    [shopId, code],
  );
  return rows[0] ? SUBSCRIPTION.read(rows[0]) : null;
}

/** An application with a delivery whose order waits in 保留. */
const IS_HELD = `exists (select from subscription_deliveries d
  join orders o on o.shop_id = d.shop_id and o.order_number = d.order_number
  where d.shop_id = subscriptions.shop_id and d.code = subscriptions.code
    and o.status = 'on_hold')`;

/** Lists applications by code, after a given one. */
export async function listSubscriptions(
  db: Queryable,
  shopId: string,
  query: {
    readonly status?: string | undefined;
    readonly held?: boolean | undefined;
    /** Lists only these codes. */
    readonly codes?: readonly string[] | undefined;
    readonly q?: string | undefined;
    readonly after?: string | undefined;
    readonly limit: number;
  },
): Promise<StoredSubscription[]> {
  const searched = query.q?.trim() || null;
  const { rows } = await db.query<RowOf<StoredSubscription>>(
    `select ${SUBSCRIPTION.select} from subscriptions
      where shop_id = $1 and ($2::text is null or status = $2) and ($3::text is null or code > $3)
        and ($4::text is null or folded(customer_name) like folded_prefix($4)
          or folded(code) like folded_prefix($4))
        and ($6::text[] is null or code = any($6))
        ${query.held === true ? `and ${IS_HELD}` : ''}
      order by code limit $5`,
    [shopId, query.status ?? null, query.after ?? null, searched, query.limit, query.codes ?? null],
  );
  return rows.map((row) => SUBSCRIPTION.read(row));
}

/** Counts a shop's applications in each status, and those with an order in 保留. */
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

/** Lists the last deliveries of some applications, newest first, so many for each. */
export async function listDeliveries(
  db: Queryable,
  shopId: string,
  codes: readonly string[],
  most: number,
): Promise<StoredDelivery[]> {
  const { rows } = await db.query<StoredDelivery>(
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

/** An application with overdue deliveries, their number, and their yen. */
export type Overdue = { readonly code: string; readonly deliveries: number; readonly amount: Yen };

/** Lists the shop's applications whose overdue deliveries wait for a person's answer. */
export async function listOverdue(
  db: Queryable,
  shopId: string,
  today: JstDate,
): Promise<Overdue[]> {
  const { rows } = await db.query<RowOf<Schedule> & Pick<StoredSubscription, 'code' | 'amounts'>>(
    `select code, amounts, ${SUBSCRIPTION_SCHEDULE.select} from subscriptions
      where status = 'active' and next_delivery_on - lead_days <= $2::date and shop_id = $1`,
    [shopId, today],
  );
  return rows.flatMap((row) => {
    const { code, amounts } = row;
    const due = dueOf(SUBSCRIPTION_SCHEDULE.read(row), today);
    if (due.kind !== 'overdue') return [];
    const amount = yen(billedOf(amountsOf(amounts)) * due.overdue.length);
    return { code, deliveries: due.overdue.length, amount };
  });
}

/** Logs a person's change of an application. */
export async function logSubscription(
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
