import type { Shipment } from '@renkei/core/domain/order/shipping.ts';
import type { Reason } from '@renkei/core/domain/reasons/index.ts';
import type { StoredRowState, StoredRun } from '@renkei/core/ports/runs.ts';
import type { Operation, OperationState, Step } from '@renkei/core/turns/operation.ts';
import type { RowOf } from '../db/codec.ts';
import type { Queryable } from '../db/db.ts';
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

/** The state of a row `r`. A row that is stored as stopped for a reason was left out of its run. */
const ROW_STATE = `case when r.state = 'stopped' and r.reason is not null
  then 'excluded' else r.state end`;

/** Counts rows by state for some runs, with the yen of their operations. */
export async function countRunRows(
  db: Queryable,
  shopId: string,
  runIds: readonly string[],
): Promise<RunCount[]> {
  const { rows } = await db.query<RunCount>(
    `select r.run_id as "runId", ${ROW_STATE} as state, count(*) as rows,
        case when op.reason = 'second_person_awaited' then 'proposed' else op.state end
          as "operationState",
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
      where r.shop_id = $1 and r.run_id = any($2) group by 1, 2, "operationState"`,
    [shopId, runIds],
  );
  return rows;
}

export type RunCount = {
  readonly runId: string;
  readonly state: StoredRunRow['state'];
  /** `proposed`: the command waits for a second person. */
  readonly operationState: OperationState | 'proposed' | null;
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
export type ResumePoint = { readonly underway: readonly number[]; readonly firstWaiting: number };

/** Loads a run's rows with operations and calls: all, or those that may have changed. */
export async function loadRunRows(
  db: Queryable,
  { shopId, id }: Pick<StoredRun, 'shopId' | 'id'>,
  since: ResumePoint | null = null,
): Promise<StoredRunRow[]> {
  const values = since === null ? [] : [since.underway, since.firstWaiting];
  const query = since === null ? SELECT_ROWS : SELECT_ROWS_SINCE;
  const { rows } = await db.query<RunRowRecord>({ ...query, values: [shopId, id, ...values] });
  return rows.map(runRowOf);
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
  operation: RowOf<Operation> | null;
  steps: RowOf<Step>[] | null;
  partly: boolean;
};

const ROWS = `
  select r.position, r.order_number, r.order_version, r.shipments, ${ROW_STATE} as state, r.reason,
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
