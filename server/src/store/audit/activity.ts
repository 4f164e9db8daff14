import type { ActivityQuery } from '@renkei/contract/attention/activity.ts';
import { ACTS } from '@renkei/contract/attention/acts.ts';
import { ACTIVITY_AREAS, type ActivityArea } from '@renkei/contract/lists/list-filters.ts';
import { endOfJstDate, type Instant, startOfJstDate } from '@renkei/core/domain/values/jst.ts';
import type { Actor } from '@renkei/core/turns/operation.ts';
import { BadCursor } from '../db/cursor.ts';
import { type Queryable, timestamp } from '../db/db.ts';

/** An entry of 操作履歴 as stored, from any of its tables. */
export type StoredActivity = {
  readonly at: Instant;
  readonly atUs: number;
  readonly key: string;
  readonly area: ActivityArea;
  readonly action: string;
  readonly actor: Actor;
  readonly orderNumber: string | null;
  readonly subject: string | null;
  /** The whole entry: an order's event, or the facts of another table. */
  readonly content: Record<string, unknown>;
};

type Source = { readonly areas: readonly ActivityArea[]; readonly sql: string };

const acts = Object.entries(ACTS);
const AREA_OF_ACT = `case after ->> 'action' ${acts
  .flatMap(([name, { area }]) => (area === null ? [] : `when '${name}' then '${area}'`))
  .join(' ')} else 'access' end`;
const HIDDEN = acts.flatMap(([name, { area }]) => (area === null ? `'${name}'` : [])).join(', ');

/** Each entry stays in the table where it happened; this list is a view over all of them. */
const SOURCES: readonly Source[] = [
  {
    areas: ['order', 'money', 'mail'],
    sql: `select at, 'j' || order_number || lpad(version::text, 6, '0') as key,
      case when event ->> 'kind' like 'transaction%' or event ->> 'kind' like 'operation%'
             or event ->> 'kind' in
             ('order_marked_paid', 'order_unmarked_paid', 'paid_on_corrected', 'settled_otherwise',
              'stray_moved', 'review_answered') then 'money'
           when event ->> 'kind' like '%mail%' then 'mail' else 'order' end as area,
      event ->> 'kind' as action, actor, order_number, operation_id::text as subject,
      told_event(shop_id, order_number, version, event) as content
      from journal where shop_id = $1`,
  },
  {
    areas: ['subscription'],
    sql: `select at, 'd' || code || lpad(version::text, 6, '0') as key, 'subscription' as area,
      'application_' || (event ->> 'kind') as action, actor, null as order_number, code as subject,
      event - 'kind' as content
      from subscription_log where shop_id = $1`,
  },
  {
    areas: ['attention'],
    sql: `select at, 'a' || lpad(l.id::text, 12, '0') as key, 'attention' as area, action, actor,
      a.order_number, l.attention_id::text as subject,
      facts || jsonb_build_object('kind', a.kind) as content
      from attention_log l join attention a on a.shop_id = l.shop_id and a.id = l.attention_id
     where l.shop_id = $1`,
  },
  {
    areas: ['run'],
    sql: `select created_at as at, 'r' || id as key, 'run' as area, 'run_started' as action, actor,
      null as order_number, id::text as subject, jsonb_build_object('orders', (
        select count(*) from run_rows where run_rows.shop_id = runs.shop_id and run_id = runs.id))
        as content
      from runs where shop_id = $1`,
  },
  {
    areas: ['file'],
    sql: `select recorded_at as at, 'f' || id as key, 'file' as area, 'console_csv_read' as action,
      actor, null as order_number, file_name as subject,
      jsonb_build_object('transactions', transactions) as content
      from sightings where shop_id = $1 and source = 'console_csv'
      union all
      select imported_at, 'i' || file_hash, 'file', 'orders_imported', actor, null, null,
        jsonb_build_object('orders', orders)
      from imports where shop_id = $1
      union all
      select at, 'e' || lpad(id::text, 12, '0'), 'file',
        case when layout like 'renkei:%' then 'exported_' || substr(layout, 8) else 'exported' end,
        actor, null, layout,
        jsonb_build_object('orders', orders, 'rows', rows)
      from exports where shop_id = $1`,
  },
  {
    areas: ['closing'],
    sql: `select closed_at as at, 'c' || to_on as key, 'closing' as area, 'period_closed' as action,
      actor, null as order_number, hash as subject,
      jsonb_build_object('from', from_on, 'to', to_on) as content
      from closings where shop_id = $1`,
  },
  {
    areas: ['settings', 'access', 'run'],
    sql: `select at, 's' || lpad(n::text, 12, '0') as key,
      case area when 'access' then ${AREA_OF_ACT} else 'settings' end as area,
      case when area in ('access', 'erasure') then after ->> 'action'
        else area || '_changed' end as action,
      actor, null as order_number, subject, coalesce((
        select jsonb_object_agg(name, case
            when before is null then coalesce(after ->> name, '—')
            else coalesce(before ->> name, '—') || ' → ' || coalesce(after ->> name, '—') end)
          from jsonb_object_keys(coalesce(before, '{}') || coalesce(after, '{}')) as name
         where name <> 'action'), '{}') as content
      from shop_log where shop_id = $1
        and (area <> 'access' or coalesce(after ->> 'action', '') not in (${HIDDEN}))`,
  },
];

/** Lists a page of activity, newest first: merges the newest entries of every table. */
export async function listActivity(
  db: Queryable,
  shopId: string,
  query: ActivityQuery,
): Promise<{ readonly items: readonly StoredActivity[]; readonly nextCursor: string | null }> {
  const wanted = query.areas ?? ACTIVITY_AREAS;
  const sources = SOURCES.filter(({ areas }) => areas.some((area) => wanted.includes(area)));
  const { atUs, key } = query.cursor === undefined ? NEWEST : parseCursor(query.cursor);
  const values = [
    shopId,
    wanted,
    query.actor ?? null,
    query.orderNumber ?? null,
    query.from === undefined ? null : timestamp(startOfJstDate(query.from)),
    query.to === undefined ? null : timestamp(endOfJstDate(query.to)),
    atUs,
    key,
    query.limit + 1,
  ];
  const pages = await Promise.all(
    sources.map(({ sql }) =>
      db.query<StoredActivity>(
        `select at, (extract(epoch from at) * 1000000)::bigint as "atUs", key, area, action, actor,
            order_number as "orderNumber", subject, content
           from (${sql}) as happened
          where area = any($2) and ($3::text is null or actor ->> 'id' = $3
              or ($3 = 'system' and actor ->> 'kind' = 'system'))
            and ($4::text is null or order_number = $4)
            and ($5::timestamptz is null or at >= $5) and ($6::timestamptz is null or at < $6)
            and at <= to_timestamp(($7::bigint + 1) / 1000000.0)
            and ((extract(epoch from at) * 1000000)::bigint, key) < ($7::bigint, $8)
          order by at desc, key desc limit $9`,
        values,
      ),
    ),
  );
  const merged = pages.flatMap(({ rows }) => rows).sort(newestFirst);
  const items = merged.slice(0, query.limit);
  const last = items.at(-1);
  const more = merged.length > query.limit && last !== undefined;
  return { items, nextCursor: more ? formatCursor(last) : null };
}

function newestFirst(a: StoredActivity, b: StoredActivity): number {
  return b.atUs - a.atUs || (b.key > a.key ? 1 : -1);
}

const NEWEST = { atUs: 9_000_000_000_000_000, key: '' };

/**
 * Base64: the guard would refuse every tenth instant of sixteen digits in a URL as a card number.
 */
function formatCursor({ atUs, key }: StoredActivity): string {
  return Buffer.from(`${atUs}.${key}`).toString('base64url');
}

function parseCursor(cursor: string): { readonly atUs: number; readonly key: string } {
  const plain = Buffer.from(cursor, 'base64url').toString();
  const [, atUs, key] = /^(\d{1,16})\.([\w-]{1,120})$/.exec(plain) ?? [];
  if (atUs === undefined || key === undefined) throw new BadCursor(cursor);
  return { atUs: Number(atUs), key };
}

/** Lists the members of a shop: everybody who can act besides the system. */
export async function listActors(
  db: Queryable,
  shopId: string,
): Promise<{ readonly id: string; readonly name: string }[]> {
  const { rows } = await db.query<{ id: string; name: string }>(
    `select u.id, u.name from members m join "user" u on u.id = m.user_id
      where m.shop_id = $1 order by u.name limit 500`,
    [shopId],
  );
  return rows;
}
