import type { RunPlan } from '@renkei/core/domain/commands/run-commands.ts';
import type { Shipment } from '@renkei/core/domain/order/shipping.ts';
import type { Reason } from '@renkei/core/domain/reasons/index.ts';
import type { StoredRowState, StoredRun } from '@renkei/core/ports/runs.ts';
import type { Operation, OperationState, Step } from '@renkei/core/turns/operation.ts';
import {
  day,
  fixed,
  flag,
  instant,
  json,
  nullable,
  orElse,
  RowCodec,
  type RowOf,
  text,
  uuid,
} from '../db/codec.ts';
import { type Db, type Queryable, transaction } from '../db/db.ts';
import type { OperationWithSteps } from '../orders/order-view.ts';
import { OPERATION, STEP, STEPS_JSON } from '../orders/rows.ts';
import { firstKeyOf, lastKeyOf } from './row-key.ts';

/** A row of a run, with its operation if it has one. */
export type StoredRunRow = {
  readonly position: number;
  readonly orderNumber: string;
  readonly orderVersion: number;
  readonly state: StoredRowState;
  readonly shipments: readonly Shipment[] | null;
  readonly reason: Reason | null;
  readonly customerName: string;
  readonly billed: number;
  readonly operation: OperationWithSteps | null;
  /** True if the first of its two commands was carried out. */
  readonly partly: boolean;
};

export type NewRun = Pick<
  StoredRun,
  'shopId' | 'id' | 'actor' | 'plan' | 'paidOn' | 'mail' | 'mailUnpaid'
> & {
  readonly key: string;
  readonly inputHash: string;
  /** The hash of the file that it was made from. */
  readonly fileHash?: string;
  readonly rows: readonly NewRunRow[];
};

export type NewRunRow = {
  readonly orderNumber: string;
  readonly version: number;
  /** The shipments of each order, if the run has them. */
  readonly shipments?: readonly Shipment[];
};

/** A row of `runs`. Runs from before plans existed marked their orders as paid. */
export const RUN = new RowCodec<StoredRun>({
  shopId: fixed(text('shop_id')),
  id: fixed(uuid('id')),
  actor: fixed(json('actor')),
  plan: fixed(orElse<RunPlan>(json('plan'), { kind: 'mark_paid' })),
  paidOn: fixed(day('paid_on')),
  mail: fixed(text('mail')),
  mailUnpaid: fixed(flag('mail_unpaid')),
  state: text('state'),
  createdAt: fixed(instant('created_at')),
  endedAt: nullable(instant('ended_at')),
});

export const SELECT_RUN = `select ${RUN.select} from runs`;

/** Stores a run with all its rows. The same key with the same input finds the first run. */
export async function insertRun(
  db: Db,
  run: NewRun,
): Promise<{ kind: 'created' | 'repeated'; run: StoredRun } | { kind: 'key_reused' }> {
  return transaction(db, async (client) => {
    const { shopId, id, key, inputHash, actor, paidOn, mail, plan, fileHash = null } = run;
    const named = [shopId, id, key, inputHash, actor];
    const values = [...named, paidOn, mail, plan, fileHash, run.mailUnpaid];
    const inserted = await client.query<RowOf<StoredRun>>(INSERT_RUN, values);
    const [created] = inserted.rows;
    if (created !== undefined) {
      await client.query(INSERT_ROWS, [shopId, id, JSON.stringify(run.rows)]);
      return { kind: 'created', run: RUN.read(created) };
    }
    const found = await client.query<RowOf<StoredRun> & { input_hash: string }>(
      `select ${RUN.select}, input_hash from runs where shop_id = $1 and key = $2`,
      [shopId, key],
    );
    const [earlier] = found.rows;
    if (earlier === undefined) throw new Error('a run was neither inserted nor found');
    if (earlier.input_hash !== inputHash) return { kind: 'key_reused' };
    return { kind: 'repeated', run: RUN.read(earlier) };
  });
}

export async function loadRun(
  db: Queryable,
  shopId: string,
  id: string,
): Promise<StoredRun | null> {
  const { rows } = await db.query<RowOf<StoredRun>>(
    `${SELECT_RUN} where shop_id = $1 and id = $2`,
    [shopId, id],
  );
  return rows[0] ? RUN.read(rows[0]) : null;
}

/** Lists the shop's runs, newest first. */
export async function listRuns(db: Queryable, shopId: string, limit: number): Promise<StoredRun[]> {
  const { rows } = await db.query<RowOf<StoredRun>>(
    `${SELECT_RUN} where shop_id = $1 order by created_at desc, id desc limit $2`,
    [shopId, limit],
  );
  return rows.map((row) => RUN.read(row));
}

/** Pauses, resumes or stops a run; null if it has ended. */
export async function controlRun(
  db: Db,
  shopId: string,
  id: string,
  action: 'pause' | 'resume' | 'stop',
): Promise<StoredRun | null> {
  const to = { pause: 'paused', resume: 'running', stop: 'stopped' }[action];
  return transaction(db, async (client) => {
    const { rows } = await client.query<RowOf<StoredRun>>(
      `update runs set state = $3, ended_at = case when $3 = 'stopped' then now() end
        where shop_id = $1 and id = $2 and state in ('running', 'paused')
        returning ${RUN.select}`,
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
    return RUN.read(rows[0]);
  });
}

/** Counts rows by state for some runs, with the yen of their operations. */
export async function countRunRows(
  db: Queryable,
  shopId: string,
  runIds: readonly string[],
): Promise<RunCount[]> {
  const { rows } = await db.query<RunCount>(
    `select r.run_id as "runId", r.state, op.state as "operationState", count(*) as rows,
        count(op.goal) as linked, count(first.id) as partly,
        coalesce(sum(op.amount), 0)::bigint as yen
       from run_rows r
       join runs on runs.shop_id = r.shop_id and runs.id = r.run_id
       left join operations op on op.shop_id = r.shop_id
        and op.key = ${lastKeyOf('r')}
       left join lateral (
         select id from operations
          where runs.plan ->> 'andPay' = 'true' and shop_id = r.shop_id
            and key = ${firstKeyOf('r')} limit 1) first on true
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
  /** The part that F-REGI is told of. */
  readonly linked: number;
  /** The part whose first of two commands was carried out. */
  readonly partly: number;
  readonly yen: number;
};

/**
 * Where the next poll resumes: the rows in progress and the first that has not begun. No row goes
 * back to waiting, so the rows after it have not changed.
 */
export type RunLook = { readonly underway: readonly number[]; readonly firstWaiting: number };

/** Loads a run's rows with operations and calls: all, or those that may have changed. */
export async function loadRunRows(
  db: Queryable,
  { shopId, id }: Pick<StoredRun, 'shopId' | 'id'>,
  since: RunLook | null = null,
): Promise<StoredRunRow[]> {
  const values = since === null ? [] : [since.underway, since.firstWaiting];
  const query = since === null ? SELECT_ROWS : SELECT_ROWS_SINCE;
  const { rows } = await db.query<RunRowRecord>({ ...query, values: [shopId, id, ...values] });
  return rows.map(runRowOf);
}

const INSERT_RUN = `
  insert into runs (shop_id, id, key, input_hash, actor, paid_on, mail, plan, file_hash,
    mail_unpaid, state)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'running')
  on conflict (shop_id, key) do nothing returning ${RUN.select}`;

const INSERT_ROWS = `
  insert into run_rows (shop_id, run_id, position, order_number, order_version, shipments)
  select $1, $2::uuid, n, entry ->> 'orderNumber', (entry ->> 'version')::int,
         entry -> 'shipments'
    from jsonb_array_elements($3::jsonb) with ordinality as rows (entry, n)
  on conflict (shop_id, run_id, order_number) do nothing`;

type RunRowRecord = {
  position: number;
  order_number: string;
  order_version: number;
  shipments: readonly Shipment[] | null;
  state: StoredRunRow['state'];
  reason: Reason | null;
  customer_name: string | null;
  billed: number | null;
  operation: RowOf<Operation> | null;
  steps: RowOf<Step>[] | null;
  partly: boolean;
};

const ROWS = `
  select r.position, r.order_number, r.order_version, r.shipments, r.state, r.reason,
    orders.customer_name, orders.billed, ${OPERATION.json('o')} as operation, ${STEPS_JSON} as steps,
    exists (select from operations where operations.shop_id = r.shop_id
      and key = ${firstKeyOf('r')}) as partly
  from run_rows r
  left join orders on orders.shop_id = r.shop_id and orders.order_number = r.order_number
  left join operations o on o.shop_id = r.shop_id
    and o.key = ${lastKeyOf('r')}
  where r.shop_id = $1 and r.run_id = $2`;

const SELECT_ROWS = { name: 'select-run-rows', text: `${ROWS} order by r.position` };

const SELECT_ROWS_SINCE = {
  name: 'select-run-rows-since',
  text: `${ROWS} and (r.position = any($3::int[]) or r.position >= $4 and r.state <> 'waiting')
    order by r.position`,
};

function runRowOf(row: RunRowRecord): StoredRunRow {
  const steps = (row.steps ?? []).map((step) => STEP.read(step));
  return {
    position: row.position,
    orderNumber: row.order_number,
    orderVersion: row.order_version,
    shipments: row.shipments,
    state: row.state,
    reason: row.reason,
    customerName: row.customer_name ?? '',
    billed: row.billed ?? 0,
    operation: row.operation && { operation: OPERATION.read(row.operation), steps },
    partly: row.partly,
  };
}
