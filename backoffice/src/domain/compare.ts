import type { Drift, OurSide, Repair, Sighted } from './drift.ts';
import { addDays, daysBetween, jstDateOf } from './jst.ts';
import { isLive } from './link.ts';
import { billedOf, type Instant, type JstDate, type Order, type Transaction } from './order.ts';
import * as repairs from './repairs.ts';
import { LEAVING } from './rules/cancel-transaction.ts';
import { PAYMENT_KIND, type TransactionState } from './states.ts';

/** All that a comparison rests on: the order, F-REGI as last seen, what is underway, the clock. */
export type ComparisonFacts = {
  readonly order: Order;
  /** Every transaction that was ever seen under the order's slip, each as last seen. */
  readonly sighted: readonly Sighted[];
  /** When all transactions of the slip were last looked up; null if never. */
  readonly lookedAt: Instant | null;
  /** The open operation, and since when its outcome is not known. */
  readonly open: {
    readonly state: 'asking' | 'unknown' | 'review';
    readonly since: Instant;
  } | null;
  /** The shop's 売上処理期限, in days from the authorization. */
  readonly captureDeadlineDays: number;
};

/** C10: warnings, in days before the deadline. */
export const DEADLINE_WARNINGS = [14, 7, 3, 1] as const;

/** How long an unknown outcome may resolve itself before it is somebody's business. */
export const UNKNOWN_MS = 15 * 60_000;

/**
 * Where an order and F-REGI do not fit together (D1–D13). Pure: the same facts give the same
 * drifts. An observation that is older than what is known of the order's transaction is not
 * believed. While an operation is underway nothing is said but that it takes too long: the
 * operation itself will tell.
 */
export function compare(facts: ComparisonFacts, now: Instant): Drift[] {
  const { order, open } = facts;
  if (open !== null) return unknownFor(facts, open, now);
  const card = PAYMENT_KIND[order.paymentKind].linked;
  const { transaction } = order;
  if (transaction === null) return [];
  const known = asLastSeen(transaction, facts.sighted);
  const others = facts.sighted.filter(
    ({ seqno, state }) => seqno !== transaction.seqno && isLive(state),
  );
  const scene: Scene = { ...facts, known, others, now, today: jstDateOf(now) };
  const missing = card ? notFound(scene) : null;
  if (missing) return [missing];
  const main = card ? ofCard(scene) : ofOtherMethod(scene);
  return [...main, ...doubles(scene)];
}

/** A transaction that was seen at F-REGI under a slip that no order has (D12). */
export function strayOf(sighted: Sighted): Drift | null {
  if (!isLive(sighted.state)) return null;
  return {
    kind: 'stray_transaction',
    story: 'no_order',
    urgency: isCaptured(sighted.state) ? 'now' : 'today',
    amount: sighted.amount,
    dueOn: null,
    ours: null,
    theirs: [sighted],
    differs: ['seqno'],
    repairs: [repairs.advise('check_at_gateway'), repairs.advise('check_settings')],
    fingerprint: `no_order ${sighted.seqno} ${sighted.state} ${sighted.amount}`,
  };
}

/** The last day on which an authorization can be captured (C10); null where nothing is reserved. */
export function captureByOf(
  transaction: Pick<Transaction, 'state' | 'authorizedAt'>,
  captureDeadlineDays: number,
): JstDate | null {
  const { state, authorizedAt } = transaction;
  if (state !== 'authorized' || authorizedAt === null) return null;
  return addDays(jstDateOf(authorizedAt), captureDeadlineDays);
}

/** What is known of the order's own transaction: the newer of our word and what was seen. */
export function asLastSeen(transaction: Transaction, sighted: readonly Sighted[]): Transaction {
  const own = sighted.find(({ seqno }) => seqno === transaction.seqno);
  if (own === undefined || own.seenAt <= transaction.asOf) return transaction;
  const { state, amount, seenAt: asOf } = own;
  return { ...transaction, state, amount, asOf, authCode: own.authCode ?? transaction.authCode };
}

type Scene = ComparisonFacts & {
  readonly known: Transaction;
  /** Live transactions of the slip that the order is not linked to. */
  readonly others: readonly Sighted[];
  readonly now: Instant;
  readonly today: JstDate;
};

function ofCard(scene: Scene): Drift[] {
  const { order, known } = scene;
  const { status, paidOn } = order;
  if (known.state === 'authorization_failed' || known.state === 'capture_failed') {
    return status === 'cancelled' || status === 'returned' ? [] : [refused(scene)];
  }
  if (LEAVING.includes(status) && status !== 'on_hold') return leftBehind(scene);
  if (paidOn === null) return ofUnpaid(scene);
  return ofPaid(scene);
}

/** D4, D5: the order has gone; what is still live at F-REGI has not. */
function leftBehind(scene: Scene): Drift[] {
  const { known } = scene;
  if (!isLive(known.state)) return [];
  const charged = isCaptured(known.state);
  return [
    drift(scene, {
      kind: charged ? 'charge_left' : 'authorization_left',
      story: charged ? 'charge_left' : 'authorization_left',
      urgency: charged ? 'now' : 'today',
      differs: ['payment', 'state'],
      repairs: [repairs.cancelTransaction(), repairs.advise('check_at_gateway')],
    }),
  ];
}

function ofUnpaid(scene: Scene): Drift[] {
  const { known, order } = scene;
  if (isCaptured(known.state)) return [capturedNotPaid(scene)];
  if (known.state === 'authorized') {
    const held = order.status === 'on_hold' ? [authorizationHeld(scene)] : [];
    return [...held, ...deadline(scene)];
  }
  if (known.state === 'preorder_unauthorized' || known.state === 'validated_unauthorized') {
    return notAuthorizedYet(scene);
  }
  return [linkBroken(scene)];
}

function ofPaid(scene: Scene): Drift[] {
  const { known, order, others } = scene;
  const billed = billedOf(order.amounts);
  if (isCaptured(known.state)) return known.amount === billed ? [] : [amountDiffers(scene)];
  const moved = others.find(({ state }) => isCaptured(state));
  if (moved !== undefined) return [amountMoved(scene, moved)];
  const authorized = known.state === 'authorized';
  return [
    drift(scene, {
      kind: 'paid_not_captured',
      story: authorized ? 'paid_authorized' : 'paid_cancelled',
      urgency: 'now',
      amount: billed,
      dueOn: captureByOf(known, scene.captureDeadlineDays),
      differs: ['payment', 'state'],
      repairs: authorized
        ? [repairs.capture(), repairs.unmarkPaid(), repairs.advise('check_at_gateway')]
        : [...others.map(repairs.relink), repairs.unmarkPaid(), repairs.advise('ask_customer')],
    }),
  ];
}

function capturedNotPaid(scene: Scene): Drift {
  const { known, order, today } = scene;
  const same = known.amount === billedOf(order.amounts);
  const paid = repairs.recordAsPaid(today);
  const refund = repairs.cancelTransaction();
  return drift(scene, {
    kind: 'captured_not_paid',
    story: same ? 'captured_not_paid' : 'captured_not_paid_other_amount',
    urgency: 'now',
    differs: same ? ['payment'] : ['payment', 'amount'],
    repairs: same ? [paid, refund] : [refund, paid, repairs.advise('check_at_gateway')],
  });
}

function authorizationHeld(scene: Scene): Drift {
  return drift(scene, {
    kind: 'authorization_left',
    story: 'authorization_held',
    urgency: 'later',
    dueOn: captureByOf(scene.known, scene.captureDeadlineDays),
    differs: ['payment'],
    repairs: [repairs.cancelTransaction(), repairs.advise('check_at_gateway')],
  });
}

function deadline(scene: Scene): Drift[] {
  const { known, today, captureDeadlineDays } = scene;
  const dueOn = captureByOf(known, captureDeadlineDays);
  if (dueOn === null) return [];
  const left = daysBetween(today, dueOn);
  const level = left < 0 ? 'passed' : DEADLINE_WARNINGS.findLast((days) => left <= days);
  if (level === undefined) return [];
  const passed = level === 'passed';
  return [
    drift(scene, {
      kind: 'deadline_near',
      story: passed ? 'deadline_passed' : 'deadline_near',
      urgency: passed || left <= 1 ? 'now' : left <= 3 ? 'today' : 'later',
      dueOn,
      differs: ['time'],
      repairs: passed
        ? [repairs.cancelOrder(), repairs.advise('change_method'), repairs.advise('ask_customer')]
        : [repairs.markPaid(scene.today), repairs.cancelOrder(), repairs.advise('ask_customer')],
      fingerprint: `level ${level}`,
    }),
  ];
}

function notAuthorizedYet(scene: Scene): Drift[] {
  const { known, order } = scene;
  const due = known.state === 'validated_unauthorized' || order.status !== 'preorder';
  if (!due) return [];
  const again = known.customerId === null ? [] : [repairs.authorize()];
  return [
    drift(scene, {
      kind: 'not_authorized_yet',
      story: known.state === 'preorder_unauthorized' ? known.state : 'validated_unauthorized',
      urgency: 'today',
      amount: billedOf(order.amounts),
      differs: ['state'],
      repairs: [...again, repairs.advise('change_method'), repairs.advise('ask_customer')],
    }),
  ];
}

/** A2: voided at the console, or its amount changed there, which makes a new transaction. */
function linkBroken(scene: Scene): Drift {
  const { others, order, today } = scene;
  const found = others.length > 0;
  return drift(scene, {
    kind: 'link_broken',
    story: found ? 'link_broken_found' : 'link_broken',
    urgency: 'today',
    amount: billedOf(order.amounts),
    differs: found ? ['state', 'seqno'] : ['state'],
    repairs: [
      ...others.map(repairs.relink),
      ...(found ? [] : [repairs.advise('look_again'), repairs.advise('change_method')]),
      repairs.recordAsPaid(today),
      repairs.advise('ask_customer'),
    ],
  });
}

function amountDiffers(scene: Scene): Drift {
  return drift(scene, {
    kind: 'amount_differs',
    story: 'amount_differs',
    urgency: 'today',
    differs: ['amount'],
    repairs: [
      repairs.adoptAmount(scene.order, scene.known.amount),
      repairs.changeCapturedAmount(),
      repairs.advise('check_at_gateway'),
    ],
  });
}

/** A3: the captured amount was changed at the console: another transaction stands for it now. */
function amountMoved(scene: Scene, moved: Sighted): Drift {
  const same = moved.amount === billedOf(scene.order.amounts);
  return drift(scene, {
    kind: 'amount_differs',
    story: same ? 'capture_moved' : 'captured_amount_changed',
    urgency: 'today',
    amount: moved.amount,
    differs: same ? ['seqno'] : ['amount', 'seqno'],
    repairs: [
      same ? repairs.relink(moved) : repairs.relinkAndAdopt(moved),
      repairs.advise('check_at_gateway'),
    ],
  });
}

/** D7: the method was changed with the box off. */
function ofOtherMethod(scene: Scene): Drift[] {
  if (!isLive(scene.known.state)) return [];
  return [
    drift(scene, {
      kind: 'other_method_live',
      story: isCaptured(scene.known.state) ? 'other_method_captured' : 'other_method_authorized',
      urgency: isCaptured(scene.known.state) ? 'now' : 'today',
      differs: ['method', 'state'],
      repairs: [repairs.cancelTransaction(), repairs.advise('check_at_gateway')],
    }),
  ];
}

/** The manual's two by two: which of the two failed, and whether the order is paid (C4, A4). */
function refused(scene: Scene): Drift {
  const { known, order } = scene;
  const paid = order.paidOn !== null;
  const authorization = known.state === 'authorization_failed';
  return drift(scene, {
    kind: 'gateway_refused',
    story: authorization ? 'authorization_refused' : 'capture_refused',
    urgency: paid ? 'now' : 'today',
    amount: billedOf(order.amounts),
    differs: ['state'],
    repairs: [
      ...scene.others.map(repairs.relink),
      ...(paid ? [repairs.unmarkPaid()] : []),
      repairs.advise('change_method'),
      repairs.advise('ask_customer'),
      ...(authorization ? [] : [repairs.advise('check_at_gateway')]),
    ],
  });
}

/** D12: more than one transaction of the slip is live. */
function doubles(scene: Scene): Drift[] {
  const { known, others } = scene;
  const live = (isLive(known.state) ? 1 : 0) + others.length;
  if (live < 2) return [];
  const extra = others.reduce((sum, { amount }) => sum + amount, 0);
  return [
    drift(scene, {
      kind: 'stray_transaction',
      story: 'two_live',
      urgency: others.some(({ state }) => isCaptured(state)) ? 'now' : 'today',
      amount: others[0] === undefined ? known.amount : others[0].amount,
      differs: ['seqno'],
      repairs: [repairs.advise('check_at_gateway'), ...others.map(repairs.relink)],
      fingerprint: `live ${live} ${extra} ${others.map(({ seqno }) => seqno).join(' ')}`,
    }),
  ];
}

/** D13: all of the slip was looked up after we last heard of the transaction: it is not there. */
function notFound(scene: Scene): Drift | null {
  const { order, lookedAt, sighted, known } = scene;
  const seqno = order.transaction?.seqno ?? null;
  if (seqno === null || lookedAt === null || lookedAt <= known.asOf) return null;
  const there = sighted.some((seen) => seen.seqno === seqno && seen.seenAt >= lookedAt);
  if (there || scene.others.length > 0) return null;
  return drift(scene, {
    kind: 'not_found',
    story: 'not_found',
    urgency: 'today',
    differs: ['seqno'],
    repairs: [
      repairs.advise('look_again'),
      repairs.advise('check_settings'),
      repairs.advise('check_at_gateway'),
    ],
  });
}

function unknownFor(
  facts: ComparisonFacts,
  open: NonNullable<ComparisonFacts['open']>,
  now: Instant,
): Drift[] {
  const { order } = facts;
  const late = open.state === 'unknown' && now - open.since >= UNKNOWN_MS;
  if (!late && open.state !== 'review') return [];
  if (order.transaction === null) return [];
  const known = order.transaction;
  const scene: Scene = { ...facts, known, others: [], now, today: jstDateOf(now) };
  const review = open.state === 'review';
  return [
    drift(scene, {
      kind: 'outcome_unknown',
      story: review ? 'needs_review' : 'unknown_long',
      urgency: review ? 'now' : 'today',
      amount: billedOf(order.amounts),
      differs: ['state'],
      repairs: [repairs.advise('look_again'), ...(review ? [repairs.advise('answer_review')] : [])],
      fingerprint: open.state,
    }),
  ];
}

type Found = Pick<Drift, 'kind' | 'story' | 'urgency' | 'differs'> & {
  readonly repairs: readonly Repair[];
  readonly amount?: Drift['amount'];
  readonly dueOn?: Drift['dueOn'];
  readonly fingerprint?: string;
};

function drift(scene: Scene, found: Found): Drift {
  const { order, known, sighted, others } = scene;
  const { amount = known.amount, dueOn = null, fingerprint = '', ...rest } = found;
  const ours = ourSideOf(order);
  const theirs = theirsOf(known, sighted);
  const facts = [
    ...[found.story, ours.status, ours.paidOn === null ? 'unpaid' : 'paid', ours.paymentKind],
    ...[ours.billed, known.seqno, known.state, known.amount, fingerprint],
    ...others.map(({ seqno, state }) => `${seqno} ${state}`),
  ];
  return { ...rest, amount, dueOn, ours, theirs, fingerprint: facts.join('|') };
}

function ourSideOf({ status, paidOn, paymentKind, amounts, transaction }: Order): OurSide {
  return {
    ...{ status, paidOn, paymentKind, billed: billedOf(amounts) },
    transactionState: transaction?.state ?? null,
    seqno: transaction?.seqno ?? null,
    amount: transaction?.amount ?? null,
  };
}

/** F-REGI's side: what was seen, and for the order's own transaction what we were answered. */
function theirsOf(known: Transaction, sighted: readonly Sighted[]): Sighted[] {
  const { seqno, slipId, authCode, state, amount, authorizedAt, asOf } = known;
  const own = sighted.find((seen) => seen.seqno === seqno);
  if (seqno === null || (own !== undefined && own.seenAt >= asOf)) return [...sighted];
  const heard: Sighted = {
    ...{ seqno, slipId, authCode, state, amount, authorizedAt },
    ...{ seenAt: asOf, source: 'answer' },
  };
  return [heard, ...sighted.filter((seen) => seen.seqno !== seqno)];
}

function isCaptured(state: TransactionState): boolean {
  return state === 'captured_untransmitted' || state === 'captured_transmitted';
}
