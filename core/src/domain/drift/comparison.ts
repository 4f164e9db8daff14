import { billedOf, type Order, type Transaction } from '../order/order.ts';
import type { OpenState, PaymentKind, TransactionState } from '../order/states.ts';
import { addDaysWithin, type Instant, type JstDate, jstDateOf } from '../values/jst.ts';
import type { Drift, OurSide, Repair } from './drift.ts';
import type { StoryId } from './drift-stories.ts';
import { type Books, belongingOf } from './ownership.ts';
import type { Payer } from './payer.ts';
import { isUnconfirmedCapture, type Sighted, type TheirSide } from './sighted.ts';

/** The basis of a comparison: the order, F-REGI as last seen, the open operation, the clock. */
export type ComparisonFacts = {
  readonly order: Order;
  /** Every transaction ever seen under the order's slip, each as last seen. */
  readonly sighted: readonly Sighted[];
  /** O1: the owners of these transactions. */
  readonly books: Books;
  /** The last complete look at the slip's transactions; null if never. */
  readonly lookedAt: Instant | null;
  /** S6: the last such look that does not rest on one person's file. */
  readonly vouchedAt?: Instant | null;
  /** The open operation, and the instant since which its outcome is unknown. */
  readonly open: {
    readonly state: OpenState;
    readonly since: Instant;
    readonly operationId?: string | null;
  } | null;
  /** 売上処理期限 of the order's payment kind, in days from the authorization. */
  readonly captureDeadlineDays: number;
  /** L2: how the order came to be 入金済, where it is. */
  readonly payer: Payer;
};

export type Scene = ComparisonFacts & {
  readonly known: Transaction;
  /** Live transactions of the slip that the order is not linked to. */
  readonly others: readonly Sighted[];
  readonly now: Instant;
  readonly today: JstDate;
};

/** S2: the days within which an authorization must be captured, by the shop's settings. */
export type CaptureDays = {
  readonly captureDeadlineDays: number;
  readonly captureDeadlines: { readonly [Kind in PaymentKind]?: number | undefined };
};

/**
 * Returns the days within which an authorization must be captured: the payment kind's own, or the
 * shop's (S2).
 */
export function captureDaysOf(shop: CaptureDays, paymentKind: PaymentKind): number {
  return shop.captureDeadlines[paymentKind] ?? shop.captureDeadlineDays;
}

/** Returns the last JST date for capturing an authorization (C10); null if nothing is reserved. */
export function captureByOf(
  transaction: Pick<Transaction, 'state' | 'authorizedAt'>,
  captureDeadlineDays: number,
): JstDate | null {
  const { state, authorizedAt } = transaction;
  if (state !== 'authorized' || authorizedAt === null) return null;
  return addDaysWithin(jstDateOf(authorizedAt), captureDeadlineDays);
}

/** A call of ours that F-REGI carried out: its transaction, and the state it left. */
export type Answered = {
  readonly seqno: string;
  readonly state: TransactionState;
  readonly at: Instant;
};

/**
 * Updates sightings of a slip by F-REGI's later answers: a transaction that we replaced or
 * cancelled is dead, even if nobody has looked again.
 */
export function asAnswered(
  sighted: readonly Sighted[],
  answered: readonly Answered[],
): readonly Sighted[] {
  return sighted.map((seen) => {
    const later = answered.findLast(({ seqno, at }) => seqno === seen.seqno && at > seen.seenAt);
    if (later === undefined) return seen;
    return { ...seen, state: later.state, seenAt: later.at, source: 'answer' };
  });
}

/**
 * Returns the newer of our record and the sighting of the order's own transaction. One person's file
 * captures nothing (S6).
 */
export function asLastSeen(transaction: Transaction, sighted: readonly Sighted[]): Transaction {
  const own = sighted.find(({ seqno }) => seqno === transaction.seqno);
  if (own === undefined || own.seenAt <= transaction.asOf) return transaction;
  if (isUnconfirmedCapture(transaction, own)) return transaction;
  const { state, amount, seenAt: asOf } = own;
  const authCode = own.authCode ?? transaction.authCode;
  const authorizedAt = own.authorizedAt ?? transaction.authorizedAt;
  return { ...transaction, state, amount, asOf, authCode, authorizedAt };
}

type DriftParts = Pick<Drift, 'kind' | 'story' | 'urgency' | 'differs'> & {
  readonly repairs: readonly Repair[];
  readonly amount?: Drift['amount'];
  readonly dueOn?: Drift['dueOn'];
  readonly fingerprint?: string;
};

/**
 * Builds a drift with both sides as they are. Marks `state` as differing if our F-REGI status is
 * not theirs.
 */
export function drift(scene: Scene, found: DriftParts): Drift {
  const { order, known, sighted, others } = scene;
  const { amount = known.amount, dueOn = null, fingerprint = '', ...rest } = found;
  const ours = ourSideOf(order);
  const theirs = theirsOf(known, sighted).map((seen) => withBelonging(seen, scene));
  const facts = [
    ...factsOf(found.story, ours),
    known.seqno,
    known.state,
    known.amount,
    fingerprint,
    ...others.map(({ seqno, state }) => `${seqno} ${state}`),
    ...theirs.flatMap(({ seqno, belongsTo }) =>
      belongsTo ? [`${seqno} of ${belongsTo.orderNumber} ${belongsTo.certain}`] : [],
    ),
  ];
  const behind = ours.transactionState !== known.state && !rest.differs.includes('state');
  const differs = behind ? ([...rest.differs, 'state'] as const) : rest.differs;
  return { ...rest, amount, dueOn, ours, theirs, differs, fingerprint: facts.join('|') };
}

/** Our part of a fingerprint: an item that a person has closed opens again when any of it changes. */
export function factsOf(story: StoryId, ours: OurSide): (string | number)[] {
  const payment = ours.paidOn === null ? 'unpaid' : 'paid';
  return [story, ours.status, payment, ours.paymentKind, ours.billed];
}

/** O1: adds the other order that a transaction belongs to. */
function withBelonging(seen: Sighted, { order, books }: Scene): TheirSide {
  if (seen.seqno === order.transaction?.seqno) return seen;
  const belongsTo = belongingOf(seen, books);
  return belongsTo === null ? seen : { ...seen, belongsTo };
}

export function ourSideOf({ status, paidOn, paymentKind, amounts, transaction }: Order): OurSide {
  return {
    status,
    paidOn,
    paymentKind,
    billed: billedOf(amounts),
    transactionState: transaction?.state ?? null,
    seqno: transaction?.seqno ?? null,
    amount: transaction?.amount ?? null,
  };
}

/** Returns F-REGI's side: the sightings and, for the order's own transaction, a newer answer. */
function theirsOf(known: Transaction, sighted: readonly Sighted[]): Sighted[] {
  const { seqno, slipId, authCode, state, amount, authorizedAt, asOf } = known;
  const own = sighted.find((seen) => seen.seqno === seqno);
  if (seqno === null || (own !== undefined && own.seenAt >= asOf)) return [...sighted];
  const heard: Sighted = {
    seqno,
    slipId,
    authCode,
    state,
    amount,
    authorizedAt,
    seenAt: asOf,
    source: 'answer',
  };
  return [heard, ...sighted.filter((seen) => seen.seqno !== seqno)];
}
