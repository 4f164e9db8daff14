import { compare } from '../../core/src/domain/drift/compare.ts';
import type { Drift } from '../../core/src/domain/drift/drift.ts';
import { ALONE } from '../../core/src/domain/drift/ownership.ts';
import { type Payer, payerOf } from '../../core/src/domain/drift/payer.ts';
import { billedOf, nameOf, type Order, settledOf } from '../../core/src/domain/order/order.ts';
import type { OrderStatus } from '../../core/src/domain/order/states.ts';
import {
  canBePaid,
  paidAtStoreOf,
  type RedirectStatus,
} from '../../core/src/domain/transaction/redirect.ts';
import { TIMING } from '../../core/src/turns/timing.ts';
import type { Checks, Evidence } from './checks.ts';

/** Judges by F-REGI's own word whether the money paid at a store stands in the order or in 要対応. */
export const STORE_DRIFTS_AT_REST: Checks<[]> = {
  'INV-23: the history says of every payment what F-REGI says': ({ paid, payments, store }) => {
    for (const [settleno, { status }] of paid) {
      const order = store.orders.get(nameOf(payments.kept.get(settleno) ?? NO_ORDER));
      const told = order?.redirects.find((one) => one.settleno === settleno)?.status;
      if (order !== undefined && told !== status) return `${settleno} is ${status}, not ${told}`;
    }
    return null;
  },
  'INV-23: money paid at a store stands in its order, or in 要対応': (evidence) => {
    for (const [settleno, { status }] of evidence.paid) {
      const wrong = unaccounted(evidence, settleno, status);
      if (wrong !== null) return wrong;
    }
    return null;
  },
};

const NO_ORDER = { shopId: '', orderNumber: '' };
const GONE: readonly OrderStatus[] = ['cancelled', 'returned', 'uncollectible'];

function unaccounted(
  { store, payments }: Evidence,
  settleno: string,
  status: RedirectStatus,
): string | null {
  const name = nameOf(payments.kept.get(settleno) ?? NO_ORDER);
  const order = store.orders.get(name);
  if (order === undefined) return null;
  const payer = payerOf(store.journals.get(name) ?? []);
  const isOwn = payer.kind === 'payment' && payer.settleno === settleno && order.paidOn !== null;
  const told = driftsOf(order, payer).filter(({ redirects = [] }) =>
    redirects.some((one) => one.settleno === settleno),
  );
  const kinds = told.map(({ kind }) => kind);
  const has = (...wanted: Drift['kind'][]) => kinds.some((kind) => wanted.includes(kind));
  const isGone = GONE.includes(order.status);
  if (status === 'completed' && !isOwn) {
    const wanted = isGone
      ? 'paid_after_leaving'
      : order.paidOn
        ? 'paid_twice'
        : 'paid_not_recorded';
    if (!has(wanted) && !isGivenBack(order, payer))
      return `${settleno} was paid for ${name}, and ${kinds} is told`;
  }
  if (status === 'cancelled' && isOwn && !isGone && !has('payment_reversed')) {
    return `${settleno} was reversed, and ${kinds} is told`;
  }
  const { revocation } = order.redirects.find((one) => one.settleno === settleno) ?? {};
  if (canBePaid(status) && revocation?.outcome === 'failed' && !has('still_payable')) {
    return `${settleno} was not revoked for ${name}, and ${kinds} is told`;
  }
  const isOver = isGone || order.paidOn !== null;
  if (canBePaid(status) && !isOwn && isOver && !has('still_payable')) {
    return `${settleno} can be paid for ${name}, and ${kinds} is told`;
  }
  return null;
}

/**
 * O3: true if nothing of the money paid at the store is due back: people have recorded that they
 * gave it back, or the order by now bills all of it, and more of it is missing than too much.
 */
function isGivenBack(order: Order, payer: Payer): boolean {
  const isOwed = payer.kind === 'payment' && !GONE.includes(order.status);
  const due = isOwed ? billedOf(order.amounts) : 0;
  return paidAtStoreOf(order) + settledOf(order) <= due;
}

function driftsOf(order: Order, payer: ReturnType<typeof payerOf>): Drift[] {
  const nothing = { sighted: [], books: ALONE, lookedAt: null, open: null };
  return compare(
    { order, payer, captureDeadlineDays: 60, ...nothing },
    order.placedAt,
    TIMING.unknownMs,
  );
}
