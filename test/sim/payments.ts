import { type Amounts, billedOf, nameOf, settledOf } from '../../core/src/domain/order/order.ts';
import {
  canBePaid,
  paidAtStoreOf,
  type RedirectStatus,
} from '../../core/src/domain/transaction/redirect.ts';
import { yen } from '../../core/src/domain/values/yen.ts';
import type { Page } from '../../core/src/turns/operation.ts';
import type { RedirectInquiry } from '../../server/src/fregi/redirect.ts';
import { Confirmer } from '../../server/src/workers/confirmer.ts';
import type { Checks } from './checks.ts';
import { count } from './labels.ts';
import { placeOrder, someAmounts } from './orders.ts';
import type { Paid } from './paid.ts';
import type { OpenService } from './process.ts';
import { REVOCATIONS_AT_COMMIT, REVOCATIONS_AT_REST, revocationCall } from './revocations.ts';
import type { Stage } from './stage.ts';
import { STORE_DRIFTS_AT_REST } from './store-drifts.ts';

const HOUR_MS = 3_600_000;
/** Longer than any wait, except for a payment without any notice. */
const NOTICE_MS = 2 * HOUR_MS;

export function placeRedirect(scene: Stage): void {
  const { kernel } = scene;
  const { random } = kernel;
  const { become, notice } = issueRedirect(
    scene,
    someAmounts(random),
    random.chance(0.9) ? 0 : 100,
  );
  const afterwards = () => kernel.after(random.int(0, 30_000), notice);
  if (random.chance(0.5)) kernel.after(random.int(0, 240_000), notice); // forged, or without news
  kernel.after(random.int(1_000, 240_000), () => {
    become('started');
    if (random.chance(0.5)) afterwards();
    if (random.chance(0.2)) {
      kernel.after(10 * HOUR_MS, () => become('expired'));
      return;
    }
    kernel.after(random.int(50, random.pick([2_000, 60_000])), () => {
      become('completed');
      for (let told = random.int(0, 2); told > 0; told -= 1) afterwards();
    });
  });
}

/** The order that a customer pays at a counter. */
export const REDIRECT_ORDER = { shopId: 'hanamichi', orderNumber: '100000000021' } as const;

/**
 * Issues payments for one order, the first of so many yen more than is billed. `become` sets the
 * state of a payment at F-REGI; `notice` tells Renkei to look. Without a number both are about the
 * first.
 */
export function issueRedirect(scene: Stage, amounts: Amounts, more: number, count = 1) {
  const { kernel, store, ledger, payments, paid } = scene;
  const placed = placeOrder(store, ledger, REDIRECT_ORDER, amounts, null);
  const method = { paymentKind: 'convenience_fregi', paymentMethod: 'コンビニ支払' } as const;
  store.place({ ...placed, ...method, transaction: null });
  const billed = billedOf(placed.amounts);
  for (let n = 0; n < count; n += 1) {
    payments.issue(REDIRECT_ORDER, settlenoOf(n), yen(n === 0 ? billed + more : billed));
    paid.set(settlenoOf(n), UNPAID);
  }
  const become = (status: RedirectStatus, n = 0) => {
    const one = paidOf(scene, settlenoOf(n));
    if (one.status !== 'revoked') paid.set(settlenoOf(n), { ...one, status });
  };
  const notice = (n = 0) => {
    const settleno = settlenoOf(n);
    kernel.note('notice', settleno);
    const known = payments.kept.get(settleno)?.status;
    payments.ring(settleno);
    const { toldAt, ...rest } = paidOf(scene, settleno);
    const waits = known !== undefined && (canBePaid(known) || known === 'completed');
    paid.set(settleno, { ...rest, toldAt: waits ? (toldAt ?? kernel.now) : toldAt });
  };
  return { become, notice };
}

export function settlenoOf(n: number): string {
  return String(9 + n).padStart(20, '0');
}

const UNPAID: Paid = { status: 'issued', toldAt: null, waitedMs: 0, asked: [] };

function paidOf({ paid }: Pick<Stage, 'paid'>, settleno: string): Paid {
  return paid.get(settleno) ?? UNPAID;
}

export function confirmerService(scene: Stage): OpenService {
  const { kernel, payments, faults, paid } = scene;
  const { random } = kernel;
  const now = () => kernel.now;
  return ({ office, world, reach, wait, onError }) => {
    const inquire: RedirectInquiry = (_shopId, settleno) =>
      wait('inquire payment', (tell) => {
        const fault = faults.ofInquiry('inquire payment');
        const { toldAt, ...one } = paidOf(scene, settleno);
        const waitedMs = Math.max(one.waitedMs, kernel.now - (toldAt ?? kernel.now));
        paid.set(settleno, { ...one, toldAt: null, waitedMs });
        kernel.after(random.int(20, 2_000), () => {
          const { status } = paidOf(scene, settleno);
          const seen = { kind: 'seen', status, payType: null, seqno: null } as const;
          const backMs = fault === 'inquiry_slow' ? 8_000 : random.int(20, 1_000);
          const failed = { kind: 'failed', cause: 'HTTP 503' } as const;
          kernel.after(backMs, () => tell(() => (fault === 'inquiry_failed' ? failed : seen)));
        });
      });
    const ported = reach('payments', payments);
    const revoke = revocationCall(scene, wait);
    const parts = { payments: ported, office, inquire, revoke, world, now, onError };
    const confirmer = new Confirmer(parts);
    const isDue = () => paymentsDueAt(scene) <= kernel.now;
    return { round: async () => (isDue() ? confirmer.round() : 0) };
  };
}

/** When a payment is looked at next; not where only time would bring something new. */
export function paymentsDueAt({ payments, paid, kernel }: Stage): number {
  const due = [...payments.kept.values()].map(({ settleno, status, dueAt }) => {
    const isSettled = status === 'completed' && paid.get(settleno)?.status === 'completed';
    const isFar = dueAt !== null && dueAt > kernel.now + NOTICE_MS;
    return dueAt === null || (isSettled && isFar) ? Number.POSITIVE_INFINITY : dueAt;
  });
  return Math.min(...due);
}

/** At every committed turn. */
export const PAYMENTS_AT_COMMIT: Checks<[before: Page, after: Page]> = {
  ...REVOCATIONS_AT_COMMIT,
  'INV-18: no order is confirmed as paid by a notice alone': (evidence, _before, after) => {
    const confirmed = after.entries.find(
      (e) => e.kind === 'order_marked_paid' && e.gateway === 'confirmed',
    );
    if (confirmed?.kind !== 'order_marked_paid') return null;
    const { order } = after;
    const own = evidence.payments.kept.get(confirmed.settleno ?? '');
    const status = evidence.paid.get(own?.settleno ?? '')?.status;
    // It may be reversed between the answer and the commit; INV-23 has that told.
    if (status !== 'completed' && status !== 'cancelled')
      return `${order.orderNumber} is confirmed, and ${status}`;
    const billed = billedOf(order.amounts);
    // O3: what was given back is no longer there to pay the order.
    const others = order.redirects.filter(({ settleno }) => settleno !== own?.settleno);
    const left = paidAtStoreOf({ redirects: others }) + billed + settledOf(order);
    if (left < billed) return `${order.orderNumber} is confirmed by what was given back`;
    return own?.amount === billed ? null : `${order.orderNumber}: ${billed}, not ${own?.amount}`;
  },
};

export const PAYMENTS_AT_REST: Checks<[]> = {
  ...STORE_DRIFTS_AT_REST,
  ...REVOCATIONS_AT_REST,
  'INV-18: what was paid at F-REGI is paid here, or is told why it is not': (evidence) => {
    for (const [settleno, { status }] of evidence.paid) {
      const payment = evidence.payments.kept.get(settleno);
      if (status !== 'completed' || payment === undefined) continue;
      if (payment.status !== status) return `${settleno} is ${status}, and shown ${payment.status}`;
      const journal = evidence.store.journals.get(nameOf(payment)) ?? [];
      const isPaid = journal.some(({ kind }) => kind === 'order_marked_paid');
      if (!isPaid && payment.obstacle === null) return `${settleno} is paid, and nobody says so`;
    }
    return null;
  },
  'INV-18: a notice is followed by a look': ({ paid }) => {
    for (const [settleno, { waitedMs }] of paid) {
      if (waitedMs > NOTICE_MS) return `a notice of ${settleno} waited for ${waitedMs} ms`;
    }
    return null;
  },
};

export function countPayments({ payments, store, labels }: Stage): void {
  for (const { redirects } of store.orders.values()) {
    for (const { revocation } of redirects) {
      if (revocation?.outcome != null) count(labels, `revocation: ${revocation.outcome}`);
    }
  }
  for (const { status, obstacle } of payments.kept.values()) {
    count(labels, ['payment:', status, obstacle ?? ''].join(' ').trim());
  }
}
