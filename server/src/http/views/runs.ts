import {
  RUN_GROUPS,
  RUN_ROW_STATES,
  type Run,
  type RunGroup,
  type RunKind,
  type RunPreview,
  type RunPreviewRow,
  type RunRow,
  type RunRowState,
} from '@renkei/contract/runs.ts';
import type { CommandPreview } from '@renkei/core/domain/commands/preview-command.ts';
import { billedOf } from '@renkei/core/domain/order/order.ts';
import { explain, type Locale, MANUAL_LINE } from '@renkei/core/domain/reasons/index.ts';
import type { StoredRun } from '@renkei/core/ports/runs.ts';
import type { OperationState } from '@renkei/core/turns/operation.ts';
import type { BatchOrder } from '../../store/orders/order-batch.ts';
import type { RunCount, StoredRunRow } from '../../store/runs/run-rows.ts';
import type { Shop } from '../../store/shops/shops.ts';
import { presentAsk } from './actions/previews.ts';
import { instant, instantOrNull } from './instant.ts';
import { lineOf, presentOperation } from './operations.ts';
import { presentReason } from './reasons.ts';
import { presentAtStore, presentRedirects } from './redirects.ts';

/** The number of a run's rows in each state, and the yen of successful ones. */
export type RunTally = Pick<Run, 'counts' | 'yenSucceeded' | 'linked' | 'partly'>;

export function presentRun(run: StoredRun, tally: RunTally): Run {
  const { id, state, actor, paidOn, mail, plan } = run;
  return {
    id,
    state,
    actor: actor.name,
    paidOn,
    mail,
    kind: kindOf(run),
    plan,
    createdAt: instant(run.createdAt),
    endedAt: instantOrNull(run.endedAt),
    ...tally,
  };
}

/** Returns the work of a run on each of its orders, as one word. */
export function kindOf({ plan }: Pick<StoredRun, 'plan'>): RunKind {
  return plan.kind === 'ship' && plan.andPay ? 'ship_and_pay' : plan.kind;
}

/** Returns the tally of one run, from the store's counts of several. */
export function tallyOf({ id }: StoredRun, counts: readonly RunCount[]): RunTally {
  const own = counts.filter(({ runId }) => runId === id);
  const rowsIn = (wanted: RunRowState) =>
    own
      .filter((count) => stateOf(count.state, count.operationState) === wanted)
      .reduce((sum, { rows }) => sum + rows, 0);
  const succeeded = own.filter(({ operationState }) => operationState === 'succeeded');
  return {
    counts: record(RUN_ROW_STATES, rowsIn),
    yenSucceeded: succeeded.reduce((sum, { yen }) => sum + yen, 0),
    linked: succeeded.reduce((sum, { linked }) => sum + linked, 0),
    partly: own
      .filter((count) => stateOf(count.state, count.operationState) === 'failed')
      .reduce((sum, { partly }) => sum + partly, 0),
  };
}

/** The operation's state counts; without an operation, the row's own. */
function stateOf(
  row: StoredRunRow['state'],
  operation: OperationState | 'proposed' | null,
): RunRowState {
  switch (operation) {
    case 'declined':
    case 'not_sent':
      return 'failed';
    case 'confirming':
      return 'asking';
    case null:
      return WITHOUT_OPERATION[row];
    default:
      return operation;
  }
}

const WITHOUT_OPERATION: Record<StoredRunRow['state'], RunRowState> = {
  waiting: 'waiting',
  begun: 'asking',
  accepted: 'asking',
  refused: 'failed',
  stopped: 'stopped',
  excluded: 'excluded',
};

/** Returns the shown state of a row. */
export function runRowState({ state, operation }: StoredRunRow): RunRowState {
  const isProposed = operation?.operation.reason === 'second_person_awaited';
  return stateOf(state, isProposed ? 'proposed' : (operation?.operation.state ?? null));
}

export function presentRunRow(row: StoredRunRow, shopId: string, locale: Locale): RunRow {
  const { orderNumber, customerName, billed, operation } = row;
  const reason = operation?.operation.reason ?? row.reason;
  const line = operation === null ? null : lineOf(operation.operation, operation.steps);
  return {
    orderNumber,
    customerName,
    billed,
    state: runRowState(row),
    reason: reason && presentReason(reason, locale, { shopId, orderNumber }),
    line: line ?? (reason ? (MANUAL_LINE[reason] ?? explain(reason, locale).cause) : null),
    operation: operation && presentOperation(operation, locale),
    partly: row.partly,
  };
}

export function presentPreviewRow(
  { order, customerName, shippedOn, cancelRequested }: BatchOrder,
  previewed: CommandPreview,
  shop: Shop,
  locale: Locale,
): RunPreviewRow {
  const { orderNumber, version, transaction } = order;
  const common = {
    orderNumber,
    version,
    customerName,
    billed: billedOf(order.amounts),
    authorized: transaction?.amount ?? null,
    unshipped: shippedOn.flatMap((day, index) => (day === null ? [index] : [])),
    cancelRequested,
    asks: [],
    irreversible: null,
    doubt: null,
    liability: null,
    gateway: null,
    mail: false,
    notMade: [],
    payable: [],
    revoked: [],
    reason: null,
    line: null,
  };
  if (previewed.kind === 'refuse') {
    const reason = previewed.because ?? previewed.reason;
    const view = presentReason(reason, locale, order);
    return { ...common, group: 'excluded', reason: view, line: previewed.line };
  }
  if (previewed.kind === 'record') {
    const { gateway, mail } = previewed;
    const notMade = presentRedirects(previewed.notMade);
    const group = notMade.length > 0 ? 'unpaid_at_gateway' : 'local_only';
    return { ...common, group, gateway, mail, notMade, ...presentAtStore(previewed) };
  }
  const asks = previewed.asks.map((ask) => presentAsk(order, ask, shop));
  const group = asks.length > 1 ? 'with_change' : 'as_is';
  const { irreversible, liability, mail } = previewed;
  const doubt = previewed.doubt && presentReason(previewed.doubt, locale, order);
  const said = { irreversible, doubt, liability, mail };
  return { ...common, group, asks, ...said, ...presentAtStore(previewed) };
}

/** `confirm`: the text to type before running them, or null. */
export function presentRunPreview(
  rows: readonly RunPreviewRow[],
  confirm: string | null,
): RunPreview {
  const tally = (wanted: (group: RunGroup) => boolean) => {
    const chosen = rows.filter(({ group }) => wanted(group));
    return { count: chosen.length, yen: chosen.reduce((sum, { billed }) => sum + billed, 0) };
  };
  return {
    rows: [...rows],
    groups: record(RUN_GROUPS, (name) => tally((group) => group === name)),
    carriedOut: tally((group) => group !== 'excluded'),
    mails: rows.filter(({ mail }) => mail).length,
    confirm,
  };
}

function record<K extends string, V>(keys: readonly K[], of: (key: K) => V): Record<K, V> {
  return Object.fromEntries(keys.map((key) => [key, of(key)])) as Record<K, V>;
}
