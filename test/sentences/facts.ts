import {
  isCaptured,
  isLive,
  isRefunded,
  type OrderView,
  PAYMENT_KIND,
  type Role,
} from '../../contract/src/index.ts';

/** One order as somebody sees it: the basis on which each sentence is judged. */
export type Scene = {
  readonly order: OrderView;
  readonly shop: { readonly linkEnabled: boolean; readonly inquiry: boolean };
  readonly role: Role;
};

/** The facts of a scene, in the words of the table. Pure. */
export type Facts = ReturnType<typeof factsOf>;

export function factsOf({ order, shop, role }: Scene) {
  const { transaction, status, balance, redirectPayment, otherRedirectPayments } = order;
  const { operation, openOperation } = order;
  const state = transaction?.state ?? null;
  const redirects = redirectPayment === null ? [] : [redirectPayment, ...otherRedirectPayments];
  const erasure = order.timeline.find(({ kind }) => kind === 'customer_erased');
  const isPayable = ({ status: one }: (typeof redirects)[number]) =>
    one === 'issued' || one === 'started' || one === 'interrupted';
  return {
    order,
    role,
    paid: order.paidOn !== null,
    card: PAYMENT_KIND[order.paymentKind].linked,
    linkOn: shop.linkEnabled,
    inquiry: shop.inquiry,
    status,
    /** 取消, 返品, 未回収: nobody is to pay the order any more. */
    left: status === 'cancelled' || status === 'returned' || status === 'uncollectible',
    /** 通常処理, 保留, 予約: the order goes on. */
    state,
    live: state !== null && isLive(state),
    authorized: state === 'authorized',
    captured: state !== null && isCaptured(state),
    refunded: state !== null && isRefunded(state),
    voided: state === 'voided',
    waitsForCard: state === 'preorder_unauthorized' || state === 'validated_unauthorized',
    billed: order.billed,
    held: transaction?.amount ?? null,
    /** 本人認証 of a transaction that F-REGI has made. */
    authentication: transaction?.seqno ? transaction.authentication : null,
    balance,
    captureBy: transaction?.captureBy ?? null,
    open: openOperation?.state ?? null,
    proof: order.proof,
    operation,
    /** The reason with which the last operation ended or stands. */
    because: operation?.reason?.code ?? null,
    redirects,
    payable: redirects.some(isPayable),
    /** K3: 発行取消 can be ordered; is under way. */
    revocable: redirects.some(({ revoke }) => revoke.offered),
    revoking: redirects.some(({ revocation }) => revocation?.outcome === null),
    completed: redirects.some((one) => one.status === 'completed'),
    items: order.health.items,
    /** The live transactions that are seen under the slip, besides the order's own. */
    others: order.health.transactions.filter((seen) => !seen.linked && isLive(seen.state)),
    may: (id: string) => order.actions.remedies.some((one) => one.id === id),
    event: (kind: string) => order.timeline.some((entry) => entry.kind === kind),
    /** H6: why the customer was erased; null: they are there. */
    erasedBy: erasure?.facts.cause ?? null,
    settings: shop,
  };
}

/** When a sentence may stand. */
export type Row = (facts: Facts) => boolean;
export type Rows = Readonly<Record<string, Row>>;
