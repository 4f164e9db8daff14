import { isDeepStrictEqual } from 'node:util';
import { balanceOf } from '../../core/src/domain/order/balance.ts';
import { billedOf, type Order, settledOf } from '../../core/src/domain/order/order.ts';
import { hasLeft, type TransactionState } from '../../core/src/domain/order/states.ts';
import type { Goal } from '../../core/src/domain/transaction/link.ts';
import { paidAtStoreOf } from '../../core/src/domain/transaction/redirect.ts';
import {
  isOpen,
  isOpenStep,
  type Operation,
  type Page,
  type Step,
} from '../../core/src/turns/operation.ts';
import { unsoundness } from '../../core/src/turns/sound.ts';
import { TIMING } from '../../core/src/turns/timing.ts';
import type { Checks, Evidence } from './checks.ts';
import type { Held, Ledger } from './ledger.ts';

/**
 * These hold only while the gateway keeps its bounds. A request carried out after the quarantine
 * still can never capture twice or capture another amount; but our screen is wrong until somebody
 * looks at the gateway again.
 */
export const BOUNDED: readonly string[] = ['INV-4', 'INV-7', 'INV-9'];

/** Checked at every committed turn. */
export const AT_COMMIT: Checks<[before: Page, after: Page]> = {
  'INV-3: done means carried out by this very call': (evidence, before, after) => {
    for (const step of stepsIn(after)) {
      if (step.state !== 'done' || before.step?.n !== step.n) continue;
      const call = callOf(evidence, step);
      const deeds = [...evidence.ledger.held.values()].flatMap(({ history }) => history);
      if (!deeds.some((deed) => deed.call !== null && deed.call === call)) {
        return `${step.verb} of ${after.order.orderNumber} was not carried out by our call`;
      }
    }
    return null;
  },
  'INV-3: a goal is reached at the gateway, too': ({ ledger }, _before, { operation, order }) => {
    if (operation?.state !== 'succeeded' || operation.goal === null) return null;
    const held = ledger.held.get((operation.stray ?? order.transaction)?.seqno ?? '');
    const { goal, amount } = operation;
    const reached = held?.history.some(({ to }) => REACHED[goal].test(to)) ?? false;
    const sameAmount = goal === 'cancelled' || held?.amount === amount;
    return reached && sameAmount ? null : `${order.orderNumber} is not ${goal} for ${amount}`;
  },
  'INV-3: paid with the link means captured, for what was approved': (
    { ledger },
    _before,
    { order, entries, operation },
  ) => {
    const paid = entries.some((e) => e.kind === 'order_marked_paid' && e.gateway === 'captured');
    if (!paid) return null;
    const held = ledger.held.get(order.transaction?.seqno ?? '');
    const captured = held?.history.some(({ to }) => REACHED.captured.test(to)) ?? false;
    const same = held?.amount === operation?.amount;
    return captured && same ? null : `${order.orderNumber} is paid, and not captured so`;
  },
  'C6: a refusal proves an earlier ask only where there was one': (_evidence, before, after) => {
    for (const step of stepsIn(after)) {
      const bySighting = before.step?.n !== step.n || before.step.text === step.text;
      if (step.state !== 'proven' || bySighting || step.repeat) continue;
      return `${step.verb} of ${after.order.orderNumber} is another’s doing`;
    }
    return null;
  },
  'O2: what was settled otherwise is not asked of the card again': (_evidence, _before, after) => {
    const { operation, order, entries } = after;
    const isAccepted = entries.some(({ kind }) => kind === 'operation_accepted');
    if (!isAccepted || operation?.goal !== 'adjusted') return null;
    const { afterwards } = operation;
    const amounts = afterwards?.kind === 'amounts_edited' ? afterwards.amounts : order.amounts;
    const paid = operation.amount + settledOf(order);
    const billed = billedOf(amounts);
    return paid === billed ? null : `${order.orderNumber}: ${paid} for a bill of ${billed}`;
  },
  'O3: a settlement brings what is open nearer to nothing': (_evidence, before, after) => {
    const settled = after.entries.some(
      (e) => e.kind === 'settled_otherwise' && e.corrects === null,
    );
    if (!settled) return null;
    const [was, is] = [dueOf(before.order), dueOf(after.order)];
    const isNearer = Math.abs(is) < Math.abs(was) && was * is >= 0;
    return isNearer ? null : `${after.order.orderNumber}: ${was} was open, and then ${is}`;
  },
  'O6: a corrected payment date moves no money': (_evidence, before, after) => {
    const corrected = after.entries.some(({ kind }) => kind === 'paid_on_corrected');
    if (!corrected) return null;
    const { order, operation, step, closedStep } = after;
    const { paidOn, version, changedIn } = order;
    const isSame = isDeepStrictEqual({ ...before.order, paidOn, version, changedIn }, order);
    const asksNothing = operation?.goal === null && step === before.step && closedStep === null;
    const wasPaid = before.order.paidOn !== null && paidOn !== null;
    return isSame && asksNothing && wasPaid ? null : `${order.orderNumber} changed with its date`;
  },
  'INV-8: cancelled means that nothing is live': ({ ledger }, _before, { order, entries }) => {
    const cancelled = entries.some((e) => 'gateway' in e && e.gateway === 'cancelled');
    if (!cancelled || order.transaction === null) return null;
    const known = ourLive(ledger, order);
    return known.length === 0
      ? null
      : `${order.orderNumber} is cancelled, and ${known[0]?.seqno} lives`;
  },
  'INV-11: at most one operation is open per order': ({ store }, _before, { order }) => {
    const open = store.operationsOf(order).filter(isOpen);
    return open.length > 1 ? `${order.orderNumber} has ${open.length} open operations` : null;
  },
  'INV-12: what is final stays as it is': ({ written }, _before, after) => {
    const { operation } = after;
    if (operation !== null) {
      const was = written.get(operation.id);
      if (was !== undefined && was !== operation.state && !isOpen({ state: was } as Operation)) {
        return `operation ${operation.id} went from ${was} to ${operation.state}`;
      }
      written.set(operation.id, operation.state);
    }
    for (const step of stepsIn(after)) {
      const name = `${step.operationId}/${step.n}`;
      const was = written.get(name);
      if (
        was !== undefined &&
        was !== step.state &&
        !isOpenStep({ ...step, state: was as Step['state'] })
      ) {
        return `step ${step.n} of ${after.order.orderNumber} went from ${was} to ${step.state}`;
      }
      written.set(name, step.state);
    }
    return null;
  },
  'M4: a person is asked only when nothing can be under way any more': (
    { store },
    before,
    after,
  ) => {
    const { operation, step, now, order } = after;
    if (operation?.state !== 'review' || before.operation?.state === 'review') return null;
    const lastAskAt = Math.max(step?.sentAt ?? 0, store.safeMode?.enteredAt ?? 0);
    const isChallenged = step?.state === 'challenged';
    const settlesAt = lastAskAt + (isChallenged ? TIMING.confirmMs : TIMING.quarantineMs);
    return now < settlesAt ? `${order.orderNumber}: ${settlesAt - now} ms too early` : null;
  },
};

export const REACHED: Record<Goal, RegExp> = {
  captured: /^captured/,
  cancelled: /^(voided|refunded)/,
  authorized: /^authorized/,
  adjusted: /^captured/,
};

/**
 * The live transactions, without those made at the console: without an inquiry nobody can know of
 * these, and where somebody looks for them, D12 applies.
 */
export function ourLive(ledger: Ledger, order: Order): Held[] {
  return ledger.liveOf(order).filter(({ history }) => history[0]?.by !== 'console');
}

/** Joins transmitted and untransmitted states: both count as captured. */
function _family(state: TransactionState): string {
  return state.replace(/_.*/, '');
}

/** The yen that are open; of an order that is unpaid and paid at the store, those given back (D16). */
function dueOf(order: Order): number {
  const made = paidAtStoreOf(order);
  const isUnpaid = order.paidOn === null && !hasLeft(order);
  return isUnpaid && made > 0 ? -made - settledOf(order) : balanceOf(order).open;
}

function stepsIn({ step, closedStep }: Page): Step[] {
  return [closedStep, step].filter((each) => each !== null);
}

function callOf({ calls }: Evidence, { operationId, n }: Step): number | null {
  const asked = [...calls].findLast(([, { step }]) => {
    return step.operationId === operationId && step.n === n;
  });
  return asked?.[0] ?? null;
}

/**
 * Checked after all others: the check of every turn in production, which refuses to write an
 * unsound turn. Here the ledger judges first, because it knows nothing of turns.
 */
export const SOUND_AT_COMMIT: Checks<[before: Page, after: Page]> = {
  'a turn is sound': (_evidence, before, after) => unsoundness(before, after),
};
