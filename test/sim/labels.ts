import type { Acceptance } from '../../core/src/turns/accept.ts';
import type { Page } from '../../core/src/turns/operation.ts';

/**
 * The places that the histories have visited: each fault at each port call, and each state with the
 * way to it. A simulation proves nothing about a place that it never visits.
 */
export type Labels = Map<string, number>;

export function count(labels: Labels, label: string, times = 1): void {
  labels.set(label, (labels.get(label) ?? 0) + times);
}

/** These must happen at times; otherwise the histories are too tame. */
export const SOMETIMES: readonly string[] = [
  'batch: several stand',
  'batch: several stand but for some',
  'batch: several lose',
  'accept: accepted',
  'accept: repeated',
  'accept: refused operation_open',
  'accept: refused order_changed',
  'accept: refused gateway_not_linkable',
  'accept: refused already_paid',
  'hear: capture done',
  'hear: change_amount done',
  'hear: authorize done',
  'hear: void done',
  'hear: refund done',
  'hear: capture unknown',
  'hear: capture unsent',
  'hear: change_amount refused',
  'hear: authorize refused',
  'hear: found captured_untransmitted',
  'hear: found voided',
  'hear: found refunded_untransmitted',
  'hear: too late',
  'hear: authorize challenged',
  'return: authorize challenged',
  'return: too late',
  'see: operation declined cardholder_not_confirmed',
  'hear: capture proven again',
  'hear: capture done again',
  'hear: void proven again',
  'hear: refund proven again',
  'hear: capture unknown again',
  'take: capture unknown',
  'take: capture repeated',
  'take: operation review outcome_needs_review',
  'see: too late',
  'accept: paid on another day',
  'see: capture proven',
  'see: capture disproven',
  'see: change_amount proven',
  'see: change_amount disproven',
  'see: authorize proven',
  'see: void proven',
  'see: refund proven',
  'see: operation review two_live_transactions',
  'review: change_amount proven',
  'review: change_amount disproven',
  'review: authorize proven',
  'resolve: change_amount proven',
  'resolve: change_amount disproven',
  'resolve: too late',
  'hear: operation succeeded',
  'hear: operation declined amount_change_declined',
  'hear: operation declined already_captured',
  'hear: operation not_sent gateway_unreachable',
  'see: operation succeeded',
  'review: operation declined confirmed_not_executed',
  'accept: refused safe_mode',
  'restore: what was asked is forgotten',
  'restore: only entries are lost',
  'restore: nothing is lost',
  'restore: released',
  'take: operation not_sent withdrawn',
  'stray: succeeded',
  'stray: declined',
  'slip: cancel_stray of another’s',
  'slip: relink of another’s',
  'slip: review answered with another’s',
  'accept: refused transaction_of_another_order',
  'accept: refused transaction_perhaps_of_another_order',
  'mail: sent',
  'mail: failed',
  'mail: unknown',
  'payment: completed',
  'payment: completed redirect_amount_differs',
  'payment: expired',
  'revocation: revoked',
  'revocation: paid',
  'revocation: failed',
  'accept: refused own_proposal',
  'accept: refused too_new_to_agree',
  'accept: refused proposal_overtaken',
  'accept: refused proposal_waiting',
  'accept: refused no_proposal',
  'proposal: agreed',
  'proposal: declined',
  'proposal: withdrawn',
  'proposal: expired',
  'proposal: overtaken',
  'delivery: authorized',
  'overdue: make_one',
  'overdue: make_all',
  'overdue: skip',
  'overdue: changed',
  'run: finished',
  'run: stopped',
  'row: accepted',
  'row: stopped',
  'row: refused operation_open',
  'row: refused order_changed',
];

/** Returns the labels of a committed turn, from the page as it was read and as it was written. */
export function labelsOf(
  port: string,
  before: Page,
  turn: { readonly page: Page; readonly acceptance?: Acceptance },
): string[] {
  const { operation, step, closedStep, entries } = turn.page;
  if (turn.acceptance) {
    const corrected = entries.filter(({ kind }) => kind === 'paid_on_corrected');
    const ways = [wordsOf(turn.acceptance), ...corrected.map(() => 'paid on another day')];
    return ways.map((way) => `${port}: ${way}`);
  }
  const labels: string[] = [];
  for (const each of [closedStep, step]) {
    if (each === null || each === before.step || each.state === 'sent') continue;
    labels.push(`${each.verb} ${each.state}${each.repeat ? ' again' : ''}`);
  }
  if (operation !== null && operation.state !== before.operation?.state) {
    labels.push(['operation', operation.state, operation.reason ?? ''].join(' ').trim());
  }
  for (const entry of entries) {
    if (entry.kind === 'transaction_corrected') labels.push(`found ${entry.transaction.state}`);
  }
  if (labels.length === 0 && operation === before.operation) labels.push('too late');
  return labels.map((label) => `${port}: ${label}`);
}

function wordsOf(acceptance: Acceptance): string {
  return acceptance.kind === 'refused' ? `refused ${acceptance.reason}` : acceptance.kind;
}
