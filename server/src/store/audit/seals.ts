import type { AskMark, Mark } from '@renkei/core/ports/marks.ts';
import type { AskLack, SealLack } from '@renkei/core/ports/safe-mode.ts';
import { type Head, OPERATION_CHAIN, type Seal, SHOP_LOG, sealAfter } from '../../audit/chain.ts';
import { type Connection, type Db, type Queryable, timestamp, transaction } from '../db/db.ts';
import { operationHash } from './records.ts';

/** The most orders under one seal, so that a large import does not become one huge row. */
export const SEAL_ORDERS_MAX = 5_000;

/**
 * Seals everything written since the last seal, in one transaction. Resolves to the number of
 * orders sealed: 0 if there was nothing to seal, or if another process is sealing.
 */
export async function sealNow(db: Db): Promise<number> {
  return transaction(db, async (client) => {
    const { rows: locks } = await client.query<{ held: boolean }>(
      `select pg_try_advisory_xact_lock(hashtextextended('renkei:seal', 0)) as held`,
    );
    if (!locks[0]?.held) return 0;
    const { rows } = await client.query<UnsealedRecord>(TAKE_UNSEALED, [SEAL_ORDERS_MAX]);
    const shops = Map.groupBy(rows, ({ shop_id }) => shop_id);
    for (const [shopId, orders] of shops) await saveSeal(client, shopId, orders);
    return rows.length;
  });
}

type UnsealedRecord = {
  shop_id: string;
  order_number: string;
  version: number;
  hash: string;
  now: number;
};

const TAKE_UNSEALED = `
  with taken as (
    delete from to_seal where ctid = any (array(select ctid from to_seal limit $1))
    returning shop_id, order_number, version
  ), heads as (
    select shop_id, order_number, max(version) as version from taken group by 1, 2
  )
  select shop_id, order_number, version, encode(hash, 'hex') as hash, now() as now
    from heads join journal using (shop_id, order_number, version)
   union all
  select shop_id, order_number, version, encode(hash, 'hex'), now()
    from heads join shop_log using (shop_id)
   where order_number = '${SHOP_LOG}' and n = version
   union all
  select shop_id, order_number, version, encode(${operationHash(
    'heads.shop_id',
    `substr(heads.order_number, ${OPERATION_CHAIN.length + 1})::uuid`,
  )}, 'hex'), now()
    from heads where heads.order_number like '${OPERATION_CHAIN}%'
   order by 1, 2`;

async function saveSeal(
  client: Connection,
  shopId: string,
  orders: readonly UnsealedRecord[],
): Promise<void> {
  const { rows } = await client.query<{ n: number; hash: string }>(LAST_SEAL, [shopId]);
  const heads: Head[] = orders.map((row) => [row.order_number, row.version, row.hash]);
  const seal = sealAfter(rows[0] ?? null, { shopId, at: orders[0]?.now ?? 0, heads });
  await client.query(
    `insert into seals (shop_id, n, at, heads, hash) values ($1, $2, $3, $4, decode($5, 'hex'))`,
    [shopId, seal.n, timestamp(seal.at), seal.heads, seal.hash],
  );
}

const LAST_SEAL = `
  select n, encode(hash, 'hex') as hash from seals where shop_id = $1 order by n desc limit 1`;

/** Lists the seals outside of the database that the database does not have. */
export async function listLackedSeals(db: Queryable, marks: readonly Mark[]): Promise<SealLack[]> {
  if (marks.length === 0) return [];
  const { rows } = await db.query<{ shop_id: string; hash: string | null }>(
    `select mark.shop_id, encode(seal.hash, 'hex') as hash
       from unnest($1::text[], $2::bigint[]) as mark (shop_id, n)
       left join lateral (
         select hash from seals where seals.shop_id = mark.shop_id and seals.n = mark.n limit 1
       ) as seal on true`,
    [marks.map(({ shopId }) => shopId), marks.map(({ n }) => n)],
  );
  const found = new Map(rows.map(({ shop_id, hash }) => [shop_id, hash]));
  return marks.flatMap((mark): SealLack[] => {
    const hash = found.get(mark.shopId) ?? null;
    if (hash === mark.hash) return [];
    return [{ ...mark, kind: hash === null ? 'behind' : 'different' }];
  });
}

/** Lists the sends outside of the database that the database does not know. */
export async function listForgotten(db: Queryable, asked: readonly AskMark[]): Promise<AskLack[]> {
  if (asked.length === 0) return [];
  const { rows } = await db.query<{ position: number }>(FORGOTTEN, [
    asked.map(({ what }) => what),
    asked.map(({ shopId }) => shopId),
    asked.map(({ id }) => id),
    asked.map(({ n }) => n),
  ]);
  const positions = new Set(rows.map(({ position }) => position));
  return asked.flatMap((mark, index): AskLack[] =>
    positions.has(index + 1) ? [{ ...mark, kind: 'forgotten' }] : [],
  );
}

const FORGOTTEN = `
  select position
    from unnest($1::text[], $2::text[], $3::text[], $4::int[])
      with ordinality as asked (what, shop_id, id, n, position)
   where case what
     when 'step' then not exists (
       select from steps where steps.shop_id = asked.shop_id
          and steps.operation_id = asked.id::uuid and steps.n = asked.n)
     when 'revocation' then not exists (
       select from redirect_payments r
         join orders o on o.shop_id = r.shop_id and o.order_number = r.order_number
        cross join jsonb_to_recordset(o.redirects) as issued (settleno text, revocation jsonb)
        where r.shop_id = asked.shop_id and r.settleno = asked.id
          and issued.settleno = asked.id and (issued.revocation ->> 'asks')::int >= asked.n)
     else not exists (
       select from mails where mails.id = asked.id::bigint and mails.tries >= asked.n) end`;

/** The most seals of one read. */
export const SEALS_READ_MAX = 10_000;

/**
 * Lists the seals after the given marks, without their heads: shop by shop, each shop's in
 * sequence. It runs every second, so it enters each shop's index at its mark: the cost depends on
 * the number of shops and new seals, never on older seals.
 */
export async function listSealsAfter(db: Queryable, marks: readonly Mark[]): Promise<Mark[]> {
  const { rows } = await db.query<{ shop_id: string; n: number; hash: string; at: number }>(
    `select shop_id, seal.n, encode(seal.hash, 'hex') as hash, seal.at
       from shops left join unnest($1::text[], $2::bigint[]) as mark (shop_id, last) using (shop_id)
      cross join lateral (
        select n, hash, at from seals
         where seals.shop_id = shops.shop_id and seals.n > coalesce(mark.last, 0)
         order by n limit ${SEALS_READ_MAX}) as seal
      limit ${SEALS_READ_MAX}`,
    [marks.map(({ shopId }) => shopId), marks.map(({ n }) => n)],
  );
  return rows.map(({ shop_id: shopId, n, hash, at }) => ({ shopId, n, hash, at }));
}

/** Lists the last seal of every shop; a shop without any has 0 and null. */
export async function listLastSeals(db: Queryable): Promise<Mark[]> {
  const { rows } = await db.query<{ shop_id: string; n: number; hash: string; at: number }>(
    `select shop_id, coalesce(n, 0) as n, encode(hash, 'hex') as hash, coalesce(at, now()) as at
       from shops left join lateral (
         select n, hash, at from seals where seals.shop_id = shops.shop_id
          order by n desc limit 1) as last on true
      order by shop_id`,
  );
  return rows.map(({ shop_id: shopId, n, hash, at }) => ({ shopId, n, hash, at }));
}

/** Yields a shop's seals with their heads, in sequence, in batches. */
export async function listSeals(
  db: Queryable,
  shopId: string,
  afterN: number,
  limit: number,
): Promise<Seal[]> {
  const { rows } = await db.query<Seal>(
    `select shop_id as "shopId", n, at, heads, encode(hash, 'hex') as hash from seals
      where shop_id = $1 and n > $2 order by n limit $3`,
    [shopId, afterN, limit],
  );
  return rows;
}
