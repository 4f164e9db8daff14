import type { RunPreview } from '@renkei/contract/runs.ts';
import { isLargeRun } from '@renkei/core/domain/commands/confirmation.ts';
import type { CommandPreview } from '@renkei/core/domain/commands/preview-command.ts';
import {
  previewRow,
  type RunTerms,
  runCommands,
} from '@renkei/core/domain/commands/run-commands.ts';
import { isAsSeen } from '@renkei/core/domain/order/order.ts';
import type { Shipment } from '@renkei/core/domain/order/shipping.ts';
import { DAY_DOUBTS, type DayAsked } from '@renkei/core/domain/rules/day-doubts.ts';
import { jstDateOf } from '@renkei/core/domain/values/jst.ts';
import { type BatchOrder, loadOrders } from '../../../store/orders/order-batch.ts';
import type { NewRunRow } from '../../../store/runs/runs.ts';
import type { Shop } from '../../../store/shops/shops.ts';
import { shopOf } from '../../command.ts';
import { edgeProblem, refusalProblem } from '../../problems/problems.ts';
import type { Call } from '../../route.ts';
import { presentPreviewRow, presentRunPreview } from '../../views/runs.ts';

/** The terms of a run, with what is asked about its 入金日 before it starts (O6). */
export type AskedTerms = RunTerms & { readonly day?: DayAsked };

/** An order for the preview of a run. */
export type RunRowWanted = {
  readonly orderNumber: string;
  /** An order in another version is excluded as stale. */
  readonly version?: number;
  readonly shipments?: readonly Shipment[];
};

/**
 * Previews a run, order by order in sequence; nothing is sent (M6). `isWhole`: the run takes all
 * orders as they are, including those that it will refuse.
 */
export async function previewOrders(
  call: Call,
  wanted: readonly RunRowWanted[],
  terms: AskedTerms,
  isWhole: boolean,
): Promise<RunPreview> {
  const shop = await shopOf(call);
  const previewed = await previewEach(call, shop, wanted, terms);
  const rows = previewed.map((one) =>
    presentPreviewRow(one.found, one.previewed, shop, call.locale),
  );
  const taken = isWhole ? previewed : previewed.filter((one) => one.previewed.kind !== 'refuse');
  return presentRunPreview(rows, confirmationOf(taken, shop));
}

/** The same, reduced to orders that neither Renkei nor F-REGI will probably refuse. */
export async function previewHopeful(
  call: Call,
  wanted: readonly RunRowWanted[],
  terms: RunTerms,
): Promise<RunPreview> {
  const shop = await shopOf(call);
  const hopeful = (await previewEach(call, shop, wanted, terms)).filter(
    ({ previewed }) =>
      previewed.kind === 'record' || (previewed.kind === 'pursue' && previewed.doubt === null),
  );
  const rows = hopeful.map((one) => presentPreviewRow(one.found, one.previewed, shop, call.locale));
  return presentRunPreview(rows, confirmationOf(hopeful, shop));
}

/**
 * S2: returns the text that a person has to type before a run of these orders in their present
 * state; or null. Throws a problem if a 入金日 is unlikely and nobody has confirmed it (O6).
 */
export async function runConfirmation(
  call: Call,
  wanted: readonly RunRowWanted[],
  terms: AskedTerms,
): Promise<string | null> {
  const shop = await shopOf(call);
  const previewed = await previewEach(call, shop, wanted, terms);
  const doubt = previewed.map((one) => dayDoubtOf(one.previewed)).find((one) => one !== null);
  if (doubt) throw refusalProblem(doubt, null, call.locale, null);
  return confirmationOf(previewed, shop);
}

/**
 * Returns the orders that a run leaves out, each with the reason why it cannot carry it out now; an
 * order that it could by now has changed since the preview.
 */
export async function leftOut(
  call: Call,
  orderNumbers: readonly string[],
  terms: AskedTerms,
): Promise<NewRunRow[]> {
  const wanted = orderNumbers.map((orderNumber) => ({ orderNumber }));
  const previewed = await previewEach(call, await shopOf(call), wanted, terms);
  return previewed.map(({ found: { order }, previewed: { kind, ...more } }) => ({
    orderNumber: order.orderNumber,
    version: order.version,
    excluded: 'reason' in more ? (more.because ?? more.reason) : 'order_changed',
  }));
}

function dayDoubtOf(previewed: CommandPreview) {
  if (previewed.kind !== 'refuse') return null;
  return DAY_DOUBTS.find((doubt) => doubt === previewed.reason) ?? null;
}

type PreviewedOrder = { readonly found: BatchOrder; readonly previewed: CommandPreview };

async function previewEach(
  call: Call,
  shop: Shop,
  wanted: readonly RunRowWanted[],
  terms: AskedTerms,
): Promise<PreviewedOrder[]> {
  const { backoffice, shopId } = call;
  const today = jstDateOf(backoffice.now());
  const orderNumbers = wanted.map(({ orderNumber }) => orderNumber);
  const orders = await loadOrders(backoffice.db, shopId, orderNumbers);
  requireAll(call, orderNumbers, orders);
  return wanted.flatMap(({ orderNumber, version = null, shipments = null }) => {
    const found = orders.get(orderNumber);
    if (found === undefined) return [];
    const { order, open } = found;
    const previewed =
      version === null || isAsSeen(order, version)
        ? previewRow(order, open, runCommands(terms, found, shipments, terms.day), shop, today)
        : STALE;
    return [{ found, previewed }];
  });
}

const STALE: CommandPreview = {
  kind: 'refuse',
  reason: 'order_changed',
  because: null,
  line: null,
};

function confirmationOf(previewed: readonly PreviewedOrder[], { confirm }: Shop): string | null {
  const orders = previewed.length;
  const yen = previewed.reduce((sum, one) => sum + movedBy(one.previewed), 0);
  return isLargeRun({ orders, yen }, confirm) ? String(orders) : null;
}

function movedBy(previewed: CommandPreview): number {
  return previewed.kind === 'pursue' ? previewed.amount : 0;
}

/** Requires all orders: a missing number is a mistake, and nothing is begun. */
function requireAll(
  { locale }: Call,
  orderNumbers: readonly string[],
  found: ReadonlyMap<string, unknown>,
): void {
  const missing = orderNumbers.flatMap((orderNumber, index) =>
    found.has(orderNumber) ? [] : [{ pointer: `/${index}`, message: orderNumber }],
  );
  if (missing.length > 0) throw edgeProblem('orders_not_found', locale, { errors: missing });
}
