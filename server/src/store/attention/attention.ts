import type { AttentionCounts, AttentionQuery } from '@renkei/contract/attention/attention.ts';
import {
  DRIFT,
  type Drift,
  type DriftKind,
  type Urgency,
} from '@renkei/core/domain/drift/drift.ts';
import { keysOf } from '@renkei/core/domain/order/states.ts';
import type { Instant, JstDate } from '@renkei/core/domain/values/jst.ts';
import type { Actor } from '@renkei/core/turns/operation.ts';
import { jsonOf } from '../db/codec.ts';
import { BadCursor } from '../db/cursor.ts';
import { type Db, type Queryable, timestamp, transaction } from '../db/db.ts';

/** An attention item as stored. */
export type StoredItem = {
  readonly id: string;
  readonly version: number;
  readonly kind: DriftKind;
  readonly urgency: Urgency;
  readonly orderNumber: string | null;
  readonly customerName: string | null;
  readonly seqno: string | null;
  readonly amount: number;
  readonly dueOn: JstDate | null;
  readonly drift: Drift;
  readonly foundAt: Instant;
  readonly changedAt: Instant;
  readonly assignee: { readonly id: string; readonly name: string } | null;
  readonly snoozedUntil: Instant | null;
  readonly closedAt: Instant | null;
  readonly closedHow: 'agreed' | 'by_hand' | null;
  readonly closedBy: Actor | null;
  readonly closeReason: string | null;
};

const ITEM = `id, version, kind, urgency, a.order_number as "orderNumber",
  (select customer_name from orders o
    where o.shop_id = a.shop_id and o.order_number = a.order_number) as "customerName",
  seqno, amount, due_on as "dueOn", drift, found_at as "foundAt", changed_at as "changedAt",
  assignee, snoozed_until as "snoozedUntil", closed_at as "closedAt", closed_how as "closedHow",
  closed_by as "closedBy", close_reason as "closeReason"`;

/** Sorts by urgency, then by due date, then by the time of the finding. */
const RANK = `array_position(array['now', 'today', 'later'], urgency)`;

export async function listAttention(
  db: Queryable,
  shopId: string,
  userId: string,
  query: AttentionQuery,
): Promise<{ readonly items: readonly StoredItem[]; readonly nextCursor: string | null }> {
  const values: unknown[] = [shopId];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const clauses = [`a.shop_id = $1`, STATE_CLAUSE[query.state]];
  if (query.kinds !== undefined) clauses.push(`kind = any(${bind(query.kinds)})`);
  if (query.urgency !== undefined) clauses.push(`urgency = ${bind(query.urgency)}`);
  if (query.orderNumber !== undefined) clauses.push(`a.order_number = ${bind(query.orderNumber)}`);
  if (query.assignee === 'none') clauses.push('assignee is null');
  else if (query.assignee !== undefined) {
    clauses.push(`assignee ->> 'id' = ${bind(query.assignee === 'me' ? userId : query.assignee)}`);
  }
  const offset = offsetOf(query.cursor);
  const order =
    query.state === 'closed' ? 'closed_at desc, id' : `${RANK}, due_on nulls last, found_at, id`;
  const { rows } = await db.query<StoredItem>(
    `select ${ITEM} from attention a where ${clauses.join(' and ')}
      order by ${order} offset ${bind(offset)} limit ${bind(query.limit + 1)}`,
    values,
  );
  const more = rows.length > query.limit;
  const nextCursor = more ? String(offset + query.limit) : null;
  return { items: rows.slice(0, query.limit), nextCursor };
}

const STATE_CLAUSE = {
  open: 'closed_at is null and (snoozed_until is null or snoozed_until <= now())',
  snoozed: 'closed_at is null and snoozed_until > now()',
  closed: 'closed_at is not null',
} as const;

/** Operators work the list off from its top, so a cursor is simply an offset. */
function offsetOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  if (!/^\d{1,7}$/.test(cursor)) throw new BadCursor(cursor);
  return Number(cursor);
}

export async function loadAttention(
  db: Queryable,
  shopId: string,
  id: string,
): Promise<StoredItem | null> {
  const { rows } = await db.query<StoredItem>(
    `select ${ITEM} from attention a where a.shop_id = $1 and id = $2`,
    [shopId, id],
  );
  return rows[0] ?? null;
}

/** The open items of a row of `orders`, the most urgent first, as JSON; null if there are none. */
export const OPEN_ITEMS_JSON = `(
  select jsonb_agg(${jsonOf('item', 'foundAt', 'changedAt', 'snoozedUntil', 'closedAt')}
                   order by ${RANK}, "foundAt", id) from (
    select ${ITEM} from attention a
     where a.shop_id = orders.shop_id and a.order_number = orders.order_number
       and closed_at is null
     order by ${RANK}, found_at, id limit 20) as item)`;

export type AttentionLogEntry = {
  readonly at: Instant;
  readonly actor: Actor;
  readonly action: string;
  readonly facts: Record<string, string | number | boolean | null>;
};

export async function loadAttentionLog(
  db: Queryable,
  shopId: string,
  id: string,
): Promise<AttentionLogEntry[]> {
  const { rows } = await db.query<AttentionLogEntry>(
    `select at, actor, action, facts from attention_log
      where shop_id = $1 and attention_id = $2 order by id desc limit 500`,
    [shopId, id],
  );
  return rows;
}

export async function countAttention(
  db: Queryable,
  shopId: string,
  userId: string,
): Promise<AttentionCounts> {
  const { rows } = await db.query<{
    kind: DriftKind;
    urgency: Urgency;
    snoozed: boolean;
    items: number;
    mine: number;
    amount: number;
  }>(
    `select kind, urgency, coalesce(snoozed_until > now(), false) as snoozed, count(*) as items,
        count(*) filter (where assignee ->> 'id' = $2) as mine, sum(amount)::bigint as amount
       from attention where shop_id = $1 and closed_at is null group by 1, 2, 3`,
    [shopId, userId],
  );
  const open = rows.filter(({ snoozed }) => !snoozed);
  const sum = (chosen: typeof rows, of: 'items' | 'mine' | 'amount') =>
    chosen.reduce((total, row) => total + row[of], 0);
  const urgency = (wanted: Urgency) =>
    sum(
      open.filter((row) => row.urgency === wanted),
      'items',
    );
  return {
    open: sum(open, 'items'),
    mine: sum(open, 'mine'),
    snoozed: sum(rows, 'items') - sum(open, 'items'),
    byUrgency: { now: urgency('now'), today: urgency('today'), later: urgency('later') },
    byKind: Object.fromEntries(
      keysOf(DRIFT).map((kind) => [
        kind,
        sum(
          open.filter((row) => row.kind === kind),
          'items',
        ),
      ]),
    ) as AttentionCounts['byKind'],
    amount: sum(open, 'amount'),
  };
}

export type ItemChange = {
  readonly assignee?: { readonly id: string; readonly name: string } | null;
  readonly snoozedUntil?: Instant | null;
};

/** Assigns or snoozes an open item; null if somebody has changed it since. */
export function changeAttention(
  db: Db,
  { shopId, id, version }: { shopId: string; id: string; version: number },
  change: ItemChange,
  actor: Actor,
): Promise<StoredItem | null> {
  const assign = change.assignee !== undefined;
  const snooze = change.snoozedUntil !== undefined;
  const snoozedUntil = timestamp(change.snoozedUntil ?? null);
  return changeItem(db, {
    shopId,
    id,
    version,
    actor,
    set: `assignee = case when $4 then $5::jsonb else assignee end,
      snoozed_until = case when $6 then $7::timestamptz else snoozed_until end`,
    values: [assign, change.assignee ?? null, snooze, snoozedUntil],
    log: [
      ...(assign ? [{ action: 'assigned', facts: { to: change.assignee?.name ?? null } }] : []),
      ...(snooze ? [{ action: 'snoozed', facts: { until: snoozedUntil } }] : []),
    ],
  });
}

/** Closes an open item by hand. It stays closed while its fact stays the same. */
export function closeAttention(
  db: Db,
  { shopId, id, version }: { shopId: string; id: string; version: number },
  reason: string,
  actor: Actor,
): Promise<StoredItem | null> {
  return changeItem(db, {
    shopId,
    id,
    version,
    actor,
    set: `closed_at = now(), closed_how = 'by_hand', closed_by = $4::jsonb, close_reason = $5`,
    values: [actor, reason],
    log: [{ action: 'closed', facts: { reason } }],
  });
}

/** Logs that a person pressed a repair of an item. */
export async function logRepair(
  db: Queryable,
  { shopId, id }: { shopId: string; id: string },
  actor: Actor,
  facts: AttentionLogEntry['facts'],
): Promise<void> {
  await db.query(LOG, [shopId, id, actor, 'repaired', facts]);
}

const LOG = `insert into attention_log (shop_id, attention_id, actor, action, facts)
  values ($1, $2, $3, $4, $5)`;

type ItemUpdate = {
  readonly shopId: string;
  readonly id: string;
  readonly version: number;
  readonly actor: Actor;
  readonly set: string;
  readonly values: readonly unknown[];
  readonly log: readonly { action: string; facts: AttentionLogEntry['facts'] }[];
};

function changeItem(db: Db, change: ItemUpdate): Promise<StoredItem | null> {
  const { shopId, id, version, actor, set, values, log } = change;
  return transaction(db, async (client) => {
    const { rows } = await client.query<StoredItem>(
      `update attention a set ${set}, version = version + 1, changed_at = now()
        where shop_id = $1 and id = $2 and version = $3 and closed_at is null returning ${ITEM}`,
      [shopId, id, version, ...values],
    );
    if (rows[0] === undefined) return null;
    for (const { action, facts } of log) {
      await client.query(LOG, [shopId, id, actor, action, facts]);
    }
    return rows[0];
  });
}

/** Loads the shop's last file from the console, and the number of orders waiting for comparison. */
export async function loadCoverage(db: Queryable, shopId: string): Promise<StoredCoverage> {
  const [files, waiting] = await Promise.all([
    db.query<NonNullable<StoredCoverage['lastFile']>>(
      `select file_name as name, recorded_at as "importedAt", transactions from sightings
        where shop_id = $1 and source = 'console_csv' order by recorded_at desc limit 1`,
      [shopId],
    ),
    db.query<{ waiting: number }>(
      'select count(distinct order_number) as waiting from touched_orders where shop_id = $1',
      [shopId],
    ),
  ]);
  return { lastFile: files.rows[0] ?? null, waiting: waiting.rows[0]?.waiting ?? 0 };
}

export type StoredCoverage = {
  readonly lastFile: {
    readonly name: string;
    readonly importedAt: Instant;
    readonly transactions: number;
  } | null;
  readonly waiting: number;
};
