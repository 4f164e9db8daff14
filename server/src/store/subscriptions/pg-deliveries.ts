import { dueOf } from '@renkei/core/domain/subscriptions/due.ts';
import { type Schedule, scheduleAfter } from '@renkei/core/domain/subscriptions/schedule.ts';
import { FIRST_DATE, type JstDate, jstDateOf } from '@renkei/core/domain/values/jst.ts';
import {
  type ApplicationRef,
  type Deliveries,
  type Delivery,
  SCHEDULE,
} from '@renkei/core/ports/deliveries.ts';
import type { RowOf } from '../db/codec.ts';
import { type Connection, type Db, type Queryable, transaction } from '../db/db.ts';
import { makeDeliveries, saveSchedule } from './delivery-orders.ts';
import { noteDeliveryRound } from './delivery-rounds.ts';
import { type StoredSubscription, SUBSCRIPTION, SUBSCRIPTION_SCHEDULE } from './rows.ts';

/** The deliveries on PostgreSQL. */
export function createPgDeliveries(db: Db): Deliveries {
  return {
    listDue: (now, limit) => listDue(db, jstDateOf(now), limit),
    make: (application, now) => transaction(db, (client) => make(client, application, now)),
    async listToAuthorize(limit) {
      const { rows } = await db.query<Delivery>(
        `select shop_id as "shopId", code, n, order_number as "orderNumber"
           from subscription_deliveries where to_authorize and ${NOT_SAFE_MODE}
          order by at, shop_id, code, n limit $1`,
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
    noteRound: () => noteDeliveryRound(db, 'done'),
  };
}

/** F-REGI knows orders made after the backup and we do not: first comes the comparison. */
const NOT_SAFE_MODE = 'not exists (select from safe_modes where released_at is null)';

/** The number of applications read at once: after an outage many may be overdue. */
const READ_AT_ONCE = 1_000;

type Candidate = ApplicationRef & RowOf<Schedule> & { readonly orderOn: JstDate };

/** Lists applications with a due delivery; overdue ones do not hold the others back. */
async function listDue(db: Queryable, today: JstDate, limit: number): Promise<ApplicationRef[]> {
  const due: ApplicationRef[] = [];
  let last: Candidate | undefined;
  do {
    const { rows } = await db.query<Candidate>(
      `select shop_id as "shopId", code, next_delivery_on - lead_days as "orderOn",
          ${SUBSCRIPTION_SCHEDULE.select}
         from subscriptions
        where status = 'active' and next_delivery_on - lead_days <= $1::date
          and next_delivery_on >= '${FIRST_DATE}' and ${NOT_SAFE_MODE}
          and ($2::date is null or (next_delivery_on - lead_days, shop_id, code) > ($2, $3, $4))
        order by next_delivery_on - lead_days, shop_id, code limit $5`,
      [today, last?.orderOn ?? null, last?.shopId ?? '', last?.code ?? '', READ_AT_ONCE],
    );
    for (const candidate of rows) {
      if (dueOf(SUBSCRIPTION_SCHEDULE.read(candidate), today).kind !== 'due') continue;
      due.push({ shopId: candidate.shopId, code: candidate.code });
      if (due.length === limit) return due;
    }
    last = rows.length === READ_AT_ONCE ? rows.at(-1) : undefined;
  } while (last !== undefined);
  return due;
}

/** Makes one order; false if nothing is due any more, or another process makes it. */
async function make(
  client: Connection,
  { shopId, code }: ApplicationRef,
  now: number,
): Promise<boolean> {
  const { rows } = await client.query<RowOf<StoredSubscription>>(
    `select ${SUBSCRIPTION.select} from subscriptions
      where shop_id = $1 and code = $2 and status = 'active' and ${NOT_SAFE_MODE}
        for update skip locked`,
    [shopId, code],
  );
  const found = rows[0] && SUBSCRIPTION.read(rows[0]);
  if (found === undefined) return false;
  const today = jstDateOf(now);
  const due = dueOf(found, today);
  if (due.kind !== 'due') return false;

  await makeDeliveries(client, found, [due.delivery], { actor: SCHEDULE, today, now });
  await saveSchedule(client, scheduleAfter(found, due.delivery));
  // A reader of the application saw another next delivery than there is now: a skip, or new
  // products from the next delivery on, would hit the one after.
  await client.query(
    'update subscriptions set version = version + 1 where shop_id = $1 and code = $2',
    [shopId, code],
  );
  return true;
}
