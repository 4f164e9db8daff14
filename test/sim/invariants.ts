import { isDeepStrictEqual } from 'node:util';
import { balanceOf } from '../../core/src/domain/order/balance.ts';
import { replay } from '../../core/src/domain/order/events.ts';
import {
  billedOf,
  type Order,
  settledOf,
  type Transaction,
} from '../../core/src/domain/order/order.ts';
import type { TransactionState } from '../../core/src/domain/order/states.ts';
import { type Goal, VERB, type Verb } from '../../core/src/domain/transaction/link.ts';
import type { Ask } from '../../core/src/turns/asks.ts';
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
import type { MemoryStore } from './memory-store.ts';
import type { Press } from './people.ts';
import { isMadeBesides } from './strays.ts';

/**
 * These hold only while the gateway keeps its bounds. A request carried out after the quarantine
 * still can never capture twice or capture another amount; but our screen is wrong until somebody
 * looks at the gateway again.
 */
export const BOUNDED: readonly string[] = ['INV-4', 'INV-7', 'INV-9'];

/** Checked at every request that leaves for the gateway. */
export const AT_ASK: Checks<[ask: Ask, call: number]> = {
  'INV-6: every call is one committed step that is still open': (evidence, ask, call) => {
    const found = openStepOf(evidence, ask);
    if (found === null) return `${ask.verb} ${ask.slipId} left without an open step`;
    const used = [...evidence.calls.values()]
      .slice(evidence.forgotten)
      .some(({ operation, step }) => {
        return operation.id === found.operation.id && step.n === found.step.n;
      });
    evidence.calls.set(call, found);
    return used ? `step ${found.step.n} of ${ask.slipId} left twice` : null;
  },
  'INV-14: a call names a transaction of its own shop': ({ ledger }, ask) => {
    const held = ask.seqno === null ? undefined : ledger.held.get(ask.seqno);
    return held !== undefined && held.shopId !== ask.shopId ? `${ask.seqno} is foreign` : null;
  },
};

function openStepOf({ store }: Evidence, ask: Ask) {
  for (const operation of store.operations.values()) {
    const own = store.orders.get(`${operation.shopId}/${operation.orderNumber}`)?.transaction;
    const isOfSlip = operation.shopId === ask.shopId && own?.slipId === ask.slipId;
    if (!isOfSlip || !isOpen(operation) || !isFor(ask, operation, own)) continue;
    const step = store.stepsOf(operation).at(-1);
    const same = step?.verb === ask.verb && step.seqno === ask.seqno && step.amount === ask.amount;
    if (step?.state === 'sent' && same) return { operation, step };
  }
  return null;
}

/** Two authorizations under one slip differ only by their cards. */
function isFor({ card }: Ask, { cardToken }: Operation, { customerId }: Transaction): boolean {
  if (card === null) return true;
  return 'token' in card ? card.token === cardToken : card.customerId === customerId;
}

/** Checked at every change of the ledger. */
export const AT_DEED: Checks<[changed: Held]> = {
  'INV-1: at most one captured transaction per order': (
    { ledger },
    { shopId, slipId, orderNumber },
  ) => {
    // A stray that the gateway's own half-done change adds does not count as a second ask of ours.
    const captured = ledger
      .ofSlip(shopId, slipId)
      .filter((held) => held.orderNumber === orderNumber)
      .filter(({ state, stray }) => state.startsWith('captured') && !stray);
    return captured.length > 1
      ? `${shopId}/${orderNumber} is captured ${captured.length} times`
      : null;
  },
  'INV-2: what is captured is what was approved': ({ calls }, { history, amount, seqno }) => {
    const last = history.at(-1);
    if (last?.call == null || last.to !== 'captured_untransmitted') return null;
    const wanted = calls.get(last.call)?.operation.amount;
    return wanted === amount ? null : `${seqno}: ${amount} captured, ${wanted} approved`;
  },
};

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
    const [was, is] = [balanceOf(before.order).open, balanceOf(after.order).open];
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

const REACHED: Record<Goal, RegExp> = {
  captured: /^captured/,
  cancelled: /^(voided|refunded)/,
  authorized: /^authorized/,
  adjusted: /^captured/,
};

/**
 * The live transactions, without those made at the console: without an inquiry nobody can know of
 * these, and where somebody looks for them, D12 applies.
 */
function ourLive(ledger: Ledger, order: Order): Held[] {
  return ledger.liveOf(order).filter(({ history }) => history[0]?.by !== 'console');
}

/** Joins transmitted and untransmitted states: both count as captured. */
function family(state: TransactionState): string {
  return state.replace(/_.*/, '');
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

/** Checked when faults have ended, everybody has answered, and nothing is under way. */
export const AT_REST: Checks<[]> = {
  'INV-2: what is approved is what was shown': ({ store, presses }) => {
    for (const { shopId, key, goal, amount, orderNumber } of store.operations.values()) {
      const press = presses.get(`${shopId}/${key}`);
      // A press without a version takes the order as it is.
      const shown = press?.version == null ? amount : press.shown;
      if ((goal === 'captured' || goal === 'adjusted') && shown !== amount)
        return `${orderNumber}: ${amount}, not ${shown}`;
    }
    return null;
  },
  'INV-4: an order shows what the gateway holds': ({ store, ledger }) =>
    firstOf(store.orders.values(), (order) => differenceOf(order, ledger)),
  'INV-5: every operation has come to an end': ({ store }) => {
    const open = [...store.operations.values()].find(isOpen);
    return open ? `${open.orderNumber} is still ${open.state} for ${open.reason}` : null;
  },
  'INV-7: what stands is never told as not done': ({ store, ledger, calls, forgotten }) => {
    // Calls that the restore forgot are found again, and told as the doing of others: so only later
    // calls count.
    for (const [call, { operation, step }] of [...calls].slice(forgotten)) {
      const now = store.operations.get(`${operation.shopId}/${operation.id}`);
      const failed = now?.state === 'declined' || now?.state === 'not_sent';
      if (!failed || now.goal === null || !DECISIVE[now.goal].includes(step.verb)) continue;
      const standing = [...ledger.held.values()].find(({ history }) => {
        const last = history.findLast(({ by }) => by !== 'batch');
        const made = !VERB[step.verb].makesTransaction || last === history[0];
        return last?.call === call && made;
      });
      if (standing && !isShownBeside(standing, ledger, store.orders))
        return `${now.orderNumber} is ${now.state}, but ${step.verb} ${call} stands`;
    }
    return null;
  },
  'INV-9: at most one transaction is live per order': ({ store, ledger }) =>
    firstOf(store.orders.values(), (order) => {
      const live = order.transaction === null ? [] : ourLive(ledger, order);
      return live.length > 1 ? `${order.orderNumber} has ${live.length} live transactions` : null;
    }),
  'INV-10: one key, one operation, one answer': ({ store, presses }) =>
    firstOf(presses.values(), (press) => differenceInAnswers(press, store)),
  'INV-13: the journal replays to the order': ({ store }) =>
    firstOf(store.orders, ([name, order]) => {
      const same = isDeepStrictEqual(replay(store.journals.get(name) ?? []), order);
      return same ? null : `${name} is not its journal`;
    }),
  'C8, V6: one mail for each event that asks for one': ({ store }) =>
    firstOf(store.journals, ([name, journal]) => {
      const due = journal.filter((e) => 'mail' in e && (e.mail === 'auto' || e.mail === true));
      const mails = store.mails.filter((mail) => `${mail.shopId}/${mail.orderNumber}` === name);
      return mails.length === due.length
        ? null
        : `${name}: ${mails.length} mails, not ${due.length}`;
    }),
};

/**
 * Returns true if the order shows a cancellation beside a transaction made at the console (also one
 * that replaced another order's). Nobody can tell whose such a cancellation was: an unanswered one
 * is told as found.
 */
function isShownBeside(
  { shopId, slipId, orderNumber, seqno, state }: Held,
  ledger: Ledger,
  orders: MemoryStore['orders'],
): boolean {
  const isBeside = ledger.ofSlip(shopId, slipId).some((held) => {
    const isInPlace = held.history[0]?.by === 'console' && held.orderNumber !== orderNumber;
    return isMadeBesides(held) || isInPlace;
  });
  const shown = orders.get(`${shopId}/${orderNumber ?? slipId}`)?.transaction;
  const isCancelled = REACHED.cancelled.test(state);
  return isBeside && isCancelled && shown?.seqno === seqno && family(shown.state) === family(state);
}

const DECISIVE: Record<Goal, readonly Verb[]> = {
  captured: ['capture'],
  cancelled: ['void', 'refund'],
  authorized: ['authorize'],
  adjusted: ['change_captured_amount'],
};

function firstOf<T>(all: Iterable<T>, check: (one: T) => string | null): string | null {
  for (const one of all) {
    const wrong = check(one);
    if (wrong !== null) return wrong;
  }
  return null;
}

/** An order may lag behind work at the console, but it may never show a state that never was. */
function differenceOf(order: Order, ledger: Ledger): string | null {
  const { transaction } = order;
  if (transaction === null) return null;
  const { slipId, seqno, state, amount } = transaction;
  const all = ledger.ofOrder(order);
  const meddled = all.some(({ history }) => history.some(({ by }) => by === 'console'));
  const live = ledger.liveOf(order).filter((held) => held.seqno !== seqno);
  if (live.length > 0 && !meddled) return `${slipId}: ${live[0]?.seqno} is live, and not shown`;
  if (seqno === null) return null;
  const own = all.find((held) => held.seqno === seqno);
  if (own?.amount !== amount) return `${slipId}: ${amount} shown, ${own?.amount} held`;
  const true_ = meddled ? own.history.map(({ to }) => family(to)) : [family(own.state)];
  return true_.includes(family(state)) ? null : `${slipId}: ${state} shown, ${own.state} held`;
}

function differenceInAnswers({ ref, key, answers }: Press, store: MemoryStore): string | null {
  const made = store.operationsOf(ref).filter((operation) => operation.key === key);
  if (made.length > 1) return `${key} has made ${made.length} operations`;
  for (const answer of answers) {
    if (answer.kind === 'key_reused') return `${key} was taken for another’s`;
    if (answer.kind === 'refused') continue;
    if (answer.operation.id !== made[0]?.id) return `${key} was answered with what is not there`;
  }
  const accepted = answers.filter(({ kind }) => kind === 'accepted').length;
  return accepted > 1 ? `${key} was accepted ${accepted} times` : null;
}
