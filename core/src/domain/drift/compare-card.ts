import { chargeOf } from '../order/balance.ts';
import { billedOf, settledOf } from '../order/order.ts';
import { hasLeft, type TransactionState } from '../order/states.ts';
import { deadlineLevel, lastDayOf } from '../transaction/deadline.ts';
import { isCaptured, isLive } from '../transaction/link.ts';
import { daysBetween } from '../values/jst.ts';
import { captureByOf, drift, type Scene } from './comparison.ts';
import type { Drift, Repair } from './drift.ts';
import type { StoryId } from './drift-stories.ts';
import * as repairs from './repairs.ts';
import type { Sighted } from './sighted.ts';

/** Compares an order that is paid, or will be paid, by card. */
export function ofCard(scene: Scene): Drift[] {
  const { order, known } = scene;
  const { status, paidOn } = order;
  if (known.state === 'authorization_failed' || known.state === 'capture_failed') {
    return status === 'cancelled' || status === 'returned' ? [] : [refused(scene)];
  }
  if (hasLeft(order)) return leftBehind(scene);
  if (paidOn === null) return ofUnpaid(scene);
  return ofPaid(scene);
}

/** D4, D5: the order has gone, but its transaction is still live at F-REGI. */
function leftBehind(scene: Scene): Drift[] {
  const { known } = scene;
  if (!isLive(known.state)) return [];
  const charged = isCaptured(known.state);
  return [
    drift(scene, {
      kind: charged ? 'charge_left' : 'authorization_left',
      story: charged ? 'charge_left' : 'authorization_left',
      urgency: charged ? 'now' : 'today',
      differs: ['status'],
      repairs: [repairs.cancelTransaction(), repairs.advise('check_at_gateway')],
    }),
  ];
}

function ofUnpaid(scene: Scene): Drift[] {
  const { known, order } = scene;
  if (isCaptured(known.state)) return [capturedNotPaid(scene)];
  if (known.state === 'authorized') {
    // One item for each authorization: once its deadline is near, the deadline is the urgent fact.
    const due = deadline(scene);
    if (due.length > 0 || order.status !== 'on_hold') return due;
    return [authorizationHeld(scene)];
  }
  if (known.state === 'preorder_unauthorized' || known.state === 'validated_unauthorized') {
    return notAuthorizedYet(scene);
  }
  return [linkBroken(scene)];
}

function ofPaid(scene: Scene): Drift[] {
  const { known, order, others } = scene;
  if (isCaptured(known.state))
    return known.amount === chargeOf(order) ? [] : [amountDiffers(scene)];
  const moved = others.find(({ state }) => isCaptured(state));
  if (moved !== undefined) return [amountMoved(scene, moved)];
  const authorized = known.state === 'authorized';
  return [
    drift(scene, {
      kind: 'paid_not_captured',
      story: paidStory(known.state),
      urgency: 'now',
      amount: billedOf(order.amounts),
      dueOn: captureByOf(known, scene.captureDeadlineDays),
      differs: ['payment'],
      repairs: authorized
        ? [repairs.capture(), repairs.unmarkPaid(), repairs.advise('check_at_gateway')]
        : [...others.map(repairs.relink), repairs.unmarkPaid(), repairs.advise('ask_customer')],
    }),
  ];
}

function paidStory(state: TransactionState): StoryId {
  if (state === 'authorized') return 'paid_authorized';
  const never = state === 'preorder_unauthorized' || state === 'validated_unauthorized';
  return never ? 'paid_unauthorized' : 'paid_cancelled';
}

function capturedNotPaid(scene: Scene): Drift {
  const { known, order, today } = scene;
  const same = known.amount === chargeOf(order);
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
    differs: ['status'],
    repairs: [repairs.cancelTransaction(), repairs.advise('check_at_gateway')],
  });
}

function deadline(scene: Scene): Drift[] {
  const { known, today, captureDeadlineDays, order } = scene;
  const dueOn = captureByOf(known, captureDeadlineDays);
  if (dueOn === null) return [];
  // V4: an order on hold can release its authorization and stay on hold.
  const lets = order.status === 'on_hold' ? [repairs.cancelTransaction()] : [repairs.cancelOrder()];
  const left = daysBetween(today, dueOn);
  const level = deadlineLevel(left);
  if (level === 'later') return [];
  const passed = level === 'passed';
  return [
    drift(scene, {
      kind: 'deadline_near',
      story: passed ? 'deadline_passed' : 'deadline_near',
      urgency: passed || level === 'd1' ? 'now' : level === 'd3' ? 'today' : 'later',
      dueOn,
      differs: ['time'],
      repairs: passed
        ? [repairs.advise('change_method'), repairs.advise('ask_customer'), ...lets]
        : [repairs.markPaid(scene.today), ...lets, repairs.advise('ask_customer')],
      fingerprint: `level ${passed ? level : lastDayOf(level)}`,
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
      differs: ['status'],
      repairs: [...again, repairs.advise('change_method'), repairs.advise('ask_customer')],
    }),
  ];
}

/** A2: the console voided the transaction, or changed its amount, which made a new transaction. */
function linkBroken(scene: Scene): Drift {
  const { others, order, today } = scene;
  const found = others.length > 0;
  const isOtherAmount = others.some(({ amount }) => amount !== chargeOf(order));
  return drift(scene, {
    kind: 'link_broken',
    story: brokenStory(scene, isOtherAmount),
    urgency: 'today',
    amount: billedOf(order.amounts),
    differs: [...(found ? BROKEN_FOUND : BROKEN), ...(isOtherAmount ? OTHER_AMOUNT : [])],
    repairs: [
      ...others.flatMap((other) => relinksTo(other, order)),
      ...(found ? [] : [repairs.advise('look_again'), repairs.advise('change_method')]),
      repairs.recordAsPaid(today),
      repairs.advise('ask_customer'),
    ],
  });
}

const BROKEN = ['status'] as const;
const BROKEN_FOUND = ['status', 'seqno'] as const;
const OTHER_AMOUNT = ['amount'] as const;

function brokenStory({ others, known }: Scene, isOtherAmount: boolean): StoryId {
  if (others.length > 0) return isOtherAmount ? 'link_broken_other_amount' : 'link_broken_found';
  return known.state === 'voided' ? 'link_broken' : 'refunded_unpaid';
}

/** M5: if the amounts differ, either may be right, and only a person knows which. */
function relinksTo(other: Sighted, order: Scene['order']): Repair[] {
  const relink = repairs.relink(other);
  return other.amount === chargeOf(order) ? [relink] : [relink, repairs.relinkAndAdopt(other)];
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
      repairs.advise('settle_otherwise'),
      repairs.advise('check_at_gateway'),
    ],
    fingerprint: scene.order.settlements.length === 0 ? '' : `settled ${settledOf(scene.order)}`,
  });
}

/** A3: the console changed the captured amount, so another transaction replaces the linked one. */
function amountMoved(scene: Scene, moved: Sighted): Drift {
  const same = moved.amount === chargeOf(scene.order);
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

/**
 * The manual's two by two: whether authorization or capture failed, and whether the order is paid
 * (C4, A4).
 */
function refused(scene: Scene): Drift {
  const { known, order } = scene;
  const paid = order.paidOn !== null;
  const authorization = known.state === 'authorization_failed';
  return drift(scene, {
    kind: 'gateway_refused',
    story: authorization ? 'authorization_refused' : 'capture_refused',
    urgency: paid ? 'now' : 'today',
    amount: billedOf(order.amounts),
    differs: [paid ? 'payment' : 'status'],
    repairs: [
      ...scene.others.map(repairs.relink),
      ...(paid ? [repairs.unmarkPaid()] : []),
      repairs.advise('change_method'),
      repairs.advise('ask_customer'),
      ...(authorization ? [] : [repairs.advise('check_at_gateway')]),
    ],
  });
}
