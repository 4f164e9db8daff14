import { balanceOf } from '../order/balance.ts';
import { billedOf, settledOf } from '../order/order.ts';
import { hasLeft } from '../order/states.ts';
import {
  type IssuedPayment,
  payableOf,
  REDIRECT_KINDS,
  type RedirectSeen,
} from '../transaction/redirect.ts';
import { yen } from '../values/yen.ts';
import { ofPayable } from './compare-payable.ts';
import type { Drift } from './drift.ts';
import { isPaidBy } from './payer.ts';
import * as repairs from './repairs.ts';
import { drift, paidIn, type StoreScene } from './store-drift.ts';

/**
 * Where an order does not fit the payments that its customer makes at F-REGI (D6, D14–D18). Each
 * drift names its payments; its amount is what is due back, what is missing, or what can be paid.
 */
export function ofRedirects(scene: StoreScene): Drift[] {
  const { order, payer } = scene;
  const isOwn = ({ settleno }: RedirectSeen) => order.paidOn !== null && isPaidBy(payer, settleno);
  const made = order.redirects.filter(({ status }) => status === 'completed');
  const reversed = order.redirects.filter((one) => one.status === 'cancelled' && isOwn(one));
  // Where the payment that it is 入金済 by was reversed, another one stands for it.
  const own = made.find(isOwn) ?? (reversed.length > 0 ? made[0] : undefined) ?? null;
  const extra = made.filter((payment) => payment !== own);
  return [
    ...ofMade(scene, own, extra),
    ...(own === null && !hasLeft(order) ? ofReversed(scene, reversed) : []),
    ...ofPayable(
      scene,
      payableOf(order).filter((one) => !isOwn(one)),
    ),
  ];
}

/** What was paid. `own`: the order is 入金済 by it; `extra`: it is not. */
function ofMade(
  scene: StoreScene,
  own: IssuedPayment | null,
  extra: readonly IssuedPayment[],
): Drift[] {
  const { order } = scene;
  const made = own === null ? extra : [own, ...extra];
  if (hasLeft(order)) return extra.length === 0 ? [] : paidAfterLeaving(scene, made, extra);
  if (order.paidOn === null) return extra.length === 0 ? [] : notRecorded(scene, extra);
  if (own === null) return paidOtherwiseToo(scene, extra);
  const more = paidIn(made) + settledOf(order) - billedOf(order.amounts);
  return extra.length > 0 && more > 0
    ? [paidTwice(scene, 'paid_by_two', made, more)]
    : ofAmount(scene, made, more);
}

/** O3: until what was given back is recorded. */
function paidAfterLeaving(
  scene: StoreScene,
  made: readonly IssuedPayment[],
  extra: readonly IssuedPayment[],
): Drift[] {
  const isLate = extra.some(({ revocation }) => revocation?.outcome === 'paid');
  const due = paidIn(made) + settledOf(scene.order);
  if (due <= 0) return [];
  const found = drift(scene, {
    kind: 'paid_after_leaving',
    story: isLate ? 'paid_before_revocation' : 'paid_after_leaving',
    urgency: 'now',
    amount: due,
    redirects: extra,
    differs: ['status'],
    repairs: [
      repairs.advise('settle_otherwise'),
      repairs.reopenOrder(),
      repairs.advise('check_at_gateway'),
    ],
  });
  return [found];
}

/** Marked paid by hand, and paid at the store besides: until what was given back is recorded (O3). */
function paidOtherwiseToo(scene: StoreScene, extra: readonly IssuedPayment[]): Drift[] {
  const due = paidIn(extra) + Math.min(0, settledOf(scene.order));
  if (extra.length === 0 || due <= 0) return [];
  return [paidTwice(scene, 'paid_otherwise_too', extra, due)];
}

function paidTwice(
  scene: StoreScene,
  story: 'paid_otherwise_too' | 'paid_by_two',
  made: readonly RedirectSeen[],
  due: number,
): Drift {
  return drift(scene, {
    kind: 'paid_twice',
    story,
    urgency: 'now',
    amount: due,
    redirects: made,
    differs: ['payment'],
    repairs: [
      // Entries of before do not say what was paid: then there is no open amount to record.
      repairs.advise(balanceOf(scene.order).open < 0 ? 'settle_otherwise' : 'refund_otherwise'),
      ...(story === 'paid_otherwise_too' ? [repairs.unmarkPaid()] : []),
      repairs.advise('check_at_gateway'),
    ],
  });
}

/** 未入金, though it is paid, and not given back: why it did not become 入金済 by itself (L2). */
function notRecorded(scene: StoreScene, made: readonly RedirectSeen[]): Drift[] {
  const { order, today } = scene;
  const sum = paidIn(made) + settledOf(order);
  if (sum <= 0) return [];
  const found = { kind: 'paid_not_recorded', urgency: 'now', redirects: made } as const;
  const refund = repairs.advise('settle_otherwise'); // O3: recorded, it ends this difference
  if (!REDIRECT_KINDS.includes(order.paymentKind)) {
    const former = drift(scene, {
      ...found,
      story: 'paid_by_former_method',
      amount: sum,
      differs: ['method', 'payment'],
      repairs: [repairs.advise('change_method'), refund, repairs.advise('check_at_gateway')],
    });
    return [former];
  }
  const same = sum === billedOf(order.amounts);
  const adopt = repairs.adoptAmount(order, yen(paidIn(made)));
  const record = repairs.recordAsPaid(today);
  const misfit = drift(scene, {
    ...found,
    story: same ? 'paid_and_unmarked' : 'paid_other_amount',
    amount: sum,
    differs: same ? ['payment'] : ['payment', 'amount'],
    repairs: same ? [record, refund] : [adopt, record, refund],
  });
  return [misfit];
}

/** 入金済 by payments of `more` yen than are billed by now; of fewer, below zero. */
function ofAmount(scene: StoreScene, made: readonly RedirectSeen[], more: number): Drift[] {
  const { order } = scene;
  if (more === 0) return [];
  return [
    drift(scene, {
      kind: 'amount_differs',
      story: more > 0 ? 'redirect_paid_more' : 'redirect_paid_less',
      urgency: 'today',
      amount: Math.abs(more),
      redirects: made,
      differs: ['amount'],
      repairs: [
        repairs.adoptAmount(order, yen(paidIn(made))),
        // O3: what was given back, or paid otherwise, is recorded; entries of before know no amount.
        ...(order.paidAtStore === null ? [] : [repairs.advise('settle_otherwise')]),
        repairs.advise(more > 0 ? 'refund_otherwise' : 'ask_customer'),
      ],
    }),
  ];
}

function ofReversed(scene: StoreScene, reversed: readonly RedirectSeen[]): Drift[] {
  if (reversed.length === 0) return [];
  return [
    drift(scene, {
      kind: 'payment_reversed',
      story: 'payment_reversed',
      urgency: 'now',
      amount: paidIn(reversed),
      redirects: reversed,
      differs: ['payment'],
      repairs: [
        repairs.unmarkPaid(),
        repairs.advise('ask_customer'),
        repairs.advise('check_at_gateway'),
      ],
    }),
  ];
}
