import type { Facts, Rows } from './facts.ts';

const never = () => false;

/** True if the page offers 入金済 as `decision`. */
const pays = (f: Facts, decision: 'record' | 'pursue') =>
  !f.paid && f.open === null && f.order.actions.markPaid.decision === decision;
/** True if 入金済 changes the amount at F-REGI before it captures (C2). */
const changes = (f: Facts) => f.authorized && f.held !== f.billed;
/** C5, S1: the shop can record a card order as paid, and F-REGI is told nothing. */
const recordsOnly = (f: Facts) => !f.paid && f.card && (!f.linkOn || !f.authorized);
/** K3: how 発行取消 of a payment has ended. */
const hasEnded = ({ redirects }: Facts, outcome: string) =>
  redirects.some(({ revocation }) => revocation?.outcome === outcome);
/** K3: 取消 is one of the changes of status. */
const canLeave = ({ status }: Facts) => ['preorder', 'processing', 'on_hold'].includes(status);
/** O3: paid by card or at the store, or paid at the store and cancelled. */
const isSettleable = (f: Facts) => (f.paid && (f.card || f.completed)) || (f.left && f.completed);
const isOwner = (f: Facts) => f.role === 'owner';

/** When each sentence of 受注詳細 may stand, before anything is pressed there. */
export const ORDER_ROWS: Rows = {
  // What 入金済 comes to (C1–C11), and what else a form says before its press.
  'order.preview.capture': (f) => pays(f, 'pursue') && f.linkOn && f.authorized,
  'order.preview.changeAndCapture': (f) => f.linkOn && changes(f),
  'order.preview.increase': (f) => f.linkOn && changes(f) && f.billed > (f.held ?? 0),
  'order.preview.waits': (f) => f.open === null && f.captured,
  'order.preview.authorize': (f) => f.linkOn && f.waitsForCard && f.open === null,
  'order.preview.not_told': (f) => f.card && f.open === null && !pays(f, 'pursue'),
  'order.preview.not_concerned': (f) => !f.card && f.open === null,
  'order.preview.nothing_to_cancel': (f) => !f.live,
  'order.preview.mail': (f) => !f.paid && f.open === null && f.order.paymentMail.policy === 'auto',
  'order.preview.noMail': (f) => !f.paid && f.open === null,
  'order.preview.neverMail': (f) => !f.paid && f.order.paymentMail.policy === 'never',
  'order.preview.unconfirmedMail': (f) => pays(f, 'record') && f.card,
  'order.preview.notMade': (f) => !f.paid && f.redirects.length > 0 && !f.completed,
  'order.preview.payable': (f) => f.payable,
  // 本人認証: who bears a chargeback, and what a press does to that (Y1).
  'words.liability.moves': (f) =>
    f.linkOn && changes(f) && ['authenticated', 'attempted'].includes(f.authentication ?? ''),
  'words.liability.may_move': (f) => f.linkOn && changes(f) && f.authentication === 'not_known',
  'words.liability.shop': (f) => f.linkOn && f.waitsForCard && f.open === null,
  'order.panel.borneBy.not_known': (f) => f.authentication === 'not_known',
  'order.panel.borneBy.not_authenticated': (f) => f.authentication === 'not_authenticated',
  'order.panel.borneBy.attempted': (f) => f.authentication === 'attempted',
  'order.panel.borneBy.authenticated': (f) => f.authentication === 'authenticated',
  'order.panel.borneBy.lapsed': (f) => f.authentication === 'lapsed',
  // 発行取消 of a payment at a store (K3).
  'order.preview.revoked': (f) => f.revocable && f.linkOn,
  'order.status.revokeHint': (f) => f.revocable && f.linkOn && canLeave(f),
  'order.panel.noTransaction': (f) => f.state === null,
  'desk.look.no_transaction': (f) => f.state === null,
  'desk.look.no_inquiry': (f) => !f.inquiry && f.state !== null,
  'order.method.byHand': (f) => f.live && f.linkOn && !f.left && f.open === null,
  'order.method.oneWay': (f) => f.card && !f.left && f.open === null,
  'order.status.none': never, // V7: the page always says why
  // What stays at F-REGI (V4, P2).
  'desk.remaining.lead': (f) => f.live && f.linkOn && f.open === null && (f.left || !f.card),
  'desk.remaining.inUse': (f) => f.live && f.linkOn && f.open === null && f.card && !f.left,
  // The open amount (O3).
  'desk.settle.received': (f) => isSettleable(f) && f.balance.open > 0 && f.open === null,
  'desk.settle.returned': (f) => isSettleable(f) && f.balance.open < 0 && f.open === null,
  'desk.settle.payment': (f) => !f.paid && !f.left && f.completed && f.open === null,
  'order.amounts.gapLess': (f) => f.order.itemsGap > 0,
  'order.amounts.gapMore': (f) => f.order.itemsGap < 0,
  'order.amounts.gapEdit': (f) => f.order.itemsGap !== 0,
  // An operation under way, in doubt, or in review (M1–M4).
  'order.open.returned': (f) => f.open === 'confirming',
  'order.open.askingHint': (f) => f.open === 'asking',
  'order.open.proof.inquiry': (f) => f.open === 'unknown' && f.inquiry,
  'order.open.proof.repeat': (f) => f.open === 'unknown' && f.proof === 'repeat',
  'order.open.proof.person': (f) => f.open === 'unknown' && f.proof === 'person',
  'desk.review.asked': (f) => f.open === 'review',
  'desk.review.open': (f) => f.open === 'review',
  'desk.review.search': (f) => f.open === 'review',
  'desk.review.find': (f) => f.open === 'review',
  'desk.review.findFirst': (f) => f.open === 'review' && f.operation?.goal === 'authorized',
  'desk.review.findNew': (f) => f.open === 'review' && f.operation?.goal !== 'authorized',
  'desk.review.enter': (f) => f.open === 'review',
  // A command above the shop's limit waits for a second person (F59).
  'proposal.own': (f) => f.order.proposal?.isOwn === true,
  'proposal.others': (f) => f.order.proposal?.isOwn === false,
  'proposal.lead': (f) => f.order.proposal !== null,
  'proposal.outcome': (f) => f.order.proposal !== null,
  'proposal.notOwn': (f) => f.order.proposal?.isOwn === true,
  'order.timeline.command_proposed': (f) => f.event('command_proposed'),
  'order.timeline.proposal_ended.agreed': (f) => f.event('proposal_ended'),
  'order.timeline.proposal_ended.withdrawn': (f) => f.event('proposal_ended'),
  'order.timeline.proposal_ended.expired': (f) => f.event('proposal_ended'),
  'order.timeline.proposal_ended.overtaken': (f) => f.event('proposal_ended'),
  // キャンセル依頼, and shipping.
  'desk.request.messageHint': (f) => f.status === 'processing',
  'desk.ship.requested': (f) => f.order.cancelRequest !== null,
  // The history: each entry tells its own event.
  'order.timeline.empty': never, // every order has the entry that placed it
  'order.timeline.order_placed': () => true,
  'order.timeline.amounts_edited': (f) => f.event('amounts_edited'),
  'order.timeline.lines_edited': (f) => f.event('amounts_edited'),
  'order.timeline.adopted': (f) => f.event('transaction_corrected'),
  'order.timeline.moved.toStock': (f) => f.event('amounts_edited'),
  'order.timeline.moved.fromStock': (f) => f.event('amounts_edited'),
  'order.timeline.moved.pointsGivenBack': (f) => f.event('amounts_edited'),
  'order.timeline.moved.pointsTaken': (f) => f.event('amounts_edited'),
  'order.timeline.stock.returned': (f) => f.event('status_changed'),
  'order.timeline.stock.taken': (f) => f.event('status_changed'),
  'order.timeline.points.returned': (f) => f.event('status_changed'),
  'order.timeline.points.taken': (f) => f.event('status_changed'),
  'order.timeline.review_answered': (f) => f.event('review_answered'),
  'order.timeline.review_nothing': (f) => f.event('review_answered'),
  'order.timeline.review_confirmed': (f) => f.event('review_answered'),
  'order.timeline.operation_accepted': (f) => f.event('operation_accepted'),
  'order.timeline.transaction_moved': (f) => f.event('transaction_moved'),
  'order.timeline.transaction_corrected': (f) => f.event('transaction_corrected'),
  'order.timeline.told': (f) => f.event('transaction_corrected'),
  'order.timeline.stray_moved': (f) => f.event('stray_moved'),
  'order.timeline.order_marked_paid': (f) => f.event('order_marked_paid'),
  'desk.redirect.revocation.open': (f) => f.revoking,
  'desk.redirect.revocation.revoked': (f) => hasEnded(f, 'revoked'),
  'desk.redirect.revocation.paid': (f) => hasEnded(f, 'paid'),
  'desk.redirect.revocation.expired': (f) => hasEnded(f, 'expired'),
  'desk.redirect.revocation.failed': (f) => hasEnded(f, 'failed'),
  'order.timeline.revocation_ordered': (f) => f.event('revocation_ordered'),
  'order.timeline.revocation_asked': (f) => f.event('revocation_asked'),
  'order.timeline.revocation_ended.revoked': (f) => f.event('revocation_ended'),
  'order.timeline.revocation_ended.paid': (f) => f.event('revocation_ended'),
  'order.timeline.revocation_ended.expired': (f) => f.event('revocation_ended'),
  'order.timeline.revocation_ended.failed': (f) => f.event('revocation_ended'),
  'order.timeline.status_revokes': (f) => f.event('status_changed'),
  'order.timeline.paid_on_corrected': (f) => f.event('paid_on_corrected'),
  'order.timeline.settled_received': (f) => f.event('settled_otherwise'),
  'order.timeline.settled_returned': (f) => f.event('settled_otherwise'),
  'order.timeline.settled_corrected': (f) => f.event('settled_otherwise'),
  'order.timeline.order_unmarked_paid': (f) => f.event('order_unmarked_paid'),
  'order.timeline.order_unmarked_refunded': (f) => f.event('order_unmarked_paid'),
  'order.timeline.status_changed': (f) => f.event('status_changed'),
  'order.timeline.payment_mail_sent': (f) => f.order.paymentMail.sentCount > 0,
  'order.timeline.mail_sent': (f) => f.event('mail_sent'),
  'order.timeline.payment_method_changed': (f) => f.event('payment_method_changed'),
  'order.timeline.order_shipped': (f) => f.event('order_shipped'),
  'order.timeline.order_shipped_partly': (f) => f.event('order_shipped'),
  'order.timeline.cancel_requested': (f) => f.event('cancel_requested'),
  'order.timeline.cancel_request_dismissed': (f) => f.event('cancel_request_dismissed'),
  'order.customer.erased': (f) => f.order.customerErased,
  'order.timeline.customer_erased.request': (f) => f.erasedBy === 'request',
  'order.timeline.customer_erased.retention': (f) => f.erasedBy === 'retention',
  'order.timeline.customer_erased.restored': (f) => f.erasedBy === 'restored',
  'order.timeline.outcome.succeeded': (f) => f.event('operation_ended'),
  'order.timeline.outcome.declined': (f) => f.event('operation_ended'),
  'order.timeline.outcome.not_sent': (f) => f.event('operation_ended'),
  'order.timeline.withGateway.captured': (f) => toldWith(f, 'captured'),
  'order.timeline.withGateway.confirmed': (f) => toldWith(f, 'confirmed'),
  'order.timeline.withGateway.authorization_asked': (f) => toldWith(f, 'authorization_asked'),
  'order.timeline.withGateway.cancelled': (f) => toldWith(f, 'cancelled'),
  'order.timeline.withGateway.not_told': (f) => toldWith(f, 'not_told'),
  'order.timeline.withGateway.left_alone': (f) => toldWith(f, 'left_alone'),
  'order.timeline.withGateway.nothing_to_cancel': (f) => toldWith(f, 'nothing_to_cancel'),
  // The frame above every screen.
  'frame.linkOff': (f) => !f.linkOn,
  'mails.block.none': (f) => !f.event('mail_sent') && f.order.paymentMail.sentCount === 0,
};

/** True if an entry of the history says this of F-REGI. */
function toldWith(f: Facts, gateway: string): boolean {
  return f.order.timeline.some(({ facts }) => facts.gateway === gateway);
}

/** When each sentence of a dialog or a form of 受注詳細 may stand, once it is opened. */
export const DIALOG_ROWS: Rows = {
  // F-REGIには送らず入金済にする (C5)
  'order.without_gateway.lead': recordsOnly,
  'order.without_gateway.consequence': recordsOnly,
  'order.without_gateway.differs': (f) =>
    !f.paid && f.card && f.billed !== f.balance.captured - f.balance.refunded,
  // 変更前の金額で売上処理する (C4)
  'order.former_amount.lead': (f) => !f.paid && f.authorized,
  'order.former_amount.consequence': (f) => !f.paid && f.authorized,
  // 入金日取消 (U1)
  'order.unmark.lead': (f) => f.paid && f.captured,
  'order.unmark.again': (f) => f.paid && f.captured,
  // ステータスの変更, 決済方法の変更
  'order.preview.left_alone': (f) => f.live,
  'order.preview.left_held': (f) => f.authorized,
  'order.preview.left_captured': (f) => f.captured,
  'order.preview.void': (f) => f.authorized && f.linkOn,
  'order.preview.refund': (f) => f.captured && f.linkOn,
  'order.preview.changeCaptured': (f) => f.captured && f.linkOn && isOwner(f),
  'order.status.irreversible': (f) => f.live && f.linkOn,
  'order.status.postage': (f) => !f.paid && f.live && f.linkOn,
  'order.status.postagePaid': (f) => f.paid && f.captured && f.linkOn && isOwner(f),
  'order.status.hold': (f) => f.live && f.linkOn,
  // 商品・送料・手数料編集 (A1, A3)
  'order.amounts.hint': (f) => !f.paid && f.card && f.authorized && f.linkOn,
  'desk.content.capturedHint': (f) => f.paid && f.captured,
  // 差額の精算 (O3)
  'desk.settle.untold': (f) => (f.paid ? f.balance.open !== 0 : f.completed),
};
