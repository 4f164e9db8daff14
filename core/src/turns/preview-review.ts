import {
  type PreviewedAsk,
  type PreviewSettings,
  previewAsks,
  sendsMail,
} from '../domain/commands/preview-command.ts';
import type { Order, Transaction } from '../domain/order/order.ts';
import { VERB } from '../domain/transaction/link.ts';
import type { Operation, Step } from './operation.ts';
import type { ReviewChoice } from './review.ts';

/** The basis of the preview: an operation in review, its doubtful step, its transaction before it. */
export type ReviewedScene = {
  readonly order: Order;
  readonly operation: Pick<Operation, 'goal' | 'amount' | 'afterwards'>;
  readonly step: Pick<Step, 'verb'>;
  readonly before: Transaction;
};

/**
 * Previews what an answer to 要確認 sets in motion (M6): the calls that follow at once, and whether a
 * mail goes out once they have succeeded. Only a call that was carried out leads on; any other
 * finding ends the operation.
 */
export function previewReview(
  { outcome, newTransaction, amount }: ReviewChoice,
  { order, operation, step, before }: ReviewedScene,
  settings: PreviewSettings,
): { readonly asks: readonly PreviewedAsk[]; readonly mail: boolean } {
  const { goal, afterwards } = operation;
  if (outcome !== 'done' || goal === null) return { asks: [], mail: false };
  const numbers = newTransaction ? { seqno: null, authCode: null } : {};
  const made: Transaction = { ...before, ...numbers, state: VERB[step.verb].to, amount };
  const asks = previewAsks(made, goal, operation.amount);
  return { asks, mail: sendsMail(order, afterwards, settings) };
}
