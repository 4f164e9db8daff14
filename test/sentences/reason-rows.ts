import type { Facts, Rows } from './facts.ts';

/**
 * When the API may give each reason in the view of an order: as the reason against a command there,
 * or as the reason of its last operation.
 */
export const REASON_ROWS: Rows = {
  already_paid: (f) => f.paid,
  not_paid: (f) => !f.paid,
  preorder_not_payable: (f) => f.status === 'preorder',
  customer_erased: (f) => f.order.customerErased,
  order_closed: (f) => f.card && f.left && (f.voided || f.refunded),
  status_not_payable: (f) => f.left,
  amount_zero: (f) => f.card && f.billed <= 0,
  amount_one: (f) => f.card && f.billed - f.balance.receivedOtherwise === 1,
  gateway_not_linkable: (f) => f.card && f.linkOn && !f.authorized,
  link_off: (f) => !f.linkOn,
  cancel_not_offered: (f) => !f.card || f.status !== 'processing',
  transaction_cancelled: (f) => f.card && f.left && (f.voided || f.refunded),
  paid_amount_fixed: (f) => f.paid,
  already_authorized: (f) => f.card && f.authorized,
  operation_open: (f) => f.open !== null,
  status_not_editable: (f) => f.left,
  nothing_to_cancel: (f) => !f.live,
  transaction_in_use: (f) => f.card && f.live && !f.left && f.status !== 'on_hold',
  return_not_offered: (f) => !['processing', 'preorder', 'on_hold'].includes(f.status),
  stock_already_returned: (f) => f.order.stockReturned || f.order.details.destinations.length === 0,
  no_points_used: (f) => f.order.amounts.pointsUsed === 0,
  points_already_returned: (f) => f.order.pointsReturned > 0,
  unmark_paid_first: (f) => f.paid,
  not_paid_by_card: (f) => !f.paid || !f.card || !f.captured,
  redirect_amount_differs: (f) => f.completed && !f.paid,
  redirect_kind_differs: (f) => f.redirects.length > 0 && f.completed,
  nothing_to_revoke: (f) =>
    f.redirects.length === 0 || f.redirects.some(({ status }) => !REVOCABLE.includes(status)),
  revoke_not_offered: (f) => f.left || f.status === 'completed',
  revocation_open: (f) => f.revoking,
  already_shipped: (f) => f.order.shipped,
  status_not_shippable: (f) => f.status !== 'processing' && f.status !== 'completed',
  not_settleable: (f) => !f.paid || !f.card,
  nothing_open: (f) => f.balance.open === 0,
  not_by_card: (f) => !f.card,
  cannot_reauthorize: (f) => f.card && f.state !== null && !f.authorized && !f.waitsForCard,
  already_captured: (f) => f.captured || ended(f, 'already_captured'),
  already_voided: (f) => f.voided || ended(f, 'already_voided'),
  already_refunded: (f) => f.refunded || ended(f, 'already_refunded'),
  not_authorized: (f) => !f.live || ended(f, 'not_authorized'),
  capture_deadline_passed: (f) => f.captureBy !== null && f.captureBy < todayOf(),
  no_card_registered: (f) => f.state === null || f.waitsForCard || !f.live,
  amount_change_declined: (f) => ended(f, 'amount_change_declined'),
  captured_change_declined: (f) => ended(f, 'captured_change_declined'),
  card_declined: (f) => ended(f, 'card_declined'),
  confirmed_not_executed: (f) => ended(f, 'confirmed_not_executed'),
  cardholder_confirms: (f) => f.open === 'confirming',
  cardholder_not_confirmed: (f) => ended(f, 'cardholder_not_confirmed'),
  cardholder_absent: (f) => ended(f, 'cardholder_absent'),
  outcome_unknown: (f) => f.open === 'unknown' || f.open === 'asking',
  outcome_needs_review: (f) => f.open === 'review',
};

/** The statuses in which F-REGI revokes a payment. */
const REVOCABLE = ['issued', 'started'];

/** True if the last operation failed for this reason, and none is open since. */
function ended({ operation, because, open }: Facts, code: string): boolean {
  return because === code && open === null && operation?.state !== 'succeeded';
}

/** Today's JST date. */
function todayOf(): string {
  return new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 10);
}

/** The reasons that no view of an order gives, with the place that gives them. */
export const REASONS_ELSEWHERE: Readonly<Record<string, string>> = {
  order_not_closed: 'the answer to an erasure',
  money_open: 'the answer to an erasure',
  attention_open: 'the answer to an erasure',
  mail_waiting: 'the answer to an erasure',
  gateway_linkable: 'the answer to 入金済 without F-REGI',
  captured_amount_same: 'the answer to an edit',
  no_cancel_request: 'the answer to a dismissal',
  no_such_destination: 'the answer to a shipment',
  not_captured: 'the answer to a change of the captured amount',
  status_change_not_allowed: 'the answer to a change of status',
  paid_on_in_future: 'the answer to a command with another day',
  amount_too_large: 'more yen than the walk’s orders have; core/test/domain has its boundary',
  deductions_exceed_total: 'the answer to an edit',
  order_not_found: 'a run over an unknown number',
  order_changed: 'the answer to a stale command',
  method_unchanged: 'the answer to a change of method',
  cancel_needs_other_method: 'the answer to a change of method',
  no_way_to_card: 'the answer to a change of method',
  billed_not_zero: 'the answer to a change of method',
  destinations_differ: 'the answer to an edit',
  items_differ: 'the answer to an edit',
  total_too_large: 'the answer to an edit',
  other_slip: 'the answer to a repair',
  transaction_of_another_order: 'the answer to a repair',
  transaction_perhaps_of_another_order: 'the answer to a repair',
  linked_already: 'the answer to a repair',
  not_live: 'the answer to a repair',
  not_captured_there: 'the answer to a repair',
  shipped_on_in_future: 'the answer to a shipment',
  exceeds_open: 'the answer to a settlement',
  too_many_settlements: 'the answer to a settlement',
  no_such_settlement: 'the answer to a settlement',
  settlement_corrected: 'the answer to a settlement',
  paid_on_same: 'the answer to a payment date',
  paid_on_after_today: 'the answer to a payment date',
  paid_on_before_order: 'the answer to a payment date',
  paid_on_closed: 'the answer to a payment date',
  former_paid_on_closed: 'the answer to a payment date',
  customer_not_registered: 'the answer to a cart that names an unknown card',
  order_from_future: 'the answer to a cart',
  token_cannot_wait: 'the answer to a cart',
  confirmation_required: 'the answer to a command above the shop’s limits',
  transaction_not_found: 'F-REGI’s answer about a number that it does not know',
  request_rejected: 'F-REGI’s answer to a malformed request',
  gateway_down: 'an outage of the whole F-REGI; test/e2e/together.test.ts',
  safe_mode: 'a restored database; test/e2e/safe-mode.test.ts',
  withdrawn: 'an outage; server/test/http/payment.test.ts',
  gateway_unreachable: 'an outage; server/test/http/payment.test.ts',
  not_noted: 'a full disk; npm run crash',
  cardholder_confirms: 'a cardholder who is asked; test/e2e/cardholder.test.ts',
  cardholder_not_confirmed: 'a cardholder who was asked; test/e2e/cardholder.test.ts',
  cardholder_absent: 'a registered card that F-REGI doubts; test/e2e/cardholder.test.ts',
  two_live_transactions: 'a race at F-REGI’s console; server/test/http/reviews.test.ts',
};

/** When the view of an order may offer each remedy: only where its press can come to something. */
export const REMEDY_ROWS: Rows = {
  change_method_to_none: (f) => !f.left && f.open === null && f.billed === 0,
  change_method: (f) => !f.left && f.open === null,
  void_and_bill_otherwise: (f) => !f.left && f.authorized && f.linkOn && f.open === null,
  refund_and_bill_otherwise: (f) => !f.left && f.captured && f.linkOn && f.open === null,
  edit_amounts: (f) => !f.left && !(f.paid && f.captured) && f.open === null,
  adopt_amount: (f) => !f.left && !(f.paid && f.captured) && f.open === null,
  change_captured_amount: (f) => f.paid && f.card && f.captured && f.linkOn && f.open === null,
  mark_paid: (f) => !f.paid && f.card && f.authorized && f.linkOn && f.open === null,
  mark_paid_without_gateway: (f) => f.card && !f.paid && !f.left && f.open === null,
  record_as_paid: (f) => f.card && !f.paid && !f.left && f.open === null,
  capture_former_amount: (f) => !f.paid && f.card && f.authorized && f.linkOn && f.open === null,
  capture: (f) => f.paid && f.card && f.authorized && f.linkOn && f.open === null,
  authorize: (f) => f.card && f.waitsForCard && f.linkOn && f.open === null,
  unmark_paid: (f) => f.paid && f.open === null,
  cancel_transaction: (f) => f.live && f.linkOn && f.open === null,
  refund_and_buy_again: (f) => f.status === 'processing' && f.live && f.linkOn && f.open === null,
  process_order: (f) => f.status === 'preorder' && f.open === null,
  reopen_order: (f) => f.status !== 'processing' && f.status !== 'preorder' && f.open === null,
  settle_otherwise: (f) => f.order.actions.settle.offered && f.balance.open !== 0,
  try_again: (f) =>
    f.open === null && (f.operation?.state === 'declined' || f.operation?.state === 'not_sent'),
  answer_review: (f) => f.open === 'review',
  see_operation: (f) => f.open !== null,
  ask_customer: () => true,
  refund_otherwise: (f) => f.redirects.length > 0,
  look_again: (f) => f.inquiry && f.state !== null,
  reload: () => true,
  turn_link_on: (f) => !f.linkOn,
  check_settings: () => true,
  check_at_gateway: () => true,
};

export const REMEDIES_ELSEWHERE: Readonly<Record<string, string>> = {
  revoke_payments: 'an item of 要対応 offers it, with its payments',
  relink: 'an item of 要対応 offers it, with its transaction',
  cancel_stray: 'an item of 要対応 offers it, with its transaction',
};
