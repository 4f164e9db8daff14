import { randomUUID } from 'node:crypto';
import type { Shipment } from '@renkei/core/domain/order/shipping.ts';
import type { Reason } from '@renkei/core/domain/reasons/index.ts';
import {
  type HeldRun,
  LEASE_MS,
  type OpenRow,
  type Runs,
  rowKey,
  type StoredRun,
} from '@renkei/core/ports/runs.ts';
import type { RowOf } from '../db/codec.ts';
import type { Db } from '../db/db.ts';
import { gather } from '../db/gather.ts';
import { RUN_ORDER, type RunOrderRecord, runOrderOf } from '../orders/order-batch.ts';
import { firstKeyOf } from './row-key.ts';
import { RUN, SELECT_RUN } from './runs.ts';

type HeldRow = { readonly run: HeldRun; readonly position: number };

/**
 * The runs on PostgreSQL: a lease in the run's row holds it, and no connection does. Rows that
 * begin or end at about the same time are written together, so that one commit serves many.
 */
export function createPgRuns(db: Db): Runs {
  const begin = gather((rows: readonly HeldRow[]) => beginRows(db, rows));
  const note = gather((rows: readonly NotedRow[]) => noteRows(db, rows));
  return {
    async listRunning() {
      const { rows } = await db.query<RowOf<StoredRun>>(LIST_RUNNING);
      return rows.map((row) => RUN.read(row));
    },
    async hold({ shopId, id }) {
      const holder = randomUUID();
      const { rowCount } = await db.query(HOLD, [shopId, id, holder, LEASE_MS]);
      return rowCount === 1 ? { shopId, id, holder } : null;
    },
    async renew(held) {
      if (held.length > 0) await db.query(RENEW, [...holdersOf(held), LEASE_MS]);
    },
    async letGo({ shopId, id, holder }) {
      await db.query(LET_GO, [shopId, id, holder]);
    },
    async nextRows({ shopId, id, holder }, limit) {
      const { rows } = await db.query<OpenRecord>(NEXT_ROWS, [shopId, id, limit, holder]);
      return rows.map(openRowOf);
    },
    begin: (run, position) => begin({ run, position }),
    noteRow: (run, position, refusal) => note({ run, position, refusal }),
    async finish({ shopId, id, holder }) {
      const { rowCount } = await db.query(FINISH, [shopId, id, holder]);
      return rowCount === 1;
    },
  };
}

const FREE = '(held_by is null or held_until <= now())';

const HOLD = `
  update runs set held_by = $3, held_until = now() + $4 * interval '1 millisecond'
   where shop_id = $1 and id = $2 and ${FREE}`;

/** Locks runs in the same sequence as `BEGIN_ROWS`, so the two cannot deadlock. */
const RENEW = `
  with held as (
    select shop_id, id from runs
     where (shop_id, id, held_by) in (
       select * from unnest($1::text[], $2::uuid[], $3::uuid[]))
     order by shop_id, id for no key update
  )
  update runs set held_until = now() + $4 * interval '1 millisecond'
    from held where runs.shop_id = held.shop_id and runs.id = held.id`;

const LET_GO = `
  update runs set held_by = null, held_until = null
   where shop_id = $1 and id = $2 and held_by = $3`;

/** In safe mode a run waits; otherwise every row would be refused. */
const NOT_SAFE_MODE = 'not exists (select from safe_modes where released_at is null)';

const LIST_RUNNING = `
  ${SELECT_RUN} where state = 'running' and ${FREE}
  union all
  ${SELECT_RUN} where state <> 'running' and ${FREE}
     and (shop_id, id) in (select shop_id, run_id from run_rows where state = 'begun')
  order by created_at limit 100`;

const NEXT_ROWS = `
  select r.position, r.order_number as row_order, r.shipments, o.*
    from run_rows r join runs on runs.shop_id = r.shop_id and runs.id = r.run_id
    left join lateral (
      select ${RUN_ORDER}
        from orders where shop_id = r.shop_id and order_number = r.order_number) o on true
   where r.shop_id = $1 and r.run_id = $2 and runs.held_by = $4
     and (r.state = 'begun' or r.state = 'waiting' and runs.state = 'running')
     and ${NOT_SAFE_MODE}
   order by r.position limit $3`;

type OpenRecord = RunOrderRecord & {
  order_number: string | null;
  position: number;
  row_order: string;
  shipments: readonly Shipment[] | null;
};

function openRowOf(row: OpenRecord): OpenRow {
  const { position, row_order: orderNumber, shipments } = row;
  const found = row.order_number === null ? null : runOrderOf(row);
  return { position, orderNumber, shipments, found };
}

/** Resolves to the version of each row's order; null if the row may not begin. */
async function beginRows(db: Db, wanted: readonly HeldRow[]): Promise<(number | null)[]> {
  const { rows } = await db.query<{ run_id: string; position: number; version: number }>({
    ...BEGIN_ROWS,
    values: columnsOf(wanted),
  });
  const begun = new Map(rows.map((row) => [rowKey(row.run_id, row.position), row.version]));
  return wanted.map(({ run, position }) => begun.get(rowKey(run.id, position)) ?? null);
}

/**
 * Locks the run before its rows, like `controlRun`, so the two cannot deadlock. The run's own entry
 * is that of the row's first command, if it has two.
 */
const BEGIN_ROWS = {
  name: 'begin-rows',
  text: `
    with wanted as (
      select * from unnest($1::text[], $2::uuid[], $3::uuid[], $4::int[])
        as given (shop_id, run_id, holder, position)
    ), held as (
      select shop_id, id, held_by, state from runs
       where (shop_id, id) in (select shop_id, run_id from wanted) order by shop_id, id for share
    )
    update run_rows r set state = 'begun' from wanted, held
     where r.shop_id = wanted.shop_id and r.run_id = wanted.run_id
       and r.position = wanted.position and held.shop_id = r.shop_id and held.id = r.run_id
       and held.held_by = wanted.holder
       and (r.state = 'begun' or r.state = 'waiting' and held.state = 'running')
       and ${NOT_SAFE_MODE}
    returning r.run_id, r.position, greatest(r.order_version, (
      select max(version) from journal
       where journal.shop_id = r.shop_id and journal.order_number = r.order_number
         and operation_id = (
           select id from operations where operations.shop_id = r.shop_id
              and key = ${firstKeyOf('r')}))) as version`,
};

type NotedRow = HeldRow & { readonly refusal: Reason | null };

async function noteRows(db: Db, rows: readonly NotedRow[]): Promise<undefined[]> {
  const refusals = rows.map(({ refusal }) => refusal);
  await db.query({ ...NOTE_ROWS, values: [...columnsOf(rows), refusals] });
  return rows.map(() => undefined);
}

const NOTE_ROWS = {
  name: 'note-rows',
  text: `
    update run_rows r
       set state = case when reason_given is null then 'accepted' else 'refused' end,
           reason = reason_given
      from unnest($1::text[], $2::uuid[], $3::uuid[], $4::int[], $5::text[])
        as given (shop_id, run_id, holder, position, reason_given)
      join runs on runs.shop_id = given.shop_id and runs.id = given.run_id
       and runs.held_by = given.holder
     where r.shop_id = given.shop_id and r.run_id = given.run_id
       and r.position = given.position and r.state in ('waiting', 'begun')`,
};

/** Returns shops, runs, holders and positions as parameters of a statement. */
function columnsOf(rows: readonly HeldRow[]): [string[], string[], string[], number[]] {
  return [...holdersOf(rows.map(({ run }) => run)), rows.map(({ position }) => position)];
}

function holdersOf(held: readonly HeldRun[]): [string[], string[], string[]] {
  return [
    held.map(({ shopId }) => shopId),
    held.map(({ id }) => id),
    held.map(({ holder }) => holder),
  ];
}

const FINISH = `
  update runs set state = 'finished', ended_at = now()
   where shop_id = $1 and id = $2 and held_by = $3 and state = 'running' and not exists (
     select 1 from run_rows
      where shop_id = $1 and run_id = $2 and state in ('waiting', 'begun'))`;
