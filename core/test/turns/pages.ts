import { ALONE } from '../../src/domain/drift/ownership.ts';
import type { Order, Transaction } from '../../src/domain/order/order.ts';
import type { Goal, Verb } from '../../src/domain/transaction/link.ts';
import { yen } from '../../src/domain/values/yen.ts';
import type { Seen } from '../../src/turns/asks.ts';
import type { Operation, Page, Step } from '../../src/turns/operation.ts';

/** Pages of the book for table tests: an order of 9,115 yen, authorized for as much at first. */
export const NOW = Date.UTC(2026, 10, 20, 3, 0, 0);
export const BILLED = yen(9_115);
export const SEQNO = '00000000000000000001';
export const FRESH = '00000000000000000002';

const AUTHORIZED: Transaction = {
  state: 'authorized',
  seqno: SEQNO,
  authCode: 'old',
  slipId: '100000000011',
  customerId: 'C-1',
  amount: BILLED,
  authorizedAt: NOW - 86_400_000,
  asOf: NOW - 86_400_000,
};

const NONE = yen(0);

export function orderWith(transaction: Transaction | null): Order {
  return {
    shopId: 'hanamichi',
    orderNumber: '100000000011',
    version: 2,
    changedIn: 2,
    type: 'regular',
    status: 'processing',
    channel: 'pc',
    placedAt: NOW - 86_400_000,
    paidOn: null,
    paymentKind: 'card_fregi',
    paymentMethod: 'クレジットカード',
    amounts: {
      items: yen(8_615),
      shipping: yen(500),
      paymentFee: NONE,
      wrapping: NONE,
      coolFee: NONE,
      otherFee: NONE,
      pointsUsed: NONE,
      couponDiscount: NONE,
      discount: NONE,
    },
    lines: [],
    transaction,
    authentication: 'not_known',
    paymentMail: { sending: 'auto', sentCount: 0, lastSentAt: null },
    shipped: false,
    stockReturned: false,
    pointsReturned: NONE,
    settlements: [],
    redirects: [],
    paidAtStore: null,
    customerErased: false,
    proposal: null,
  };
}

function operation(goal: Goal, changes: Partial<Operation>): Operation {
  return {
    shopId: 'hanamichi',
    orderNumber: '100000000011',
    id: '11111111-1111-4111-8111-111111111111',
    key: 'key-1',
    inputHash: 'hash',
    actor: { kind: 'user', id: 'tanaka', name: '田中' },
    goal,
    amount: BILLED,
    afterwards: null,
    stray: null,
    draw: null,
    cardToken: null,
    returnUrl: null,
    challengePage: null,
    state: 'asking',
    reason: null,
    dueAt: NOW,
    unsentTries: 0,
    looks: 0,
    createdAt: NOW,
    endedAt: null,
    ...changes,
  };
}

function step(verb: Verb, changes: Partial<Step>): Step {
  return {
    operationId: '11111111-1111-4111-8111-111111111111',
    n: 1,
    verb,
    seqno: verb === 'authorize' ? null : SEQNO,
    amount: BILLED,
    repeat: false,
    state: 'sent',
    sentAt: NOW,
    answeredAt: null,
    code: null,
    text: null,
    ...changes,
  };
}

const GOAL_OF: Record<Verb, Goal> = {
  capture: 'captured',
  change_amount: 'captured',
  void: 'cancelled',
  refund: 'cancelled',
  change_captured_amount: 'adjusted',
  authorize: 'authorized',
};

/** A page on which a step of a verb was sent at NOW, and `afterMs` have gone by. */
export function asked(
  verb: Verb,
  changes: {
    readonly afterMs?: number;
    readonly transaction?: Partial<Transaction> | null;
    readonly operation?: Partial<Operation>;
    readonly step?: Partial<Step>;
    readonly inquiry?: boolean;
    readonly type?: Order['type'];
  } = {},
): Page {
  const { afterMs = 0, transaction = {}, inquiry = true, type = 'regular' } = changes;
  const held = transaction === null ? null : { ...BEFORE[verb], ...transaction };
  return {
    now: NOW + afterMs,
    settings: { linkEnabled: true, inquiry },
    order: { ...orderWith(held), type },
    books: ALONE,
    operation: operation(GOAL_OF[verb], changes.operation ?? {}),
    step: step(verb, changes.step ?? {}),
    closedStep: null,
    entries: [],
    mails: [],
  };
}

/** The transaction before each verb. */
export const BEFORE: Record<Verb, Transaction> = {
  capture: AUTHORIZED,
  void: AUTHORIZED,
  refund: { ...AUTHORIZED, state: 'captured_untransmitted' },
  change_amount: { ...AUTHORIZED, amount: yen(9_850) },
  change_captured_amount: {
    ...AUTHORIZED,
    state: 'captured_untransmitted',
    amount: yen(9_850),
  },
  authorize: {
    ...AUTHORIZED,
    state: 'validated_unauthorized',
    seqno: null,
    authCode: null,
    amount: NONE,
    authorizedAt: null,
  },
};

export function seen(state: Seen['state'], changes: Partial<Seen> = {}): Seen {
  return { seqno: SEQNO, authCode: 'old', state, amount: BILLED, ...changes };
}

/** The question that a page left by a turn waits for: operation and step. */
export function awaited(page: Page): { operationId: string; n: number } {
  if (page.step === null) throw new Error('a page without a step');
  return { operationId: page.step.operationId, n: page.step.n };
}
