import type { RunPlan } from '@renkei/core/domain/commands/run-commands.ts';
import type { Shipment } from '@renkei/core/domain/order/shipping.ts';
import type { Reason } from '@renkei/core/domain/reasons/index.ts';
import type { StoredRun } from '@renkei/core/ports/runs.ts';
import { logAct } from '../audit/access-log.ts';
import {
  day,
  type Fields,
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
  /** Why the run leaves the order out; absent if it carries the order out. */
  readonly excluded?: Reason;
};

/** The columns of a run that it is started with. */
const STARTED = {
  shopId: fixed(text('shop_id')),
  id: fixed(uuid('id')),
  actor: fixed(json('actor')),
  // Runs from before plans existed marked their orders as paid.
  plan: fixed(orElse<RunPlan>(json('plan'), { kind: 'mark_paid' })),
  paidOn: fixed(day('paid_on')),
  mail: fixed(text('mail')),
  mailUnpaid: fixed(flag('mail_unpaid')),
  state: text('state'),
} satisfies Partial<Fields<StoredRun>>;

/** A row of `runs`. */
export const RUN = new RowCodec<StoredRun>({
  ...STARTED,
  createdAt: fixed(instant('created_at')),
  endedAt: nullable(instant('ended_at')),
});

/** A row of `runs` at the start of the run. */
const STARTED_RUN = new RowCodec<
  Pick<StoredRun, keyof typeof STARTED> &
    Pick<NewRun, 'key' | 'inputHash'> & {
      readonly fileHash: string | null;
    }
>({
  ...STARTED,
  key: fixed(text('key')),
  inputHash: fixed(text('input_hash')),
  fileHash: fixed(nullable(text('file_hash'))),
});

export const SELECT_RUN = `select ${RUN.select} from runs`;

/** Stores a run with all its rows. The same key with the same input finds the first run. */
export async function insertRun(
  db: Db,
  run: NewRun,
): Promise<{ kind: 'created' | 'repeated'; run: StoredRun } | { kind: 'key_reused' }> {
  return transaction(db, async (client) => {
    const { shopId, id, key, inputHash, fileHash = null } = run;
    const started = JSON.stringify(STARTED_RUN.row({ ...run, fileHash, state: 'running' }));
    const inserted = await client.query<RowOf<StoredRun>>(INSERT_RUN, [started]);
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

/** Pauses, resumes or stops a run, and logs who did; null if it has ended. */
export async function controlRun(
  db: Db,
  { shopId, id, actor }: Pick<StoredRun, 'shopId' | 'id' | 'actor'>,
  action: keyof typeof CONTROL,
): Promise<StoredRun | null> {
  const { to, act } = CONTROL[action];
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
    await logAct(client, { shopId, actor }, id, { action: act });
    return RUN.read(rows[0]);
  });
}

const CONTROL = {
  pause: { to: 'paused', act: 'run_paused' },
  resume: { to: 'running', act: 'run_resumed' },
  stop: { to: 'stopped', act: 'run_stopped' },
} as const;

const INSERT_RUN = `
  ${STARTED_RUN.insertInto('runs')}
  on conflict (shop_id, key) do nothing returning ${RUN.select}`;

const INSERT_ROWS = `
  insert into run_rows (shop_id, run_id, position, order_number, order_version, shipments, state,
    reason)
  select $1, $2::uuid, n, entry ->> 'orderNumber', (entry ->> 'version')::int,
         entry -> 'shipments', case when entry ? 'excluded' then 'stopped' else 'waiting' end,
         entry ->> 'excluded'
    from jsonb_array_elements($3::jsonb) with ordinality as rows (entry, n)
  on conflict (shop_id, run_id, order_number) do nothing`;
