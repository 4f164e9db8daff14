import { billedOf, type Transaction } from '../order/order.ts';
import { PAYMENT_KIND } from '../order/states.ts';
import { isCaptured, isLive } from '../transaction/link.ts';
import { type Instant, jstDateOf } from '../values/jst.ts';
import { ofCard } from './compare-card.ts';
import { ofProposal } from './compare-proposal.ts';
import { ofRedirects } from './compare-redirect.ts';
import { asLastSeen, type ComparisonFacts, drift, type Scene } from './comparison.ts';
import type { Drift } from './drift.ts';
import { isBereft, needsTransaction, ownerOf } from './ownership.ts';
import * as repairs from './repairs.ts';
import { isUnconfirmedCapture, type Sighted } from './sighted.ts';

/**
 * Compares an order with F-REGI (D1–D20). Pure: equal facts give equal drifts. Observations older
 * than our record of the order's transaction do not count. While an operation is open, the
 * comparison reports only that it takes too long: the operation itself will find out, and may take
 * `unknownMs`.
 */
export function compare(facts: ComparisonFacts, now: Instant, unknownMs: number): Drift[] {
  return [...ofGateway(facts, now, unknownMs), ...ofProposal(facts.order, now)];
}

function ofGateway(facts: ComparisonFacts, now: Instant, unknownMs: number): Drift[] {
  const { order, open } = facts;
  if (open !== null) return unknownFor(facts, open, now, unknownMs);
  const card = PAYMENT_KIND[order.paymentKind].linked;
  const { transaction } = order;
  const atStore = ofRedirects({ order, payer: facts.payer, today: jstDateOf(now) });
  if (transaction === null) return atStore;
  const known = asLastSeen(transaction, facts.sighted);
  const others = facts.sighted.filter(
    (seen) =>
      seen.seqno !== transaction.seqno && isLive(seen.state) && concerns(seen, facts, known),
  );
  const scene: Scene = { ...facts, known, others, now, today: jstDateOf(now) };
  const missing = card ? notFound(scene) : null;
  if (missing) return [missing, ...atStore];
  const main = card ? ofCard(scene) : ofOtherMethod(scene);
  return [...main, ...doubles(scene), ...unconfirmed(scene), ...atStore];
}

/**
 * O1: another order's transaction does not concern this order. A transaction that another order is
 * asking for, or that replaces the one it has lost, is reported at that order. It is reported here,
 * too, if both orders have lost their own; then a person has to say which order it belongs to.
 */
function concerns(
  seen: Sighted,
  { order, books }: ComparisonFacts,
  { state }: Pick<Transaction, 'state'>,
): boolean {
  const owner = ownerOf(seen, books);
  if (owner === null) return true;
  if (owner.kind === 'known' || owner.because === 'making') return false;
  return owner.because !== 'bereft' || isBereft({ ...order, state });
}

/**
 * Returns the drift for a live transaction seen at F-REGI under a slip of no order (D12); null if
 * it is not live.
 */
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

/** D20: one person's file says that the authorized transaction is captured (S6). */
function unconfirmed(scene: Scene): Drift[] {
  const own = scene.sighted.find(({ seqno }) => seqno === scene.known.seqno);
  if (own === undefined || own.seenAt <= scene.known.asOf) return [];
  if (!isUnconfirmedCapture(scene.known, own)) return [];
  return [
    drift(scene, {
      kind: 'file_unconfirmed',
      story: 'file_unconfirmed',
      urgency: 'today',
      differs: ['state'],
      repairs: [repairs.advise('look_again'), repairs.advise('confirm_file')],
      fingerprint: own.told?.fileHash ?? '',
    }),
  ];
}

/** D7: the payment method was changed with the box off. */
function ofOtherMethod(scene: Scene): Drift[] {
  if (!isLive(scene.known.state)) return [];
  return [
    drift(scene, {
      kind: 'other_method_live',
      story: isCaptured(scene.known.state) ? 'other_method_captured' : 'other_method_authorized',
      urgency: isCaptured(scene.known.state) ? 'now' : 'today',
      differs: ['method'],
      repairs: [repairs.cancelTransaction(), repairs.advise('check_at_gateway')],
    }),
  ];
}

/**
 * D12: more than one transaction of the slip is live, or a live one that no order needs. If the
 * order's own is dead and the order continues, the other one replaces it instead (A2, D3).
 */
function doubles(scene: Scene): Drift[] {
  const { known, others, books } = scene;
  const live = (isLive(known.state) ? 1 : 0) + others.length;
  const isNeeded = needsTransaction(scene.order);
  if (others.length === 0 || (live < 2 && isNeeded)) return [];
  const extra = others.reduce((sum, { amount }) => sum + amount, 0);
  const charged = others.some(({ state }) => isCaptured(state));
  // O1: what may be another order's is not cancelled from here; a look tells more.
  const nobodys = others.filter((other) => ownerOf(other, books) === null);
  const cancels = nobodys.map(repairs.cancelStray);
  const looks = nobodys.length < others.length ? [repairs.advise('look_again')] : [];
  // If only the other transaction was captured, the order probably belongs to it.
  const moved = charged && !isCaptured(known.state) && isNeeded;
  const relinks = isNeeded ? others.map(repairs.relink) : [];
  return [
    drift(scene, {
      kind: 'stray_transaction',
      story: live < 2 ? 'stray_left' : 'two_live',
      urgency: charged ? 'now' : 'today',
      amount: others[0] === undefined ? known.amount : others[0].amount,
      differs: ['seqno'],
      repairs: [
        ...looks,
        ...(moved ? [...relinks, ...cancels] : [...cancels, ...relinks]),
        repairs.advise('check_at_gateway'),
      ],
      fingerprint: `live ${live} ${extra} ${others.map(({ seqno }) => seqno).join(' ')}`,
    }),
  ];
}

/** D13: a complete look at the slip, newer than our record, does not show the transaction. */
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
  unknownMs: number,
): Drift[] {
  const { order } = facts;
  const late = open.state === 'unknown' && now - open.since >= unknownMs;
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
      differs: [],
      repairs: [repairs.advise('look_again'), ...(review ? [repairs.advise('answer_review')] : [])],
      fingerprint: open.state,
    }),
  ];
}
