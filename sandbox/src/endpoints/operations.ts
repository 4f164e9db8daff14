import { brandOf, judgeCapture, judgeChange } from '../cards.ts';
import type { CardTransaction } from '../ledger/entities.ts';
import type { LedgerEvent, MovedTransaction } from '../ledger/events.ts';
import {
  type CgiOperation,
  type LedgerState,
  MAY,
  OBSTACLES,
  type Obstacle,
  OPERATIONS,
} from '../ledger/states.ts';
import { DAY_MS } from '../time.ts';
import type { Parameters } from '../wire/form.ts';
import { readAmount } from './fields.ts';
import { type CgiOutcome, given, newTwenty, refuse, type Situation } from './outcome.ts';

/** sale: captures the whole approved amount, because it has no PAY (protocol §4.2). */
export function sale(parameters: Parameters, situation: Situation): CgiOutcome {
  const found = examine('sale', parameters.get('SEQNO'), situation);
  if ('refused' in found) return found.refused;
  const { transaction } = found;
  const authCode = given(parameters, 'AUTHCODE');
  if (situation.shop.comparesAuthCode && authCode !== null && authCode !== transaction.authCode) {
    // Code and sentence are invented (protocol §14.12).
    return refuse('S1-1-111', '売上処理時の承認番号が正しくありません');
  }
  const error = judgeCapture(transaction.pan);
  if (error !== null) {
    const event = moved(transaction, 'capture_failed', 'sale', situation);
    return { ...refuse(error.code, error.text), events: [event] };
  }
  const event = moved(transaction, 'captured_untransmitted', 'sale', situation);
  return { lines: ['OK', transaction.seqno], events: [event] };
}

export function authcancel(parameters: Parameters, situation: Situation): CgiOutcome {
  const found = examine('authcancel', parameters.get('CANCELSEQNO'), situation);
  if ('refused' in found) return found.refused;
  return { lines: ['OK'], events: [moved(found.transaction, 'voided', 'authcancel', situation)] };
}

/** salecancel: answers the given number, or one of its own (protocol §14.6). */
export function salecancel(parameters: Parameters, situation: Situation): CgiOutcome {
  const found = examine('salecancel', parameters.get('CANCELSEQNO'), situation);
  if ('refused' in found) return found.refused;
  const event = moved(found.transaction, 'refunded_untransmitted', 'salecancel', situation);
  const number = situation.shop.numbersRefunds ? newTwenty(situation) : found.transaction.seqno;
  return { lines: ['OK', number], events: [event] };
}

export function authchange(parameters: Parameters, situation: Situation): CgiOutcome {
  return change('authchange', parameters, situation);
}

export function salechange(parameters: Parameters, situation: Situation): CgiOutcome {
  return change('salechange', parameters, situation);
}

/**
 * Opens a new transaction for the new amount, and cancels the old one: afterwards, or before with
 * CANCELFIRST. Then the old one is gone even if the new amount is declined (protocol §4.5, §4.6).
 */
function change(
  operation: 'authchange' | 'salechange',
  parameters: Parameters,
  situation: Situation,
): CgiOutcome {
  const found = examine(operation, parameters.get('SEQNO'), situation);
  if ('refused' in found) return found.refused;
  const process = OPERATIONS[operation];
  const read = readAmount(parameters, process);
  if ('wrong' in read) return refuse(read.wrong.code, read.wrong.text);
  const order = given(parameters, 'CANCELFIRST') ?? '0';
  if (order !== '0' && !(order === '1' && situation.shop.mayCancelFirst)) {
    // Code and sentence are invented.
    return refuse(`${process.code}-241`, `${process.name}時の取消順序は指定できません`);
  }
  const old = found.transaction;
  const gone = operation === 'authchange' ? 'voided' : 'refunded_untransmitted';
  const cancelled = moved(old, gone, operation, situation);
  const error = judgeChange(old.pan, read.amount);
  if (error !== null) {
    return { ...refuse(error.code, error.text), events: order === '1' ? [cancelled] : [] };
  }
  const transaction = changed(old, operation, read.amount, situation);
  const events: LedgerEvent[] = [{ kind: 'opened', transaction }, cancelled];
  return { lines: ['OK', transaction.seqno, transaction.authCode], events };
}

function changed(
  old: CardTransaction,
  operation: 'authchange' | 'salechange',
  amount: number,
  situation: Situation,
): CardTransaction {
  const { now, numbers, by } = situation;
  return {
    ...old,
    seqno: newTwenty(situation),
    authCode: numbers.authCode(),
    amount,
    state: operation === 'authchange' ? 'authorized' : 'captured_untransmitted',
    authorizedAt: now,
    changedFrom: old.seqno,
    history: [{ at: now, what: operation, by }],
  };
}

/** Returns the deadline of a transaction's capture, by the shop's days and the brand's. */
export function captureDeadline(
  { authorizedAt, pan }: CardTransaction,
  captureDays: number,
): number {
  return authorizedAt + Math.min(captureDays, brandOf(pan).captureDaysMax) * DAY_MS;
}

/** Finds the transaction of an operation, and looks up in the table whether it is allowed. */
function examine(
  operation: CgiOperation,
  seqno: string | undefined,
  { ledger, shopId, now, captureDays }: Situation,
): { readonly transaction: CardTransaction } | { readonly refused: CgiOutcome } {
  const { name, code } = OPERATIONS[operation];
  if (seqno === undefined || seqno === '') {
    // Code and sentence are invented.
    return { refused: refuse(`${code}-120`, `${name}時の取引番号が指定されていません`) };
  }
  const transaction = ledger.find(shopId, seqno);
  if (transaction === null) return { refused: obstructed(operation, 'not_found') };
  const obstacle = MAY[transaction.state][operation];
  if (obstacle !== null) return { refused: obstructed(operation, obstacle) };
  const expired = now > captureDeadline(transaction, captureDays);
  if (expired && (operation === 'sale' || operation === 'authchange')) {
    return { refused: obstructed(operation, 'expired') };
  }
  return { transaction };
}

function obstructed(operation: CgiOperation, obstacle: Obstacle): CgiOutcome {
  const { name, code } = OPERATIONS[operation];
  const { code: last, text } = OBSTACLES[obstacle];
  return refuse(`${code}-${last}`, `${name}時の指定された取引は${text}`);
}

function moved(
  { seqno }: CardTransaction,
  to: LedgerState,
  what: string,
  { now, by }: Situation,
): MovedTransaction {
  return { kind: 'moved', seqno, to, at: now, what, by };
}
