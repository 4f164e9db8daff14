import { balanceOf } from '../order/balance.ts';
import { billedOf, type Order, settledOf } from '../order/order.ts';
import { hasLeft } from '../order/states.ts';
import {
  type IssuedPayment,
  payableOf,
  REDIRECT_KINDS,
  type RedirectSeen,
} from '../transaction/redirect.ts';
import { isBeingRevoked } from '../transaction/revocation.ts';
import type { JstDate } from '../values/jst.ts';
import { YEN_MAX, yen } from '../values/yen.ts';
import { factsOf, ourSideOf } from './comparison.ts';
import type { Drift } from './drift.ts';
import type { StoryId } from './drift-stories.ts';
import { isPaidBy, type Payer } from './payer.ts';
import * as repairs from './repairs.ts';

/** An order with its payments at F-REGI, and how it came to be 入金済. */
type StoreScene = { readonly order: Order; readonly payer: Payer; readonly today: JstDate };

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
  const more = sumOf(made) + settledOf(order) - billedOf(order.amounts);
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
  const due = sumOf(made) + settledOf(scene.order);
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
  const due = sumOf(extra) + Math.min(0, settledOf(scene.order));
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
  const sum = sumOf(made) + settledOf(order);
  if (sum <= 0) return [];
  const found = { kind: 'paid_not_recorded', urgency: 'now', redirects: made } as const;
  const refund = repairs.advise('refund_otherwise');
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
  const adopt = repairs.adoptAmount(order, yen(sumOf(made)));
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
        repairs.adoptAmount(order, yen(sumOf(made))),
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
      amount: sumOf(reversed),
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

/** What the customer can still pay although nobody is to, or although it is another amount. */
function ofPayable(scene: StoreScene, payable: readonly IssuedPayment[]): Drift[] {
  const unfit = unfitPayments(scene.order, payable);
  if (unfit === null) return [];
  const { story, payments } = unfit;
  return [
    drift(scene, {
      kind: 'still_payable',
      story,
      urgency: story === 'payable_not_revoked' ? 'today' : 'later',
      amount: sumOf(payments),
      redirects: payments,
      differs: [DIFFERS[story]],
      repairs: [...repairs.revoke(payments), repairs.advise('check_at_gateway')],
    }),
  ];
}

const DIFFERS = {
  payable_not_revoked: 'payment',
  payable_revoking: 'payment',
  payable_left: 'status',
  payable_paid: 'payment',
  payable_other_method: 'method',
  payable_other_amount: 'amount',
  payable_twice: 'payment',
} as const;

function unfitPayments(
  order: Order,
  payable: readonly IssuedPayment[],
): { readonly story: keyof typeof DIFFERS; readonly payments: readonly IssuedPayment[] } | null {
  if (payable.length === 0) return null;
  // K3: what F-REGI has not revoked is told of any order: a person wanted it gone.
  const failed = payable.filter(({ revocation }) => revocation?.outcome === 'failed');
  if (failed.length > 0) return { story: 'payable_not_revoked', payments: failed };
  const unfit = unfitForOrder(order, payable);
  if (unfit === null || !unfit.payments.every(isBeingRevoked)) return unfit;
  return { story: 'payable_revoking', payments: unfit.payments };
}

function unfitForOrder(
  order: Order,
  payable: readonly IssuedPayment[],
): { readonly story: keyof typeof DIFFERS; readonly payments: readonly IssuedPayment[] } | null {
  if (hasLeft(order)) return { story: 'payable_left', payments: payable };
  if (order.paidOn !== null) return { story: 'payable_paid', payments: payable };
  if (!REDIRECT_KINDS.includes(order.paymentKind)) {
    return { story: 'payable_other_method', payments: payable };
  }
  const billed = billedOf(order.amounts);
  const others = payable.filter(({ amount }) => amount !== billed);
  if (others.length > 0) return { story: 'payable_other_amount', payments: others };
  // The newest is meant; whoever pays an older one, too, pays twice.
  const older = payable.slice(0, -1);
  return older.length === 0 ? null : { story: 'payable_twice', payments: older };
}

function sumOf(payments: readonly RedirectSeen[]): number {
  return payments.reduce((sum, { amount }) => sum + amount, 0);
}

type Found = Pick<Drift, 'kind' | 'urgency' | 'differs' | 'repairs'> & {
  readonly story: StoryId;
  readonly amount: number;
  readonly redirects: readonly RedirectSeen[];
};

function drift({ order, payer }: StoreScene, { amount, ...found }: Found): Drift {
  const ours = ourSideOf(order);
  const facts = [
    ...factsOf(found.story, ours),
    payer.kind === 'payment' ? payer.settleno : payer.kind,
    String(amount),
    ...found.redirects.map((one) => `${one.settleno} ${one.status} ${one.amount}`),
  ];
  return {
    ...found,
    amount: yen(Math.min(amount, YEN_MAX)),
    dueOn: null,
    ours,
    theirs: [],
    fingerprint: facts.join('|'),
  };
}
