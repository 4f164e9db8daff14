import { isAnothers } from '../domain/drift/ownership.ts';
import { mailsAfter } from '../domain/mails/mails-after.ts';
import { applyEvent, type CorrectionEvidence, type OrderEvent } from '../domain/order/events.ts';
import type { Transaction } from '../domain/order/order.ts';
import type { Witnesses } from '../domain/order/witnesses.ts';
import {
  type Authentication,
  NOT_TOLD,
  withoutCardholder,
} from '../domain/transaction/authentication.ts';
import { VERB } from '../domain/transaction/link.ts';
import type { Instant } from '../domain/values/jst.ts';
import type { Answer, Seen } from './asks.ts';
import type { Next, Operation, Page, Step, Turn } from './operation.ts';

/**
 * The changes of a page from which turns are made: small, pure, and independent of the protocol.
 */

/** Adds an event to the page: to the state, the journal, and the mails that follow (C8, V6). */
export function write(page: Page, event: OrderEvent): Page {
  const order = applyEvent(page.order, event);
  const mails = [...page.mails, ...mailsAfter(event, order.version)];
  return { ...page, order, entries: [...page.entries, event], mails };
}

/** The gateway's code and text, or the reason why there are none. */
export type GatewayWords = { readonly code?: string | null; readonly text?: string | null };

export function said(page: Page, words: GatewayWords): Pick<Step, 'answeredAt' | 'code' | 'text'> {
  return { answeredAt: page.now, code: words.code ?? null, text: words.text ?? null };
}

export function closeStep(
  page: Page,
  step: Step,
  state: Step['state'],
  words: GatewayWords | null,
): Page {
  const answer = words === null ? { answeredAt: page.now } : said(page, words);
  return { ...page, step: { ...step, ...answer, state } };
}

export function withOperation(page: Page, operation: Operation): Page {
  return { ...page, operation };
}

export function rest(page: Page, until: Instant | null): Turn {
  const next: Next = { kind: 'rest', until };
  return { page, next };
}

/** Returns the transaction to act on: the order's own, or a stray of its slip (D12). */
export function concerned({ operation, order }: Page): Transaction | null {
  return operation?.stray ?? order.transaction;
}

/** As {@link concerned}; throws if the page has no transaction. */
export function transactionOn(page: Page): Transaction {
  const transaction = concerned(page);
  if (transaction === null) throw new Error(`order ${page.order.orderNumber} has no transaction`);
  return transaction;
}

/** Returns the page's operation; throws if there is none. */
export function operationOn({ operation, order }: Page): Operation {
  if (operation === null) throw new Error(`order ${order.orderNumber} has no operation`);
  return operation;
}

/**
 * Returns the sightings that matter to the operation: for a stray only the stray itself, and never
 * another order's transaction (O1).
 */
export function concerning<T extends Seen>(page: Page, seen: readonly T[]): readonly T[] {
  const { stray } = operationOn(page);
  if (stray) return seen.filter(({ seqno }) => seqno === stray.seqno);
  return seen.filter(({ seqno }) => !isAnothers(seqno, page.books));
}

/**
 * Journals a person's finding at F-REGI's console, if the operation is in review and the finding is
 * not another order's.
 */
export function writeAnswer(
  page: Page,
  seen: Seen | null,
  witnesses: (Witnesses & { readonly isAlone?: boolean }) | null,
): Page {
  const { operation } = page;
  if (operation?.state !== 'review' || witnesses === null) return page;
  if (seen !== null && isAnothers(seen.seqno, page.books)) return page;
  const found = seen && { state: seen.state, seqno: seen.seqno, amount: seen.amount };
  const { by, confirmedBy, fileHash } = witnesses;
  const file = fileHash === undefined ? {} : { fileHash };
  const answer = { operationId: operation.id, found, by, confirmedBy } as const;
  return write(page, { kind: 'review_answered', ...answer, ...file });
}

/** Journals that F-REGI did what the step asked. */
export function writeMove(page: Page, step: Step, transaction: Transaction): Page {
  const operation = operationOn(page);
  if (operation.stray) return moveStray(page, operation, transaction, 'answer');
  const { operationId, verb } = step;
  const made = authenticationOf(page, step, transaction);
  return write(page, {
    kind: 'transaction_moved',
    operationId,
    verb,
    transaction,
    ...(made === null ? {} : { authentication: made }),
  });
}

/**
 * Y1: returns the authentication of the transaction that a step made; null if it made none. By a
 * token F-REGI may authenticate without asking the cardholder, and does not tell.
 */
function authenticationOf(
  { order, operation }: Page,
  { verb, state }: Step,
  { seqno }: Transaction,
): Authentication | null {
  if (seqno === (order.transaction?.seqno ?? null)) return null;
  if (verb !== 'authorize') return withoutCardholder(order.authentication);
  if (state === 'challenged') return 'authenticated';
  return operation?.cardToken == null ? 'not_authenticated' : NOT_TOLD;
}

/** Journals that the transaction is in another state than we knew, and that we did not move it. */
export function writeCorrection(
  page: Page,
  evidence: CorrectionEvidence,
  transaction: Transaction,
): Page {
  const operation = operationOn(page);
  if (operation.stray) return moveStray(page, operation, transaction, evidence);
  const isOther = transaction.seqno !== (page.order.transaction?.seqno ?? null);
  return write(page, {
    kind: 'transaction_corrected',
    evidence,
    transaction,
    ...(isOther ? { authentication: NOT_TOLD } : {}),
  });
}

function moveStray(
  page: Page,
  operation: Operation,
  stray: Transaction,
  evidence: 'answer' | CorrectionEvidence,
): Page {
  const event = { operationId: operation.id, evidence, transaction: stray } as const;
  return withOperation(write(page, { kind: 'stray_moved', ...event }), { ...operation, stray });
}

/**
 * Returns the transaction after a `done` answer, with a new number and amount if the verb makes
 * one. Throws if such an answer has no 取引番号.
 */
export function movedBy(
  page: Page,
  step: Step,
  answer: Extract<Answer, { kind: 'done' }>,
): Transaction {
  const transaction = moved(page, step);
  if (!VERB[step.verb].makesTransaction) return transaction;
  if (answer.seqno === null) throw new Error(`${step.verb} was answered without a 取引番号`);
  const { seqno, authCode } = answer;
  return { ...transaction, seqno, authCode, amount: step.amount, authorizedAt: page.now };
}

export function moved(page: Page, step: Step): Transaction {
  return { ...transactionOn(page), state: VERB[step.verb].to, asOf: page.now };
}

/** Returns the transaction as a sighting shows it. */
export function asSeen(page: Page, seen: Seen): Transaction {
  const transaction = transactionOn(page);
  const { seqno, authCode, state, amount } = seen;
  const authorizedAt = seqno === transaction.seqno ? transaction.authorizedAt : page.now;
  return { ...transaction, seqno, authCode, state, amount, authorizedAt, asOf: page.now };
}
