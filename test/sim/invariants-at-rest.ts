import { isDeepStrictEqual } from 'node:util';
import { replay } from '../../core/src/domain/order/events.ts';
import type { Order } from '../../core/src/domain/order/order.ts';
import type { TransactionState } from '../../core/src/domain/order/states.ts';
import { type Goal, VERB, type Verb } from '../../core/src/domain/transaction/link.ts';
import { isOpen } from '../../core/src/turns/operation.ts';
import type { Checks } from './checks.ts';
import { ourLive, REACHED } from './invariants.ts';
import type { Held, Ledger } from './ledger.ts';
import type { MemoryStore } from './memory-store.ts';
import type { Press } from './people.ts';
import { isMadeBesides } from './strays.ts';

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

/** Joins transmitted and untransmitted states: both count as captured. */
function family(state: TransactionState): string {
  return state.replace(/_.*/, '');
}
