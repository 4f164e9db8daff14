import type { OperationView, StepView } from '@renkei/contract/orders/operations.ts';
import type { TimelineEntry } from '@renkei/contract/orders/orders.ts';
import { toldOf } from '@renkei/core/domain/effects.ts';
import type { Movement, OrderEvent } from '@renkei/core/domain/events.ts';
import { billedOf, type Order, totalOf } from '@renkei/core/domain/order.ts';
import { type Locale, MANUAL_LINE } from '@renkei/core/domain/reasons/index.ts';
import { type Actor, isOpen, type Operation, type Step } from '@renkei/core/turns/operation.ts';
import { isWaiting } from '@renkei/core/turns/withdraw.ts';
import { scrubCall } from '../../fregi/scrub.ts';
import { encodeAsk } from '../../fregi/wire.ts';
import type { OperationWithSteps } from '../../store/orders/order-view.ts';
import type { JournalEntry } from '../../store/orders/rows.ts';
import { instant, instantOrNull } from './instant.ts';
import { presentReason } from './reasons.ts';

export function presentOperation(
  { operation, steps }: OperationWithSteps,
  locale: Locale,
): OperationView {
  const { id, orderNumber, goal, amount, actor, state, reason, dueAt } = operation;
  return {
    id,
    orderNumber,
    goal,
    amount,
    state,
    actor: actor.name,
    reason: reason && presentReason(reason, locale, operation),
    line: lineOf(operation, steps),
    steps: steps.map(presentStep),
    withdrawable: isWaiting(operation, steps),
    nextAt: isOpen(operation) && state !== 'review' ? instant(dueAt) : null,
    createdAt: instant(operation.createdAt),
    endedAt: instantOrNull(operation.endedAt),
  };
}

function presentStep(step: Step): StepView {
  const { n, verb, seqno, amount, state, repeat, sentAt, answeredAt, code, text } = step;
  const moments = { sentAt: instant(sentAt), answeredAt: instantOrNull(answeredAt) };
  return { n, verb, seqno, amount, state, repeat, code, text, ...moments };
}

/** L5: what stands behind 受注コード: in the error panel, F-REGI's own sentence if there is one. */
export function lineOf({ state, reason }: Operation, steps: readonly Step[]): string | null {
  if (state !== 'declined' && state !== 'not_sent') return null;
  const refused = steps.findLast((step) => step.state === 'refused');
  return refused?.text ?? (reason === null ? null : (MANUAL_LINE[reason] ?? null));
}

/** Everything that happened to an order, newest first: its journal and its calls to F-REGI. */
export function presentTimeline(
  journal: readonly JournalEntry[],
  steps: readonly (Step & { readonly actor: Actor })[],
  order: Order,
): TimelineEntry[] {
  const told = toldOf(journal.map(({ event }) => event));
  const events = journal.map(
    ({ at, actor, operationId, event, version }, index): TimelineEntry => ({
      at: instant(at),
      actor: actor.name,
      kind: event.kind,
      operationId,
      version,
      from: actor.from ?? null,
      call: null,
      facts: factsOf(told[index] ?? event),
    }),
  );
  const authCodes = authCodesIn(journal);
  const calls = steps.map((step): TimelineEntry => {
    const { verb, seqno, amount, state, repeat, code, text, operationId } = step;
    const tookMs = step.answeredAt === null ? null : step.answeredAt - step.sentAt;
    return {
      at: instant(step.sentAt),
      actor: step.actor.name,
      kind: 'gateway_asked',
      operationId,
      from: step.actor.from ?? null,
      version: null,
      call: presentCall(step, order, authCodes.get(step.seqno) ?? null),
      facts: { verb, seqno, amount, state, repeat, code, text, tookMs },
    };
  });
  // Of one moment, what was written later comes first; and a call is sent once it is written.
  const newestFirst = [...calls.reverse(), ...events.reverse()];
  return newestFirst.sort((a, b) => b.at.localeCompare(a.at));
}

/** 承認番号 by 取引番号: a call of then goes with the number of the transaction it was about. */
function authCodesIn(journal: readonly JournalEntry[]): ReadonlyMap<string | null, string | null> {
  const transactions = journal.flatMap(({ event }) => {
    if (event.kind === 'order_placed') return event.order.transaction ?? [];
    return 'transaction' in event ? event.transaction : [];
  });
  return new Map(transactions.map(({ seqno, authCode }) => [seqno, authCode]));
}

/** A call as it went over the wire, made anew from its step; never what is secret. */
function presentCall(step: Step, { shopId, transaction }: Order, authCode: string | null) {
  const { verb, seqno, amount } = step;
  const customerId = transaction?.customerId ?? null;
  const card = customerId === null ? { token: '***' } : { customerId };
  const ask = { shopId, verb, seqno, amount, authCode, slipId: transaction?.slipId ?? '' };
  return scrubCall(encodeAsk('***', { ...ask, card: verb === 'authorize' ? card : null }));
}

/** An event as flat facts: what a sentence about it needs. */
export function factsOf(event: OrderEvent): TimelineEntry['facts'] {
  switch (event.kind) {
    case 'order_placed': {
      const { type, status, paymentMethod } = event.order;
      return { type, status, paymentMethod };
    }
    case 'amounts_edited':
      return {
        ...event.amounts,
        total: totalOf(event.amounts),
        billed: billedOf(event.amounts),
        linesEdited: event.lines !== undefined,
      };
    case 'operation_accepted':
      return { goal: event.goal, amount: event.amount };
    case 'operation_ended':
      return { outcome: event.outcome, reason: event.reason };
    case 'transaction_moved': {
      const { state, seqno, amount, authCode } = event.transaction;
      return { verb: event.verb, state, seqno, amount, authCode };
    }
    case 'transaction_corrected': {
      const { evidence, transaction, before, adopted } = event;
      const { state, seqno, amount } = transaction;
      return {
        evidence,
        state,
        seqno,
        amount,
        ...(before && { seqnoBefore: before.seqno, stateBefore: before.state }),
        ...(before && { amountBefore: before.amount }),
        ...(adopted && { billedBefore: adopted.billed, billed: billedOf(adopted.amounts) }),
      };
    }
    case 'stray_moved': {
      const { state, seqno, amount } = event.transaction;
      return { evidence: event.evidence, state, seqno, amount };
    }
    case 'order_marked_paid':
      return { paidOn: event.paidOn, gateway: event.gateway, mail: event.mail };
    case 'settled_otherwise': {
      const { direction, amount, by, on, corrects } = event;
      return { direction, amount, by, on, corrects };
    }
    case 'order_unmarked_paid':
      return { gateway: event.gateway ?? 'left_alone' };
    case 'status_changed':
      return {
        to: event.to,
        gateway: event.gateway,
        mail: event.mail ?? false,
        ...movementFacts(event.movements ?? []),
      };
    case 'payment_method_changed': {
      const { paymentKind, paymentMethod, gateway, unpaid } = event;
      return { paymentKind, paymentMethod, gateway, unpaid };
    }
    case 'order_shipped': {
      const { shipments, complete, mail } = event;
      const numbers = shipments.flatMap(({ trackingNumber }) => trackingNumber ?? []);
      const [first] = shipments;
      return {
        complete,
        mail,
        destinations: shipments.length,
        shippedOn: first?.shippedOn ?? null,
        trackingNumbers: numbers.join(', '),
      };
    }
    case 'review_answered': {
      const { found, by, confirmedBy } = event;
      return { ...found, by: by.name, confirmedBy: confirmedBy?.name ?? null };
    }
    case 'cancel_requested':
      return { message: event.message };
    case 'cancel_request_dismissed':
    case 'payment_mail_sent':
      return {};
    case 'mail_sent':
      return { mail: event.mail };
    default:
      return event satisfies never;
  }
}

/** V6: `stock` and `points` say which way they went; `pointsMoved` how many. */
function movementFacts(movements: readonly Movement[]): TimelineEntry['facts'] {
  const facts = movements.map((movement): [string, string | number][] =>
    movement.of === 'stock'
      ? [['stock', movement.direction]]
      : [
          ['points', movement.direction],
          ['pointsMoved', movement.points],
        ],
  );
  return Object.fromEntries(facts.flat());
}
