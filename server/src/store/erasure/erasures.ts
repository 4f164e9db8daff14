import { createHash } from 'node:crypto';
import type { ErasureWaits } from '@renkei/core/domain/commands/command.ts';
import type { OrderRef } from '@renkei/core/domain/order/order.ts';
import type { ErasureCause } from '@renkei/core/domain/order/states.ts';
import type { Actor } from '@renkei/core/turns/operation.ts';
import type { Erased } from '../../audit/erasure-list.ts';
import { type Db, type Queryable, transaction } from '../db/db.ts';

/** What waits for the customer of an order, for a select list over `orders`; null: nothing. */
export const WAITS = `case
  when exists (select from attention a where a.shop_id = orders.shop_id
    and a.order_number = orders.order_number and a.closed_at is null) then 'attention_open'
  when exists (select from mails m where m.shop_id = orders.shop_id
    and m.order_number = orders.order_number and m.state in ('queued', 'sending'))
    then 'mail_waiting' end`;

/** Loads what waits for the customer of an order; null: nothing, or there is no such order. */
export async function loadWaits(db: Queryable, ref: OrderRef): Promise<ErasureWaits | null> {
  const { rows } = await db.query<{ waits: ErasureWaits | null }>(
    `select ${WAITS} as waits from orders where shop_id = $1 and order_number = $2`,
    [ref.shopId, ref.orderNumber],
  );
  return rows[0]?.waits ?? null;
}

/** An ended application whose customer is to be erased. */
export type ErasedApplication = {
  readonly shopId: string;
  readonly code: string;
  readonly actor: Actor;
  readonly cause: ErasureCause;
};

/**
 * Erases the customer of an ended application. Resolves to false if it is active, already erased,
 * or unknown.
 */
export async function eraseApplication(
  db: Db,
  { shopId, code, actor, cause }: ErasedApplication,
): Promise<boolean> {
  return transaction(db, async (client) => {
    const { rows } = await client.query<{ version: number }>(
      `update subscriptions set details = erased_details(details), customer_name = '',
         customer_id = null, customer_erased = true, version = version + 1
        where shop_id = $1 and code = $2 and status <> 'active' and not customer_erased
        returning version`,
      [shopId, code],
    );
    const [row] = rows;
    if (row === undefined) return false;
    await client.query(
      `insert into subscription_log (shop_id, code, version, actor, event)
       values ($1, $2, $3, $4, $5)`,
      [shopId, code, row.version, actor, { kind: 'customer_erased', cause }],
    );
    await client.query(
      `insert into erasures (shop_id, kind, name, at, actor, cause)
       values ($1, 'application', $2, now(), $3, $4)`,
      [shopId, code, actor, cause],
    );
    return true;
  });
}

/** A certificate in the shop's chained log: who erased how many, and the hash of their list. */
export type Certificate = {
  /** The number of the entry in the shop's log. */
  readonly n: number;
  readonly at: number;
  readonly actor: Actor;
  readonly cause: ErasureCause;
  readonly orders: number;
  readonly applications: number;
  /** SHA-256 over the list of orders and applications; it names no person. */
  readonly hash: string;
};

type Uncertified = Erased & { readonly actor: Actor; readonly cause: ErasureCause };

/**
 * Certifies what was erased in a shop and has no certificate yet: one entry of the shop's log for
 * each person and cause. `note` hears of the erasures before the commit, so that the list outside
 * of the database never lacks one that is certified.
 */
export async function certify(
  db: Db,
  shopId: string,
  note: (erased: readonly Erased[]) => Promise<void>,
): Promise<Certificate[]> {
  return transaction(db, async (client) => {
    const { rows } = await client.query<Uncertified>(
      `select shop_id as "shopId", kind, name, at, actor, cause from erasures
        where shop_id = $1 and certificate is null order by kind, name for update skip locked`,
      [shopId],
    );
    if (rows.length === 0) return [];
    await note(rows.map(({ kind, name, at }) => ({ shopId, kind, name, at })));
    const groups = Map.groupBy(rows, ({ actor, cause }) => JSON.stringify([actor.id, cause]));
    const certificates: Certificate[] = [];
    for (const some of groups.values()) certificates.push(await insertOne(client, shopId, some));
    return certificates;
  });
}

async function insertOne(
  client: Queryable,
  shopId: string,
  erased: readonly Uncertified[],
): Promise<Certificate> {
  const [first] = erased;
  if (first === undefined) throw new Error('a certificate of nothing');
  const { actor, cause } = first;
  const orders = erased.filter(({ kind }) => kind === 'order').length;
  const facts = { cause, orders, applications: erased.length - orders, hash: hashList(erased) };
  const { rows } = await client.query<{ n: number; at: number }>(
    `insert into shop_log (shop_id, actor, area, subject, after)
     values ($1, $2, 'erasure', '', $3) returning n, at`,
    [shopId, actor, { action: 'customers_erased', ...facts }],
  );
  const [entry] = rows;
  if (entry === undefined) throw new Error('a certificate was not written');
  await client.query(
    `update erasures e set certificate = $2
       from jsonb_to_recordset($3::jsonb) as given (kind text, name text)
      where e.shop_id = $1 and e.kind = given.kind and e.name = given.name`,
    [shopId, entry.n, JSON.stringify(erased.map(({ kind, name }) => ({ kind, name })))],
  );
  return { ...entry, actor, ...facts };
}

function hashList(erased: readonly Erased[]): string {
  const list = erased.map(({ kind, name, at }) => [kind, name, at]);
  return createHash('sha256').update(JSON.stringify(list)).digest('hex');
}

/** Lists the shop's certificates, newest first. */
export async function listCertificates(
  db: Queryable,
  shopId: string,
  limit: number,
): Promise<Certificate[]> {
  const { rows } = await db.query<Certificate>(
    `select n, at, actor, after ->> 'cause' as cause, (after ->> 'orders')::int as orders,
        (after ->> 'applications')::int as applications, after ->> 'hash' as hash
       from shop_log where shop_id = $1 and area = 'erasure' order by n desc limit $2`,
    [shopId, limit],
  );
  return rows;
}

/** Lists the shops that have erasures without a certificate. */
export async function listUncertified(db: Queryable): Promise<string[]> {
  const { rows } = await db.query<{ shop_id: string }>(
    'select distinct shop_id from erasures where certificate is null order by shop_id',
  );
  return rows.map((row) => row.shop_id);
}

/** Returns those of the listed erasures whose order or application is here with its customer. */
export async function findReturned(db: Queryable, listed: readonly Erased[]): Promise<Erased[]> {
  const { rows } = await db.query<Erased>(
    `select distinct given."shopId", given.kind, given.name,
        given.at
       from jsonb_to_recordset($1::jsonb)
         as given ("shopId" text, kind text, name text, at bigint)
      where exists (select from orders o where given.kind = 'order' and o.shop_id = given."shopId"
          and o.order_number = given.name and not o.customer_erased)
         or exists (select from subscriptions s where given.kind = 'application'
          and s.shop_id = given."shopId" and s.code = given.name and not s.customer_erased)`,
    [JSON.stringify(listed)],
  );
  return rows;
}
