import type { JstDate } from '../domain/order.ts';
import type { Reason } from '../domain/reasons.ts';
import type { Shipment } from '../domain/shipping.ts';
import type { Actor, OperationState } from '../operations/operation.ts';
import type { RunOrder, RunPlan } from '../orders/run-commands.ts';
import { type Db, type Queryable, transaction } from './db.ts';
import type { OperationWithSteps } from './order-view.ts';
import {
  OPERATION_JSON,
  type OperationRecord,
  ORDER_COLUMNS,
  type OrderRecord,
  operationOf,
  orderOf,
  STEPS_JSON,
  type StepRecord,
  stepOf,
} from './rows.ts';

/** A bulk run as it is stored. Its rows tell how far it has come. */
export type StoredRun = {
  readonly shopId: string;
  readonly id: string;
  readonly actor: Actor;
  readonly plan: RunPlan;
  readonly paidOn: JstDate;
  readonly mail: 'auto' | 'manual';
  readonly state: 'running' | 'paused' | 'stopped' | 'finished';
  readonly createdAt: number;
  readonly endedAt: number | null;
};

/** A row of a run, with the operation that it became, if it did. */
export type StoredRunRow = {
  readonly position: number;
  readonly orderNumber: string;
  readonly orderVersion: number;
  readonly state: 'waiting' | 'begun' | 'accepted' | 'refused' | 'stopped';
  readonly shipments: readonly Shipment[] | null;
  readonly reason: Reason | null;
  readonly customerName: string;
  readonly billed: number;
  readonly operation: OperationWithSteps | null;
};

export type NewRun = {
  readonly shopId: string;
  readonly id: string;
  readonly key: string;
  readonly inputHash: string;
  readonly actor: Actor;
  readonly plan: RunPlan;
  readonly paidOn: JstDate;
  readonly mail: 'auto' | 'manual';
  /** The file that it was made of. */
  readonly fileHash?: string;
  readonly rows: readonly NewRunRow[];
};

export type NewRunRow = {
  readonly orderNumber: string;
  readonly version: number;
  /** What was sent where, if the run has it for each order. */
  readonly shipments?: readonly Shipment[];
};

/** Writes a run down with all its rows. The same key with the same input finds the first one. */
export async function createRun(
  db: Db,
  run: NewRun,
): Promise<{ kind: 'created' | 'repeated'; run: StoredRun } | { kind: 'key_reused' }> {
  return transaction(db, async (client) => {
    const { shopId, id, key, inputHash, actor, paidOn, mail, plan, fileHash = null } = run;
    const values = [shopId, id, key, inputHash, actor, paidOn, mail, plan, fileHash];
    const inserted = await client.query<RunRecord>(INSERT_RUN, values);
    const [created] = inserted.rows;
    if (created !== undefined) {
      await client.query(INSERT_ROWS, [shopId, id, JSON.stringify(run.rows)]);
      return { kind: 'created', run: runOf(created) };
    }
    const found = await client.query<RunRecord>(`${SELECT_RUN} where shop_id = $1 and key = $2`, [
      ...[shopId, key],
    ]);
    const [earlier] = found.rows;
    if (earlier === undefined) throw new Error('a run was neither new nor there');
    if (earlier.input_hash !== inputHash) return { kind: 'key_reused' };
    return { kind: 'repeated', run: runOf(earlier) };
  });
}

export async function loadRun(
  db: Queryable,
  shopId: string,
  id: string,
): Promise<StoredRun | null> {
  const { rows } = await db.query<RunRecord>(`${SELECT_RUN} where shop_id = $1 and id = $2`, [
    ...[shopId, id],
  ]);
  return rows[0] ? runOf(rows[0]) : null;
}

/** The shop's runs, newest first. */
export async function listRuns(db: Queryable, shopId: string, limit: number): Promise<StoredRun[]> {
  const { rows } = await db.query<RunRecord>(
    `${SELECT_RUN} where shop_id = $1 order by created_at desc, id desc limit $2`,
    [shopId, limit],
  );
  return rows.map(runOf);
}

/**
 * Runs that are to go on: at start, and after another process has died; also those that were paused
 * or stopped when it died in the middle of a row.
 */
export async function listRunning(db: Queryable): Promise<StoredRun[]> {
  const { rows } = await db.query<RunRecord>(
    `${SELECT_RUN} where state = 'running'
     union all
     ${SELECT_RUN} where state <> 'running'
        and (shop_id, id) in (select shop_id, run_id from run_rows where state = 'begun')
     order by created_at limit 100`,
  );
  return rows.map(runOf);
}

/** Pause, resume, stop: only a run that has not ended; null where it has. */
export async function controlRun(
  db: Db,
  shopId: string,
  id: string,
  action: 'pause' | 'resume' | 'stop',
): Promise<StoredRun | null> {
  const to = { pause: 'paused', resume: 'running', stop: 'stopped' }[action];
  return transaction(db, async (client) => {
    const { rows } = await client.query<RunRecord>(
      `update runs set state = $3, ended_at = case when $3 = 'stopped' then now() end
        where shop_id = $1 and id = $2 and state in ('running', 'paused')
        returning *`,
      [shopId, id, to],
    );
    if (rows[0] === undefined) return null;
    if (to === 'stopped') {
      await client.query(
        `update run_rows set state = 'stopped'
          where shop_id = $1 and run_id = $2 and state = 'waiting'`,
        [shopId, id],
      );
    }
    return runOf(rows[0]);
  });
}

/**
 * The next rows to be carried out, in order: those that wait, while the run is running; and those
 * that a process had begun and did not finish, in any case. Empty when there is none.
 */
export async function nextRows(
  db: Queryable,
  { shopId, id }: Pick<StoredRun, 'shopId' | 'id'>,
  limit: number,
): Promise<OpenRow[]> {
  const { rows } = await db.query<OpenRecord>(
    `select r.position, r.order_number as row_order, r.order_version as row_version, r.shipments,
        r.state = 'begun' as begun, o.*
       from run_rows r join runs on runs.shop_id = r.shop_id and runs.id = r.run_id
       left join lateral (
         select ${ORDER_COLUMNS}, cancel_requested_at is not null as cancel_requested,
             jsonb_path_query_array(details, '$.destinations[*].shippedOn') as shipped_on
           from orders where shop_id = r.shop_id and order_number = r.order_number) o on true
      where r.shop_id = $1 and r.run_id = $2
        and (r.state = 'begun' or r.state = 'waiting' and runs.state = 'running')
        and ${NOT_SAFE_MODE}
      order by r.position limit $3`,
    [shopId, id, limit],
  );
  return rows.map((row) => ({
    ...{ position: row.position, orderNumber: row.row_order, orderVersion: row.row_version },
    ...{ begun: row.begun, shipments: row.shipments },
    found: row.order_number === null ? null : runOrderOf(row),
  }));
}

function runOrderOf(row: OpenRecord): RunOrder {
  const { shipped_on: shippedOn, cancel_requested: cancelRequested } = row;
  return { order: orderOf(row), shippedOn, cancelRequested };
}

type OpenRecord = OrderRecord & {
  position: number;
  row_order: string;
  row_version: number;
  shipments: readonly Shipment[] | null;
  begun: boolean;
  cancel_requested: boolean;
  shipped_on: (JstDate | null)[];
};

/** In safe mode a run waits, rather than have row after row refused. */
const NOT_SAFE_MODE = 'not exists (select from safe_modes where released_at is null)';

/** A row that is to be carried out, with what its order looks like; null: it is not there. */
export type OpenRow = {
  readonly position: number;
  readonly orderNumber: string;
  readonly orderVersion: number;
  readonly shipments: readonly Shipment[] | null;
  readonly begun: boolean;
  readonly found: RunOrder | null;
};

/**
 * Begins a row that waits, unless the run has been paused or stopped since it was read. What has
 * begun is finished: so a row that is told to be stopped was never touched.
 */
export async function beginRow(
  db: Queryable,
  { shopId, id }: Pick<StoredRun, 'shopId' | 'id'>,
  position: number,
): Promise<boolean> {
  const { rowCount } = await db.query({
    name: 'begin-row',
    text: `update run_rows r set state = 'begun' from runs
            where r.shop_id = $1 and r.run_id = $2 and r.position = $3 and r.state = 'waiting'
              and runs.shop_id = r.shop_id and runs.id = r.run_id and runs.state = 'running'
              and ${NOT_SAFE_MODE}`,
    values: [shopId, id, position],
  });
  return rowCount === 1;
}

/** The key of the operation that a row of a run becomes. */
export function rowKey(runId: string, position: number): string {
  return `run:${runId}:${position}`;
}

/** Notes that a row needs no more work: it has its operation, or was refused for a reason. */
export async function noteRow(
  db: Queryable,
  { shopId, id }: Pick<StoredRun, 'shopId' | 'id'>,
  position: number,
  refusal: Reason | null,
): Promise<void> {
  await db.query({
    name: 'note-row',
    text: `update run_rows set state = $4, reason = $5
            where shop_id = $1 and run_id = $2 and position = $3`,
    values: [shopId, id, position, refusal === null ? 'accepted' : 'refused', refusal],
  });
}

/** Ends a run that has no row left to carry out. */
export async function finishRun(
  db: Queryable,
  { shopId, id }: Pick<StoredRun, 'shopId' | 'id'>,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `update runs set state = 'finished', ended_at = now()
      where shop_id = $1 and id = $2 and state = 'running' and not exists (
        select 1 from run_rows
         where shop_id = $1 and run_id = $2 and state in ('waiting', 'begun'))`,
    [shopId, id],
  );
  return rowCount === 1;
}

/** How many rows of each of some runs stand where, with the yen of their operations. */
export async function countRunRows(
  db: Queryable,
  shopId: string,
  runIds: readonly string[],
): Promise<RunCount[]> {
  const { rows } = await db.query<RunCount>(
    `select r.run_id as "runId", r.state, op.state as "operationState", count(*) as rows,
        count(op.goal) as linked,
        coalesce(sum(op.amount), 0)::bigint as yen
       from run_rows r
       left join operations op on op.shop_id = r.shop_id
        and op.key = 'run:' || r.run_id || ':' || r.position
      where r.shop_id = $1 and r.run_id = any($2) group by 1, 2, 3`,
    [shopId, runIds],
  );
  return rows;
}

export type RunCount = {
  readonly runId: string;
  readonly state: StoredRunRow['state'];
  readonly operationState: OperationState | null;
  readonly rows: number;
  /** Of them, those that F-REGI is told of. */
  readonly linked: number;
  readonly yen: number;
};

/** Where a look at a run can begin again: rows underway, and the first that had not begun. */
export type RunLook = { readonly underway: readonly number[]; readonly firstWaiting: number };

/** The most rows behind the first waiting one that may have begun: rows begin in their order. */
export const RUN_WINDOW = 256;

/** The rows of a run with their operations and calls: all, or what may have changed since. */
export async function loadRunRows(
  db: Queryable,
  { shopId, id }: Pick<StoredRun, 'shopId' | 'id'>,
  since: RunLook | null = null,
): Promise<StoredRunRow[]> {
  const values = since === null ? [] : [since.underway, since.firstWaiting, RUN_WINDOW];
  const query = since === null ? SELECT_ROWS : SELECT_ROWS_SINCE;
  const { rows } = await db.query<RunRowRecord>({ ...query, values: [shopId, id, ...values] });
  return rows.map(runRowOf);
}

type RunRecord = {
  shop_id: string;
  id: string;
  input_hash: string;
  actor: Actor;
  paid_on: string;
  mail: 'auto' | 'manual';
  plan: RunPlan | null;
  state: StoredRun['state'];
  created_at: number;
  ended_at: number | null;
};

const SELECT_RUN = `select shop_id, id, input_hash, actor, paid_on, mail, plan, state, created_at,
  ended_at from runs`;

const INSERT_RUN = `
  insert into runs (shop_id, id, key, input_hash, actor, paid_on, mail, plan, file_hash, state)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'running')
  on conflict (shop_id, key) do nothing returning *`;

const INSERT_ROWS = `
  insert into run_rows (shop_id, run_id, position, order_number, order_version, shipments)
  select $1, $2::uuid, n, entry ->> 'orderNumber', (entry ->> 'version')::int,
         entry -> 'shipments'
    from jsonb_array_elements($3::jsonb) with ordinality as rows (entry, n)
  on conflict (shop_id, run_id, order_number) do nothing`;

function runOf(row: RunRecord): StoredRun {
  return {
    shopId: row.shop_id,
    id: row.id,
    actor: row.actor,
    plan: row.plan ?? { kind: 'mark_paid' },
    paidOn: row.paid_on,
    mail: row.mail,
    state: row.state,
    createdAt: row.created_at,
    endedAt: row.ended_at,
  };
}

type RunRowRecord = {
  position: number;
  order_number: string;
  order_version: number;
  shipments: readonly Shipment[] | null;
  state: StoredRunRow['state'];
  reason: Reason | null;
  customer_name: string | null;
  billed: number | null;
  operation: OperationRecord | null;
  steps: StepRecord[] | null;
};

const ROWS = `
  select r.position, r.order_number, r.order_version, r.shipments, r.state, r.reason,
    orders.customer_name, orders.billed, ${OPERATION_JSON} as operation, ${STEPS_JSON} as steps
  from run_rows r
  left join orders on orders.shop_id = r.shop_id and orders.order_number = r.order_number
  left join operations o on o.shop_id = r.shop_id
    and o.key = 'run:' || r.run_id || ':' || r.position
  where r.shop_id = $1 and r.run_id = $2`;

const SELECT_ROWS = { name: 'select-run-rows', text: `${ROWS} order by r.position` };

const SELECT_ROWS_SINCE = {
  name: 'select-run-rows-since',
  text: `${ROWS} and (r.position = any($3::int[])
      or r.position >= $4 and (r.state <> 'waiting' or r.position < $4 + $5))
    order by r.position`,
};

function runRowOf(row: RunRowRecord): StoredRunRow {
  const steps = (row.steps ?? []).map(stepOf);
  return {
    position: row.position,
    orderNumber: row.order_number,
    orderVersion: row.order_version,
    shipments: row.shipments,
    state: row.state,
    reason: row.reason,
    customerName: row.customer_name ?? '',
    billed: row.billed ?? 0,
    operation: row.operation && { operation: operationOf(row.operation), steps },
  };
}
