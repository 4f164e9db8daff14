import { randomUUID } from 'node:crypto';
import type { Observed, Sighted, SightingSource } from '@renkei/core/domain/drift/sighted.ts';
import type { Instant, JstDate } from '@renkei/core/domain/values/jst.ts';
import type { Actor } from '@renkei/core/turns/operation.ts';
import {
  instant,
  int,
  namesOf,
  nullable,
  RowCodec,
  type RowOf,
  selected,
  text,
  yen,
} from '../db/codec.ts';
import { isUniqueViolation, type Queryable, timestamp } from '../db/db.ts';
import { LIVE } from '../db/states.ts';

/** One look at F-REGI with everything it showed. */
export type RecordedLook = {
  readonly shopId: string;
  readonly seenAt: Instant;
  readonly actor: Actor;
  readonly of: /** `complete`: the look shows all transactions of the slip. */
    | { readonly source: 'inquiry'; readonly slipId: string; readonly complete: boolean }
    | { readonly source: 'person' }
    | {
        readonly source: 'console_csv';
        readonly fileName: string;
        readonly fileHash: string;
        readonly coversFrom: JstDate | null;
        readonly coversTo: JstDate | null;
      };
  readonly observed: readonly Observed[];
};

/** A transaction in one look: a row of `observations` without its look. */
export const OBSERVED = new RowCodec<Observed>({
  seqno: text('seqno'),
  slipId: text('slip_id'),
  authCode: nullable(text('auth_code')),
  state: text('state'),
  amount: int('amount'),
  authorizedAt: nullable(instant('authorized_at')),
  capturedAt: nullable(instant('captured_at')),
  cancelledAt: nullable(instant('cancelled_at')),
});

/** A transaction as last seen: a row of `seen_transactions`. */
export const SEEN = new RowCodec<Sighted>({
  seqno: text('seqno'),
  slipId: text('slip_id'),
  authCode: nullable(text('auth_code')),
  state: text('state'),
  amount: yen('amount'),
  authorizedAt: nullable(instant('authorized_at')),
  seenAt: instant('seen_at'),
  source: text('source'),
  told: selected(
    'told',
    `case when source = 'console_csv'
       then file_told(shop_id, sighting_id, seqno, state, amount) end`,
  ),
});

const COLUMNS = namesOf(OBSERVED.columns);

const SELECT_SEEN = `select ${SEEN.select} from seen_transactions`;

/**
 * Records a look: the look, its observations, and the newest sighting of every transaction. An
 * older observation never replaces a newer one. Resolves to false, and writes nothing, if the same
 * file was recorded before.
 */
export async function recordSighting(db: Queryable, sighting: RecordedLook): Promise<boolean> {
  const { shopId, seenAt, actor, of, observed } = sighting;
  const file = of.source === 'console_csv' ? of : null;
  const slipId = of.source === 'inquiry' ? of.slipId : null;
  const values = [
    shopId,
    randomUUID(),
    of.source,
    timestamp(seenAt),
    actor,
    slipId,
    file?.fileName ?? null,
    file?.fileHash ?? null,
    file?.coversFrom ?? null,
    file?.coversTo ?? null,
    JSON.stringify(observed.map((each) => OBSERVED.row(each))),
    of.source === 'inquiry' && of.complete,
  ];
  try {
    await db.query({ ...RECORD, values });
    return true;
  } catch (error) {
    if (isUniqueViolation(error, 'one_sighting_per_file')) return false;
    throw error;
  }
}

const RECORD = {
  name: 'record-sighting',
  text: `
    with given as (
      select * from jsonb_to_recordset($11::jsonb) as row (${OBSERVED.definitions})
    ), sighting as (
      insert into sightings (shop_id, id, source, seen_at, actor, slip_id, file_name, file_hash,
        covers_from, covers_to, transactions)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, (select count(*) from given))
    ), seen as (
      insert into seen_transactions (shop_id, ${COLUMNS}, seen_at, source, sighting_id)
      select $1, ${COLUMNS}, $4, $3, $2 from given
      on conflict (shop_id, seqno) do update set slip_id = excluded.slip_id,
        auth_code = coalesce(excluded.auth_code, seen_transactions.auth_code),
        state = excluded.state, amount = excluded.amount,
        authorized_at = coalesce(excluded.authorized_at, seen_transactions.authorized_at),
        captured_at = coalesce(excluded.captured_at, seen_transactions.captured_at),
        cancelled_at = coalesce(excluded.cancelled_at, seen_transactions.cancelled_at),
        seen_at = excluded.seen_at, source = excluded.source, sighting_id = excluded.sighting_id
      where excluded.seen_at >= seen_transactions.seen_at
    ), slip as (
      insert into seen_slips select $1, $6, $4 where $12::boolean
      on conflict (shop_id, slip_id) do update set seen_at = excluded.seen_at
      where excluded.seen_at > seen_slips.seen_at
    )
    insert into observations (shop_id, sighting_id, ${COLUMNS})
    select $1, $2, ${COLUMNS} from given`,
};

/** The sightings under the slip of a row of `orders`, as JSON; null if there are none. */
export const SIGHTED_JSON = `(
  select jsonb_agg(${SEEN.json('seen')} order by seqno) from (
    ${SELECT_SEEN} t where t.shop_id = orders.shop_id and t.slip_id = orders.slip_id) as seen)`;

/** Reads the database's clock, which dates every sighting. */
export async function readClock(db: Queryable): Promise<Instant> {
  const { rows } = await db.query<{ now: number }>('select clock_timestamp() as now');
  const [row] = rows;
  if (row === undefined) throw new Error('the database returned no time');
  return row.now;
}

/** Lists live transactions seen under slips of no order (D12), newest first. */
export async function listStrays(db: Queryable, shopId: string, limit: number): Promise<Sighted[]> {
  const { rows } = await db.query<RowOf<Sighted>>(
    `${SELECT_SEEN} seen where shop_id = $1
        and state in ${LIVE}
        and not exists (select 1 from orders o
                         where o.shop_id = seen.shop_id and o.slip_id = seen.slip_id)
        and not exists (select 1 from transaction_owners t
                         where t.shop_id = seen.shop_id and t.seqno = seen.seqno)
      order by seen_at desc, seqno limit $2`,
    [shopId, limit],
  );
  return rows.map((row) => SEEN.read(row));
}

/** True if the same file was recorded for the shop before. */
export async function wasSeen(db: Queryable, shopId: string, fileHash: string): Promise<boolean> {
  const { rowCount } = await db.query(
    'select 1 from sightings where shop_id = $1 and file_hash = $2',
    [shopId, fileHash],
  );
  return rowCount === 1;
}

/** Counts observed transactions by how they differ from the known ones. */
export async function compareWithSeen(
  db: Queryable,
  shopId: string,
  observed: readonly Observed[],
  seenAt: Instant,
): Promise<SeenCounts> {
  const { rows } = await db.query<SeenCounts>(
    `select count(*) filter (where seen.seqno is null) as new,
        count(*) filter (where seen.seen_at > $3) as older,
        count(*) filter (where seen.seen_at <= $3
          and (seen.state, seen.amount) is distinct from (given.state, given.amount)) as changed,
        count(*) filter (where seen.seen_at <= $3
          and (seen.state, seen.amount) is not distinct from (given.state, given.amount))
          as unchanged,
        count(*) filter (where not exists (select 1 from orders o
          where o.shop_id = $1 and o.slip_id = given.slip_id)) as "withoutOrder"
       from jsonb_to_recordset($2::jsonb) as given (${OBSERVED.definitions})
       left join seen_transactions seen on seen.shop_id = $1 and seen.seqno = given.seqno`,
    [shopId, JSON.stringify(observed.map((each) => OBSERVED.row(each))), timestamp(seenAt)],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('an aggregate gave no row');
  return row;
}

export type SeenCounts = {
  readonly new: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly older: number;
  readonly withoutOrder: number;
};

/** Lists the shop's looks at F-REGI, newest first; files only, unless other looks are wanted. */
export async function listSightings(
  db: Queryable,
  shopId: string,
  { source, limit }: { readonly source: string | null; readonly limit: number },
): Promise<StoredSighting[]> {
  const { rows } = await db.query<StoredSighting>(
    `select id, source, seen_at as "seenAt", recorded_at as "recordedAt", actor ->> 'name' as actor,
        slip_id as "slipId", file_name as "fileName", transactions
       from sightings where shop_id = $1 and ($2::text is null or source = $2)
      order by recorded_at desc, id limit $3`,
    [shopId, source, limit],
  );
  return rows;
}

export type StoredSighting = {
  readonly id: string;
  readonly source: SightingSource;
  readonly seenAt: Instant;
  readonly recordedAt: Instant;
  readonly actor: string;
  readonly slipId: string | null;
  readonly fileName: string | null;
  readonly transactions: number;
};
