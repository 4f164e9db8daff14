import type { Instant } from '@renkei/core/domain/values/jst.ts';
import type { Actor } from '@renkei/core/turns/operation.ts';
import { type Queryable, timestamp } from '../db/db.ts';
import { logAct } from './access-log.ts';

/** The records that a person has read between two instants: numbers of orders, codes of applications. */
export type RecordsRead = {
  readonly shopId: string;
  readonly actor: Actor;
  readonly from: Instant;
  readonly to: Instant;
  readonly records: readonly string[];
};

/** Logs who has read what, one entry each. */
export async function saveReads(db: Queryable, entries: readonly RecordsRead[]): Promise<void> {
  for (const { shopId, actor, from, to, records } of entries) {
    await logAct(db, { shopId, actor }, actor.name, {
      action: 'records_read',
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      records,
    });
  }
}

/** A record that a person has read in an hour. */
export type StoredRead = {
  /** The beginning of the hour, as far as it is known: the first and the last read in it. */
  readonly from: Instant;
  readonly to: Instant;
  readonly personId: string;
  readonly personName: string;
  /** The number of an order, or the code of an application. */
  readonly record: string;
  /** The customer's present name; null if the record is gone. */
  readonly customerName: string | null;
};

export type ReadsWanted = {
  readonly person?: string | undefined;
  readonly record?: string | undefined;
  readonly from: Instant;
  readonly to: Instant;
  readonly limit: number;
  readonly offset: number;
};

/** Lists whose records were read between two instants, by person and hour, the newest first. */
export async function listReads(
  db: Queryable,
  shopId: string,
  { person, record, from, to, limit, offset }: ReadsWanted,
): Promise<{ readonly items: readonly StoredRead[]; readonly count: number }> {
  const { rows } = await db.query<StoredRead & { count: number }>(
    `with entries as (
       select actor ->> 'id' as person_id, actor ->> 'name' as person_name,
              (after ->> 'from')::timestamptz as read_from, (after ->> 'to')::timestamptz as read_to,
              after -> 'records' as records
         from shop_log
        where shop_id = $1 and area = 'access' and after ->> 'action' = 'records_read'
          and at >= $4 and ($2::text is null or actor ->> 'id' = $2)
          and ($3::text is null or after -> 'records' ? $3)
          and (after ->> 'to')::timestamptz >= $4 and (after ->> 'from')::timestamptz <= $5
     ), read as (
       select person_id, min(person_name) as person_name, record, min(read_from) as read_from,
              max(read_to) as read_to
         from entries, jsonb_array_elements_text(records) as record
        where $3::text is null or record = $3
        group by person_id, record, date_trunc('hour', read_from)
     )
     select read_from as "from", read_to as "to", person_id as "personId",
            person_name as "personName", record,
            coalesce(o.customer_name, s.customer_name) as "customerName",
            count(*) over () as count
       from read
       left join orders o on o.shop_id = $1 and o.order_number = record
       left join subscriptions s on s.shop_id = $1 and s.code = record
      order by read_from desc, person_name, person_id, record limit $6 offset $7`,
    [shopId, person ?? null, record ?? null, timestamp(from), timestamp(to), limit, offset],
  );
  const items = rows.map(({ count: _count, ...item }) => item);
  return { items, count: rows[0]?.count ?? 0 };
}
