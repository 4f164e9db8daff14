import type { Page } from '../../core/src/turns/operation.ts';
import type { Checks } from './checks.ts';

/** Y1, Y2: what is told of the cardholder is true of the ledger. */
export const AUTHENTICATIONS_AT_COMMIT: Checks<[before: Page, after: Page]> = {
  'Y1: an order is told as authenticated only where its cardholder was': (
    { ledger },
    _before,
    { order },
  ) => {
    if (order.authentication !== 'authenticated') return null;
    const seqno = order.transaction?.seqno ?? '';
    return ledger.held.get(seqno)?.authenticated ? null : `${order.orderNumber}: ${seqno} is not`;
  },
  'Y2: who pays by a token is there to confirm': (_evidence, before, { operation, order }) => {
    const isByToken = before.operation !== null && before.operation.cardToken !== null;
    const isAbsent = operation?.reason === 'cardholder_absent';
    return isByToken && isAbsent ? `${order.orderNumber} is told as without a cardholder` : null;
  },
  'Y2: who waits for the cardholder is in no doubt, and keeps no page afterwards': (
    _evidence,
    _before,
    { operation, step, order },
  ) => {
    if (operation === null) return null;
    const { state, challengePage } = operation;
    const isDoubted = state === 'unknown' && step?.state === 'challenged';
    const isKept = state !== 'confirming' && challengePage !== null;
    return isDoubted || isKept ? `${order.orderNumber} is ${state} with ${challengePage}` : null;
  },
};
