import type { OrderEvent } from '../order/events.ts';
import type { Transaction } from '../order/order.ts';
import { isCaptured, isRefunded } from '../transaction/link.ts';
import { type Instant, jstDateOf } from '../values/jst.ts';
import type { BookEntry, OwnEntry } from './match.ts';

/** An entry of ours from the journal; the looks at F-REGI are stored elsewhere. */
type Ours = Omit<OwnEntry, 'lookedAt'>;

/** A journal entry of an order that may have moved its transaction. */
export type Moving = { readonly at: Instant; readonly event: OrderEvent };

/**
 * Returns the captures and refunds in an order's journal, each on the business date on which we
 * knew. It compares the states before and after, not our requests: a capture found at the console
 * is a capture, too. Pure.
 */
export function ourEntriesOf(orderNumber: string, journal: readonly Moving[]): Ours[] {
  const entries: Ours[] = [];
  let before: Transaction | null = null;
  for (const { at, event } of journal) {
    const on = jstDateOf(at);
    const known = { on, orderNumber, knownAt: at, answered: isAnswer(event) };
    if (event.kind === 'stray_moved') {
      for (const entry of strayRefund(event)) entries.push({ ...entry, ...known });
    }
    const after = transactionAfter(event);
    if (after === null) continue;
    for (const entry of entriesBetween(before, after)) entries.push({ ...entry, ...known });
    before = after;
  }
  return entries;
}

/** True if F-REGI itself said so: it did what we asked, or refused because it was done. */
function isAnswer(event: OrderEvent): boolean {
  switch (event.kind) {
    case 'transaction_moved':
      return true;
    case 'transaction_corrected':
      return event.evidence === 'refusal';
    case 'stray_moved':
      return event.evidence === 'answer' || event.evidence === 'refusal';
    default:
      return false;
  }
}

/** D12: returns our refund of another transaction of the slip, whose capture was not ours. */
function strayRefund({
  evidence,
  transaction,
}: Extract<OrderEvent, { kind: 'stray_moved' }>): Bare[] {
  const { seqno, state } = transaction;
  if (evidence !== 'answer' || seqno === null || !isRefunded(state)) return [];
  return [bare('refund', seqno, transaction)];
}

function transactionAfter(event: OrderEvent): Transaction | null {
  switch (event.kind) {
    case 'order_placed':
      return event.order.transaction;
    case 'transaction_moved':
    case 'transaction_corrected':
      return event.transaction;
    default:
      return null;
  }
}

type Bare = Pick<BookEntry, 'kind' | 'seqno' | 'amount'>;

function entriesBetween(before: Transaction | null, after: Transaction): Bare[] {
  const same = before !== null && before.seqno === after.seqno;
  const was = before !== null && isCaptured(before.state);
  const entries: Bare[] = [];
  // The charge moved to another transaction, and F-REGI refunded the former one (A3).
  if (!same && was && before.seqno !== null) entries.push(bare('refund', before.seqno, before));
  const { seqno, state } = after;
  if (seqno === null) return entries;
  const took = isCaptured(state) || isRefunded(state);
  const alreadyTook = same && before !== null && (was || isRefunded(before.state));
  if (took && !alreadyTook) entries.push(bare('capture', seqno, after));
  const alreadyGaveBack = same && before !== null && isRefunded(before.state);
  if (isRefunded(state) && !alreadyGaveBack) entries.push(bare('refund', seqno, after));
  return entries;
}

function bare(kind: Bare['kind'], seqno: string, { amount }: Transaction): Bare {
  return { kind, seqno, amount };
}
