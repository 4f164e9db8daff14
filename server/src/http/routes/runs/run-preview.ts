import type { RunPreview } from '@renkei/contract/runs.ts';
import { isLargeRun } from '@renkei/core/domain/confirmation.ts';
import type { Foreseen } from '@renkei/core/domain/foresee.ts';
import { jstDateOf } from '@renkei/core/domain/jst.ts';
import { isAsSeen } from '@renkei/core/domain/order.ts';
import { foreseeRow, type RunTerms, runCommands } from '@renkei/core/domain/run-commands.ts';
import type { Shipment } from '@renkei/core/domain/shipping.ts';
import { type BatchOrder, loadOrders } from '../../../store/orders/order-batch.ts';
import type { Shop } from '../../../store/shops/shops.ts';
import { shopOf } from '../../command.ts';
import { edgeProblem } from '../../problems/problems.ts';
import type { Call } from '../../route.ts';
import { presentPreviewRow, presentRunPreview } from '../../views/runs.ts';

/** An order of a run that is looked at before. */
export type RunRowWanted = {
  readonly orderNumber: string;
  /** In another version it is excluded as stale. */
  readonly version?: number;
  readonly shipments?: readonly Shipment[];
};

/**
 * What a run would come to, order by order in their sequence; nothing is sent (M6). `isWhole`: the
 * run takes all of them as they stand, those that it will refuse among them.
 */
export async function previewOrders(
  call: Call,
  wanted: readonly RunRowWanted[],
  terms: RunTerms,
  isWhole: boolean,
): Promise<RunPreview> {
  const shop = await shopOf(call);
  const foreseen = await foreseeOrders(call, shop, wanted, terms);
  const rows = foreseen.map((one) => presentPreviewRow(one.found, one.foreseen, shop, call.locale));
  const taken = isWhole ? foreseen : foreseen.filter((one) => one.foreseen.kind !== 'refuse');
  return presentRunPreview(rows, confirmationOf(taken, shop));
}

/** The same of those among the orders that nothing speaks against: neither Renkei nor F-REGI. */
export async function previewHopeful(
  call: Call,
  wanted: readonly RunRowWanted[],
  terms: RunTerms,
): Promise<RunPreview> {
  const shop = await shopOf(call);
  const hopeful = (await foreseeOrders(call, shop, wanted, terms)).filter(
    ({ foreseen }) =>
      foreseen.kind === 'record' || (foreseen.kind === 'pursue' && foreseen.doubt === null),
  );
  const rows = hopeful.map((one) => presentPreviewRow(one.found, one.foreseen, shop, call.locale));
  return presentRunPreview(rows, confirmationOf(hopeful, shop));
}

/** S2: what a person has to type before a run of these orders, as they stand now; or null. */
export async function runConfirmation(
  call: Call,
  wanted: readonly RunRowWanted[],
  terms: RunTerms,
): Promise<string | null> {
  const shop = await shopOf(call);
  return confirmationOf(await foreseeOrders(call, shop, wanted, terms), shop);
}

type ForeseenOrder = { readonly found: BatchOrder; readonly foreseen: Foreseen };

async function foreseeOrders(
  call: Call,
  shop: Shop,
  wanted: readonly RunRowWanted[],
  terms: RunTerms,
): Promise<ForeseenOrder[]> {
  const { backoffice, shopId } = call;
  const today = jstDateOf(backoffice.now());
  const orderNumbers = wanted.map(({ orderNumber }) => orderNumber);
  const orders = await loadOrders(backoffice.db, shopId, orderNumbers);
  requireAll(call, orderNumbers, orders);
  return wanted.flatMap(({ orderNumber, version = null, shipments = null }) => {
    const found = orders.get(orderNumber);
    if (found === undefined) return [];
    const { order, open } = found;
    const foreseen =
      version === null || isAsSeen(order, version)
        ? foreseeRow(order, open, runCommands(terms, found, shipments), shop, today)
        : STALE;
    return [{ found, foreseen }];
  });
}

const STALE: Foreseen = { kind: 'refuse', reason: 'order_changed', because: null, line: null };

function confirmationOf(foreseen: readonly ForeseenOrder[], { confirm }: Shop): string | null {
  const orders = foreseen.length;
  const yen = foreseen.reduce((sum, one) => sum + movedBy(one.foreseen), 0);
  return isLargeRun({ orders, yen }, confirm) ? String(orders) : null;
}

function movedBy(foreseen: Foreseen): number {
  return foreseen.kind === 'pursue' ? foreseen.amount : 0;
}

/** All of the orders must be there: a number that is not is a mistake, and nothing is begun. */
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
