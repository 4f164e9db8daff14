import type { AuditBook, History } from '../../audit/book.ts';
import { type ChainEntry, type Head, OPERATION_CHAIN, SHOP_LOG } from '../../audit/chain.ts';
import { type Db, type Queryable, transaction } from '../db/db.ts';
import { loadOrders } from '../orders/order-batch.ts';
import { findOperationChanged, findOtherActor, findRecordDiffering } from './records.ts';
import { listSeals } from './seals.ts';

const ORDERS_AT_A_TIME = 1_000;
const SEALS_AT_A_TIME = 200;

const LOGGED_AT_A_TIME = 2_000;

/**
 * Runs work on the book in one snapshot, whatever is written meanwhile; `onlyShop` limits it to one
 * shop.
 */
export function withAuditBook<T>(
  db: Db,
  work: (book: AuditBook) => Promise<T>,
  onlyShop: string | null = null,
): Promise<T> {
  return transaction(db, async (client) => {
    await client.query('set transaction isolation level repeatable read, read only');
    await client.query('set local statement_timeout = 0');
    await client.query(`set local timezone = 'UTC'`); // as the triggers of migration 044 write
    return work({
      async shopIds() {
        const { rows } = await client.query<{ shop_id: string }>(
          'select shop_id from shops where $1::text is null or shop_id = $1 order by shop_id',
          [onlyShop],
        );
        return rows.map((row) => row.shop_id);
      },
      histories: (shopId) => histories(client, shopId),
      logged: (shopId) => logged(client, shopId),
      seals: (shopId) => seals(client, shopId),
      findUnknown: async (shopId, heads) =>
        (await findUnknown(client, shopId, heads)) ?? findOperationChanged(client, shopId, heads),
      findRecordDiffering: (shopId) => findRecordDiffering(client, shopId),
      findOtherActor: (shopId) => findOtherActor(client, shopId),
    });
  });
}

/** Yields by order number, and reads the next orders while the caller looks at these. */
async function* histories(client: Queryable, shopId: string): AsyncGenerator<History[]> {
  let reading = readHistories(client, shopId, '');
  for (;;) {
    const found = await reading;
    const last = found.at(-1);
    if (last === undefined) return;
    reading = readHistories(client, shopId, last.orderNumber);
    reading.catch(() => {}); // the next await hears the rejection, if there is one
    yield found;
  }
}

/** Includes orders of which only the journal exists. */
async function readHistories(client: Queryable, shopId: string, after: string): Promise<History[]> {
  const { rows } = await client.query<{ order_number: string }>(
    `(select order_number from orders where shop_id = $1 and order_number > $2
       order by order_number limit $3)
     union
     (select order_number from journal
       where shop_id = $1 and version = 1 and order_number > $2
       order by order_number limit $3)
     order by order_number limit $3`,
    [shopId, after, ORDERS_AT_A_TIME],
  );
  const numbers = rows.map((row) => row.order_number);
  const orders = await loadOrders(client, shopId, numbers);
  const entries = await entriesOf(client, shopId, numbers);
  const journals = Map.groupBy(entries, (entry) => entry.order_number);
  return numbers.map((orderNumber) => ({
    orderNumber,
    order: orders.get(orderNumber)?.order ?? null,
    entries: journals.get(orderNumber) ?? [],
  }));
}

/** Writes the text independently of the database, so that a changed entry_text() is found, too. */
async function entriesOf(
  client: Queryable,
  shopId: string,
  numbers: readonly string[],
): Promise<(History['entries'][number] & { readonly order_number: string })[]> {
  const { rows } = await client.query<History['entries'][number] & { order_number: string }>(
    `select order_number, encode(hash, 'hex') as hash,
       jsonb_build_array(shop_id, order_number, version, (extract(epoch from at) * 1000000)::bigint,
         actor, operation_id, event)::text as text,
       case when t.version is not null
         then jsonb_build_object('salt', t.salt, 'texts', t.texts) end as told
       from journal left join journal_texts t using (shop_id, order_number, version)
      where shop_id = $1 and order_number = any ($2)
      order by order_number, version`,
    [shopId, numbers],
  );
  return rows;
}

async function* logged(client: Queryable, shopId: string): AsyncGenerator<ChainEntry[]> {
  for (let last = 0; ; ) {
    const { rows } = await client.query<ChainEntry & { n: number }>(
      `select n, encode(hash, 'hex') as hash,
         jsonb_build_array(shop_id, n, (extract(epoch from at) * 1000000)::bigint, actor, area,
           subject, before, after)::text as text
         from shop_log where shop_id = $1 and n > $2 order by n limit $3`,
      [shopId, last, LOGGED_AT_A_TIME],
    );
    if (rows.length === 0) return;
    last = rows.at(-1)?.n ?? last;
    yield rows;
  }
}

async function* seals(client: Queryable, shopId: string) {
  for (let last = 0; ; ) {
    const found = await listSeals(client, shopId, last, SEALS_AT_A_TIME);
    if (found.length === 0) return;
    last = found.at(-1)?.n ?? last;
    yield found;
  }
}

async function findUnknown(
  client: Queryable,
  shopId: string,
  all: readonly Head[],
): Promise<Head | null> {
  const heads = all.filter(([chain]) => !chain.startsWith(OPERATION_CHAIN));
  const { rows } = await client.query<{ head: Head }>(
    `select jsonb_build_array(head.chain, head.n, head.hash) as head
       from unnest($2::text[], $3::int[], $4::text[]) as head (chain, n, hash)
       left join journal on journal.shop_id = $1 and journal.order_number = head.chain
         and journal.version = head.n
       left join shop_log on head.chain = $5 and shop_log.shop_id = $1 and shop_log.n = head.n
      where coalesce(journal.hash, shop_log.hash) is distinct from decode(head.hash, 'hex')
      limit 1`,
    [
      shopId,
      heads.map(([chain]) => chain),
      heads.map(([, n]) => n),
      heads.map(([, , hash]) => hash),
      SHOP_LOG,
    ],
  );
  return rows[0]?.head ?? null;
}
