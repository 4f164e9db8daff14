import type { Transaction } from '../../core/src/domain/order/order.ts';
import type { Ask } from '../../core/src/turns/asks.ts';
import { isOpen, type Operation } from '../../core/src/turns/operation.ts';
import type { Checks, Evidence } from './checks.ts';
import type { Held } from './ledger.ts';

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
