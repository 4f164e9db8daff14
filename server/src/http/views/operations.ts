import type { OperationView, StepView } from '@renkei/contract/orders/operations.ts';
import type { TimelineEntry } from '@renkei/contract/orders/orders.ts';
import type { FactsOf } from '@renkei/contract/orders/timeline.ts';
import type { Order } from '@renkei/core/domain/order/order.ts';
import { type Locale, MANUAL_LINE } from '@renkei/core/domain/reasons/index.ts';
import { toldOf } from '@renkei/core/domain/transaction/effects.ts';
import { settlesAt } from '@renkei/core/turns/in-doubt.ts';
import { type Actor, isOpen, type Operation, type Step } from '@renkei/core/turns/operation.ts';
import { TIMING } from '@renkei/core/turns/timing.ts';
import { isWaiting } from '@renkei/core/turns/withdraw.ts';
import { scrubCall } from '../../fregi/scrub.ts';
import { encodeAsk } from '../../fregi/wire.ts';
import type { OperationWithSteps } from '../../store/orders/order-view.ts';
import type { JournalEntry } from '../../store/orders/rows.ts';
import { challengePath } from './challenge.ts';
import { factsOf } from './facts.ts';
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
    challenge: presentChallenge(operation, steps),
    nextAt: isOpen(operation) && state !== 'review' ? instant(dueAt) : null,
    createdAt: instant(operation.createdAt),
    endedAt: instantOrNull(operation.endedAt),
  };
}

/** Y2: the page of the cardholder, for the cart to send the browser to. */
function presentChallenge(
  { state, shopId, id }: Operation,
  steps: readonly Step[],
): OperationView['challenge'] {
  const step = steps.at(-1);
  if (state !== 'confirming' || step === undefined) return null;
  return { path: challengePath({ shopId, id }), until: instant(settlesAt(step, TIMING)) };
}

function presentStep(step: Step): StepView {
  const { n, verb, seqno, amount, state, repeat, sentAt, answeredAt, code, text } = step;
  const moments = { sentAt: instant(sentAt), answeredAt: instantOrNull(answeredAt) };
  return { n, verb, seqno, amount, state, repeat, code, text, ...moments };
}

/** L5: returns the text behind 受注コード in the error panel: F-REGI's own sentence if there is one. */
export function lineOf({ state, reason }: Operation, steps: readonly Step[]): string | null {
  if (state !== 'declined' && state !== 'not_sent') return null;
  const refused = steps.findLast((step) => step.state === 'refused');
  return refused?.text ?? (reason === null ? null : (MANUAL_LINE[reason] ?? null));
}

/**
 * Returns everything that happened to an order, newest first: its journal and its calls to F-REGI.
 */
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
    const asked = { verb, seqno, amount, state, repeat, code, text, tookMs };
    const facts = asked satisfies FactsOf['gateway_asked'];
    return {
      at: instant(step.sentAt),
      actor: step.actor.name,
      kind: 'gateway_asked',
      operationId,
      from: step.actor.from ?? null,
      version: null,
      call: presentCall(step, order, authCodes.get(step.seqno) ?? null),
      facts,
    };
  });
  // At one instant the later written comes first; a call is sent after it is written.
  const newestFirst = [...calls.reverse(), ...events.reverse()];
  return newestFirst.sort((a, b) => b.at.localeCompare(a.at));
}

/** 承認番号 by 取引番号: a former call shows the number of the transaction it acted on. */
function authCodesIn(journal: readonly JournalEntry[]): ReadonlyMap<string | null, string | null> {
  const transactions = journal.flatMap(({ event }) => {
    if (event.kind === 'order_placed') return event.order.transaction ?? [];
    return 'transaction' in event ? event.transaction : [];
  });
  return new Map(transactions.map(({ seqno, authCode }) => [seqno, authCode]));
}

/** Rebuilds a call as it went over the wire from its step, without secrets. */
function presentCall(step: Step, { shopId, transaction }: Order, authCode: string | null) {
  const { verb, seqno, amount } = step;
  const customerId = transaction?.customerId ?? null;
  const card = customerId === null ? { token: '***' } : { customerId };
  const ask = { shopId, verb, seqno, amount, authCode, slipId: transaction?.slipId ?? '' };
  return scrubCall(encodeAsk('***', { ...ask, card: verb === 'authorize' ? card : null }));
}
