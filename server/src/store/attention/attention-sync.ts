import { randomUUID } from 'node:crypto';
import type { Drift } from '@renkei/core/domain/drift/drift.ts';
import {
  decideItems,
  type FoundDrift,
  type ItemChanges,
  type KnownItem,
} from '@renkei/core/domain/drift/drift-items.ts';
import type { OrderRef } from '@renkei/core/domain/order/order.ts';
import type { Instant } from '@renkei/core/domain/values/jst.ts';
import { type Connection, type Db, type Queryable, timestamp, transaction } from '../db/db.ts';

/** The findings of a comparison for one order; null if they are about strays without an order. */
export type OrderDrifts = {
  readonly orderNumber: string | null;
  readonly drifts: readonly Drift[];
};

/**
 * Compares in a transaction, one at a time for each shop, so that a comparison's results are
 * written before the next begins. Otherwise a slow comparison could overwrite a newer one and leave
 * an item open that is no longer true, until somebody touches its order again.
 */
export function comparing<T>(
  db: Db,
  shopId: string,
  compare: (client: Connection) => Promise<T>,
): Promise<T> {
  return transaction(db, async (client) => {
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
      `renkei:comparing:${shopId}`,
    ]);
    return compare(client);
  });
}

/** Returns the changes of attention items that follow from findings; null if there are none. */
export async function changesOf(
  db: Queryable,
  shopId: string,
  findings: readonly OrderDrifts[],
): Promise<ItemChanges | null> {
  const orderNumbers = findings.flatMap(({ orderNumber }) => orderNumber ?? []);
  const strays = findings.some(({ orderNumber }) => orderNumber === null);
  const found = findings.flatMap(({ orderNumber, drifts }) =>
    drifts.map((drift): FoundDrift => ({ subject: orderNumber ?? seqnoOf(drift), drift })),
  );
  const known = await selectKnown(db, shopId, orderNumbers, strays);
  const open = known.filter(({ open: isOpen }) => isOpen);
  const dismissed = known.filter(({ open: isOpen }) => !isOpen);
  const changes = decideItems(open, dismissed, found);
  const { opened, changed, agreed } = changes;
  return opened.length + changed.length + agreed.length === 0 ? null : changes;
}

/** Opens, changes and closes items, and logs each change; a part of {@link comparing}. */
export async function writeChanges(
  client: Queryable,
  shopId: string,
  { opened, changed, agreed }: ItemChanges,
): Promise<void> {
  const fresh = opened.map((found) => ({ id: randomUUID(), ...columnsOf(found) }));
  await client.query(OPEN, [shopId, JSON.stringify(fresh)]);
  const others = changed.map((found) => ({ id: found.id, ...columnsOf(found) }));
  await client.query(CHANGE, [shopId, JSON.stringify(others)]);
  await client.query(AGREE, [shopId, agreed.map(({ id }) => id)]);
}

function seqnoOf({ theirs, ours }: Drift): string {
  const seqno = ours?.seqno ?? theirs[0]?.seqno;
  if (seqno === undefined) throw new Error('a stray without a 取引番号');
  return seqno;
}

async function selectKnown(
  db: Queryable,
  shopId: string,
  orderNumbers: readonly string[],
  strays: boolean,
): Promise<(KnownItem & { readonly open: boolean })[]> {
  const { rows } = await db.query<KnownItem & { open: boolean }>({
    name: 'select-known-attention',
    text: `select id, kind, coalesce(order_number, seqno) as subject, fingerprint,
             closed_at is null as open
             from attention
            where shop_id = $1 and (order_number = any($2) or ($3 and order_number is null))
              and (closed_at is null or closed_how = 'by_hand')`,
    values: [shopId, orderNumbers, strays],
  });
  return rows;
}

function columnsOf({ subject, drift }: FoundDrift) {
  const { kind, story, urgency, amount, dueOn, fingerprint, ours, theirs } = drift;
  return {
    kind,
    story,
    urgency,
    amount,
    due_on: dueOn,
    fingerprint,
    drift,
    order_number: ours === null ? null : subject,
    seqno: ours?.seqno ?? theirs[0]?.seqno ?? null,
  };
}

const SYSTEM = `'{"kind": "system", "id": "renkei", "name": "Renkei"}'::jsonb`;

const OPEN = `
  with opened as (
    insert into attention (shop_id, id, kind, story, urgency, order_number, seqno, amount, due_on,
      drift, fingerprint)
    select $1, id, kind, story, urgency, order_number, seqno, amount, due_on, drift, fingerprint
      from jsonb_to_recordset($2::jsonb) as given (id uuid, kind text, story text, urgency text,
        order_number text, seqno text, amount int, due_on date, drift jsonb, fingerprint text)
    on conflict do nothing
    returning id, story
  )
  insert into attention_log (shop_id, attention_id, actor, action, facts)
  select $1, id, ${SYSTEM}, 'opened', jsonb_build_object('story', story) from opened`;

/** The facts have changed, so the item returns for a person who snoozed it. */
const CHANGE = `
  with changed as (
    update attention set story = given.story, urgency = given.urgency, seqno = given.seqno,
      amount = given.amount, due_on = given.due_on, drift = given.drift,
      fingerprint = given.fingerprint, version = version + 1, changed_at = now(),
      snoozed_until = null
    from jsonb_to_recordset($2::jsonb) as given (id uuid, story text, urgency text,
      seqno text, amount int, due_on date, drift jsonb, fingerprint text)
    where attention.shop_id = $1 and attention.id = given.id and attention.closed_at is null
    returning attention.id, attention.story
  )
  insert into attention_log (shop_id, attention_id, actor, action, facts)
  select $1, id, ${SYSTEM}, 'changed', jsonb_build_object('story', story) from changed`;

const AGREE = `
  with agreed as (
    update attention set closed_at = now(), closed_how = 'agreed', closed_by = ${SYSTEM},
      version = version + 1, changed_at = now()
    where shop_id = $1 and id = any($2) and closed_at is null
    returning id
  )
  insert into attention_log (shop_id, attention_id, actor, action)
  select $1, id, ${SYSTEM}, 'agreed' from agreed`;

// --- the queue of comparisons ------------------------------------------------------------------

export type Touched = OrderRef & { readonly id: number };

/**
 * Returns the orders that were touched longest ago, with all orders of their slips, because the
 * transactions of one order affect the findings about the others (O1). An order may appear more
 * than once.
 */
export async function nextTouched(db: Queryable, limit: number): Promise<Touched[]> {
  const { rows } = await db.query<Touched>({
    name: 'next-touched',
    text: `select t.id, t.shop_id as "shopId", coalesce(same.order_number, t.order_number)
               as "orderNumber"
             from (select * from touched_orders order by id limit $1) as t
             left join orders o on o.shop_id = t.shop_id and o.order_number = t.order_number
             left join orders same on same.shop_id = o.shop_id and same.slip_id = o.slip_id
            order by t.id`,
    values: [limit],
  });
  return rows;
}

/**
 * Removes compared orders from the queue. An order touched meanwhile has a new number there and
 * stays.
 */
export async function forgetTouched(db: Queryable, touched: readonly Touched[]): Promise<void> {
  if (touched.length === 0) return;
  await db.query('delete from touched_orders where id = any($1)', [touched.map(({ id }) => id)]);
}

/** D9: queues orders whose outcome has been unknown since before an instant. */
export async function touchUnknown(db: Queryable, before: Instant): Promise<void> {
  await db.query(
    `insert into touched_orders (shop_id, order_number)
     select o.shop_id, o.order_number from operations o
      where o.state = 'unknown' and o.created_at <= $1 and not exists (
        select 1 from attention a
         where a.shop_id = o.shop_id and a.order_number = o.order_number
           and a.kind = 'outcome_unknown' and a.closed_at is null)`,
    [timestamp(before)],
  );
}

/** C10: queues authorized orders that must be captured within `daysLeft` days. */
export async function touchDeadlines(db: Queryable, daysLeft: number): Promise<void> {
  await db.query(
    `insert into touched_orders (shop_id, order_number)
     select o.shop_id, o.order_number from orders o join shops s on s.shop_id = o.shop_id
      where o.transaction_state = 'authorized' and o.paid_on is null
        and o.authorized_at < now() - (capture_days(s, o.payment_kind) - $1 - 1) * interval '1 day'`,
    [daysLeft],
  );
}
