/** Rows whose sentence the walk does not meet: those that never may, and those that a test meets. */
export const UNSEEN: Readonly<Record<string, string>> = {
  'order.status.none': 'it must never stand: the page always says why',
  'order.timeline.empty': 'it must never stand: an order has the entry that placed it',
  'order.preview.neverMail': 'a setting of mails; test/e2e/mail-templates.test.ts',
  'order.preview.changeCaptured': 'a typed edit; test/e2e/amounts.test.ts',
  'order.status.hold': 'a ticked box; test/e2e/manual/1-2-2-cancel.test.ts',
  'order.open.askingHint': 'a few milliseconds; test/e2e/together.test.ts',
  'order.timeline.adopted': 'a repair of 要対応; test/e2e/attention.test.ts',
  'order.timeline.review_answered': 'an answer with numbers; test/e2e/doubt.test.ts',
  'order.timeline.review_confirmed': 'two people; test/e2e/doubt.test.ts',
  'order.timeline.stray_moved': 'a repair of 要対応; test/e2e/attention.test.ts',
  'order.timeline.order_shipped_partly': 'two destinations; test/e2e/shipping.test.ts',
  'order.timeline.outcome.not_sent': 'an outage; test/e2e/together.test.ts',
  'desk.request.messageHint': 'a form; test/e2e/cancel-requests.test.ts',
  'reason.no_card_registered': 'a card that was a token; core/test/domain/authorize.test.ts',
  'story.paid_by_two': 'two 発行番号; server/test/http/store-payments.test.ts',
  'story.payable_twice': 'two 発行番号; server/test/http/store-payments.test.ts',
  'story.payment_reversed': 'a reversal at the store; server/test/http/store-payments.test.ts',
  'reason.cardholder_absent':
    'the sandbox never challenges a registered card; core/test/turns/cardholder.test.ts',
};
