import type { RunPlan } from '../../core/src/domain/commands/run-commands.ts';
import { billedOf, type Order } from '../../core/src/domain/order/order.ts';
import { type RunRef, rowKey } from '../../core/src/ports/runs.ts';
import type { Operation, Page } from '../../core/src/turns/operation.ts';
import { Bulk } from '../../server/src/workers/bulk.ts';
import type { Checks, Evidence } from './checks.ts';
import { count } from './labels.ts';
import type { KeptRow, KeptRun, MemoryRuns } from './memory-runs.ts';
import { SHOPS } from './orders.ts';
import { TANAKA } from './people.ts';
import type { OpenService } from './process.ts';
import type { Random } from './random.ts';
import type { Stage } from './stage.ts';

/** Bulk runs: who begins, pauses and stops them, who carries them out, and the invariants. */

/** The rows of a run carried out at a time, by process: few, so that a stop finds rows left. */
const WIDTHS: Readonly<Record<string, number>> = { first: 1, second: 2 };

export function runsService(runs: MemoryRuns): OpenService {
  return ({ name, office, reach, onError }) => {
    const width = WIDTHS[name] ?? 1;
    const bulk = new Bulk({ runs: reach('runs', runs.connect()), office, onError, width });
    // Skips a look that would find nothing, to save time.
    return { round: async () => (isRunning({ runs }) ? bulk.round() : undefined) };
  };
}

/** Chooses orders of some shop and presses a while later, sometimes twice. */
export function beginSomeRun(scene: Stage): void {
  const { kernel, store } = scene;
  const { random } = kernel;
  const { shopId } = random.pick(SHOPS);
  const orders = [...store.orders.values()].filter((order) => order.shopId === shopId);
  const chosen = orders.filter(() => random.chance(0.8));
  const names = { id: random.uuid(), key: random.uuid() };
  const run = newRun(shopId, names, somePlan(random), chosen);
  const { age } = scene;
  kernel.after(random.int(500, 20_000), () => {
    if (scene.age !== age) return;
    beginRun(scene, run, chosen);
    if (random.chance(0.2)) {
      kernel.after(random.int(1, 400), () => scene.age === age && scene.runs.create(run));
    }
    if (random.chance(0.4))
      kernel.after(random.int(50, random.pick([3_000, 60_000])), () => halt(scene, run));
  });
}

/** Builds a run over orders as a screen shows them. */
export function newRun(
  shopId: string,
  names: { readonly id: string; readonly key: string },
  plan: RunPlan,
  chosen: readonly Order[],
) {
  return {
    ...names,
    shopId,
    inputHash: 'run',
    actor: TANAKA.actor,
    plan,
    paidOn: '2026-11-14',
    mail: 'auto' as const,
    mailUnpaid: false,
    rows: chosen.map(({ orderNumber, version }) => ({ orderNumber, version })),
  };
}

/** Presses: from now on each row is as good as a press of its own. */
export function beginRun(scene: Stage, run: ReturnType<typeof newRun>, chosen: readonly Order[]) {
  const { kernel, presses, runs, age } = scene;
  const { shopId } = run;
  kernel.note('operator', `${run.plan.kind} run of ${chosen.length} in ${shopId}`);
  for (const [index, { version, amounts, orderNumber }] of chosen.entries()) {
    const key = rowKey(run.id, index + 1);
    const command = { kind: 'capture' } as const;
    const ref = { shopId, orderNumber };
    const shown = billedOf(amounts);
    const by = TANAKA;
    presses.set(`${shopId}/${key}`, { ref, key, command, version, shown, answers: [], age, by });
  }
  runs.create(run);
}

function somePlan(random: Random): RunPlan {
  switch (random.weighted({ pay: 4, ship: 3, cancel: 2 })) {
    case 'pay':
      return { kind: 'mark_paid' };
    case 'ship': {
      const andPay = random.chance(0.8);
      return { kind: 'ship', shippedOn: '2026-11-14', shippingMail: 'manual', andPay };
    }
    default: {
      const told = { returnStock: false, returnPoints: false, mailCustomer: true };
      const cancelTransaction = random.chance(0.8);
      return { kind: 'cancel', cancelTransaction, revokePayments: true, ...told };
    }
  }
}

/** Stops a run, or pauses it and decides later. */
function halt(scene: Stage, run: RunRef): void {
  const { random } = scene.kernel;
  if (random.chance(0.5)) {
    controlRun(scene, run, 'stop');
    return;
  }
  controlRun(scene, run, 'pause');
  const then = () => controlRun(scene, run, random.pick(['resume', 'stop']));
  scene.kernel.after(random.int(100, 90_000), then);
}

export function controlRun(
  { kernel, runs }: Stage,
  run: RunRef,
  action: 'pause' | 'resume' | 'stop',
): void {
  const done = runs.runs.has(run.id) && runs.control(run, action);
  kernel.note('operator', `${action} of run ${run.id}: ${done}`);
}

/** Continues or stops every paused run: whoever paused it may have forgotten it. */
export function wakeRuns({ kernel, runs }: Stage): void {
  for (const run of runs.runs.values()) {
    if (run.state === 'paused') runs.control(run, kernel.random.pick(['resume', 'stop']));
  }
}

/** True while a run is to go on, or is in the middle of a row. */
export function isRunning({ runs }: Pick<Stage, 'runs'>): boolean {
  return [...runs.runs.values()].some(({ id, state }) => {
    const goesOn = state === 'running' || state === 'paused';
    return goesOn || runs.rows.get(id)?.some((row) => row.state === 'begun');
  });
}

/** A row with its run and its operation. */
type Told = { readonly run: KeptRun; readonly row: KeptRow; readonly operation: Operation | null };

function* rowsIn({ runs }: Evidence): Generator<Told> {
  for (const run of runs.runs.values()) {
    for (const row of runs.rows.get(run.id) ?? []) {
      yield { run, row, operation: runs.operationOf(run, row) };
    }
  }
}

function wrongRow(evidence: Evidence, wrong: (told: Told) => string | null): string | null {
  for (const told of rowsIn(evidence)) {
    const what = wrong(told);
    if (what !== null) return `row ${told.row.position} of a ${told.run.plan.kind} run ${what}`;
  }
  return null;
}

/** At every committed turn. */
export const RUNS_AT_COMMIT: Checks<[before: Page, after: Page]> = {
  'INV-15: no row of a run is touched but after it has begun': ({ runs }, before, after) => {
    const { operation } = after;
    if (operation === before.operation || !operation?.key.startsWith('run:')) return null;
    const [, id = '', position] = operation.key.split(':');
    const row = runs.rows.get(id)?.find((one) => String(one.position) === position);
    const fine = row === undefined || row.state === 'begun' || row.state === 'accepted';
    return fine ? null : `row ${position} is ${row.state}, and given`;
  },
};

/** Checked at every noted row. */
export const RUNS_AT_NOTE: Checks<[run: KeptRun, before: KeptRow, after: KeptRow]> = {
  'INV-15: what was told of a row stays as it was told': (_evidence, _run, before, after) => {
    const { position, state, reason } = before;
    const same = state === after.state && reason === after.reason;
    return state === 'waiting' || state === 'begun' || same
      ? null
      : `row ${position} was ${state}, is ${after.state}`;
  },
  'INV-15: no row is refused for what its own run has done': ({ store }, run, _before, row) => {
    if (row.reason !== 'order_changed') return null;
    const { orderNumber, orderVersion, position } = row;
    const shipped = store.operationWith(run.shopId, `${rowKey(run.id, position)}:0`);
    if (shipped === undefined) return null;
    const since = store.journals.get(`${run.shopId}/${orderNumber}`)?.slice(orderVersion);
    const others = since?.filter(({ kind }) => kind !== 'order_shipped') ?? [];
    return others.length > 0
      ? null
      : `row ${position} is told that another has changed ${orderNumber}`;
  },
};

export const RUNS_AT_REST: Checks<[]> = {
  'INV-15: each order of a run has come to one outcome': (evidence) =>
    wrongRow(evidence, ({ run, row, operation }) => {
      if (run.state === 'running' || run.state === 'paused') return 'is of a run that goes on';
      const told = operation === null ? row.state !== 'waiting' && row.state !== 'begun' : true;
      return told ? null : 'has no outcome';
    }),
  'INV-15: what is told of a row is what became of it': (evidence) =>
    wrongRow(evidence, ({ row, operation }) => {
      if (row.state === 'accepted') return operation === null ? 'was accepted, and is not' : null;
      return operation === null ? null : `was told as ${row.state}, and has begun`;
    }),
};

/** Counts the ends of the runs among the labels. */
export function countRuns({ runs, labels }: Stage): void {
  for (const run of runs.runs.values()) {
    count(labels, `run: ${run.state}`);
    for (const row of runs.rows.get(run.id) ?? []) {
      count(labels, ['row:', row.state, row.reason ?? ''].join(' ').trim());
    }
  }
}
