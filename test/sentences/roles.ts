import {
  ORDER_ACTIONS,
  type OrderAction,
  type OrderView,
  type Remedy,
  ROLE,
  ROLES,
  type Role,
} from '../../contract/src/index.ts';
import type { Client } from '../kit/clients.ts';
import type { Shop } from './steps.ts';
import { sceneOf, settledView, type Walk } from './walk.ts';

/** The people of a shop, one of each role. */
export type People = Readonly<Record<Role, Client>>;

export async function peopleOf({ env, shopId, owner }: Shop): Promise<People> {
  const others = ['clerk', 'accountant', 'viewer'] as const;
  const clients = await Promise.all(others.map((role) => env.signIn(role, shopId)));
  const people = others.map((role, at) => [role, clients[at]] as const);
  return { owner, ...Object.fromEntries(people) } as People;
}

/**
 * Hears an order as every role, and holds the answer to its word: an action that a role is denied is
 * refused to it and to nobody else, for the reason that is told; the order itself is told alike.
 */
export async function hearRoles(
  walk: Walk,
  shop: Shop,
  people: People,
  { name, order, linkEnabled }: { name: string; order: OrderView; linkEnabled: boolean },
): Promise<void> {
  const views = await viewsOf(people, order.orderNumber);
  for (const role of ROLES) {
    const view = views[role];
    walk.hear(`${name}, ${role}`, sceneOf(shop, view, role, linkEnabled));
    const told = (what: string) => walk.blame(`role.${what}`, `${role}: ${name}`);
    if (!isSame(withoutDenials(view), withoutDenials(views.owner))) told('another order');
    for (const action of ORDER_ACTIONS) {
      if (!isTrueDenial(views, role, action)) told(`denied.${action}`);
    }
    for (const { id, denied } of view.actions.remedies) {
      const action = PRESSED[id];
      if (action && !isSame(denied, view.actions.denied[action])) told(`remedy.${id}`);
    }
  }
}

/** Sends each action of an order as every role, for a version that is not there: nothing is done. */
export async function tryRoles(
  walk: Walk,
  people: People,
  { name, order }: { name: string; order: OrderView },
): Promise<void> {
  const views = await viewsOf(people, order.orderNumber);
  for (const role of ROLES) {
    for (const action of ORDER_ACTIONS) {
      const { method, path, body } = REQUEST[action](order.orderNumber);
      const wanted = { version: order.version + 1_000_000, ...(body && { body }) };
      const { status } = await people[role].send(method, path, wanted);
      const isRefused = status === 403;
      if (status < 300 || isRefused !== (views[role].actions.denied[action] !== null)) {
        walk.blame(`role.tried.${action}`, `${role} is answered ${status}: ${name}`);
      }
    }
  }
}

/**
 * Previews what an order offers: nothing that is offered is refused. `methods` chooses one of the
 * other methods, so that the orders together try them all; null: each order tries all of them.
 */
export async function tryOffers(
  walk: Walk,
  { owner }: Shop,
  { name, order, methods }: { name: string; order: OrderView; methods: number | null },
): Promise<void> {
  const { actions, orderNumber } = order;
  const { statusChanges, changeMethod, settle, editAmounts } = actions;
  const kinds = changeMethod.kinds.filter(
    (_, at, { length }) => methods === null || at === methods % length,
  );
  const offers: [string, object][] = [
    ...statusChanges.map((to): [string, object] => ['status', { to }]),
    ...kinds.map((paymentKind): [string, object] => ['method', { paymentKind }]),
  ];
  if (settle.offered) {
    const { direction, amount } = settle;
    offers.push(['settlements', { direction, amount, by: 'cash' }]);
  }
  if (editAmounts.decision !== 'refuse') offers.push(['amounts', { amounts: {} }]);
  for (const [resource, body] of offers) {
    const path = `/v1/orders/${orderNumber}/${resource}/preview`;
    const { status, body: shown } = await owner.post(path, { body });
    const decision = (shown.preview ?? shown).decision;
    if (status !== 200 || decision === 'refuse') {
      walk.blame(`offer.${resource}`, `${JSON.stringify(body)} is refused: ${name}`);
    }
  }
}

/** The same version of an order, as each role sees it. */
async function viewsOf(people: People, orderNumber: string): Promise<Record<Role, OrderView>> {
  for (;;) {
    const views = await Promise.all(
      ROLES.map(async (role) => [role, await settledView(people[role], orderNumber)] as const),
    );
    const versions = new Set(views.map(([, { version }]) => version));
    if (versions.size === 1) return Object.fromEntries(views) as Record<Role, OrderView>;
  }
}

/** True if a denial names this role, and as those who can do it exactly the roles that can. */
function isTrueDenial(views: Record<Role, OrderView>, role: Role, action: OrderAction): boolean {
  const denied = views[role].actions.denied[action];
  if (denied === null) return true;
  const can = ROLES.filter((other) => views[other].actions.denied[action] === null);
  const names = [role, ...can].map((one) => ROLE[one].ja);
  return isSame(denied.by, can) && names.every((one) => denied.reason.includes(one));
}

function withoutDenials({ actions, ...order }: OrderView): object {
  const remedies = actions.remedies.map(({ id }) => id);
  // F59: who may agree depends on the person.
  const proposal = order.proposal && { ...order.proposal, ...NOBODYS_ANSWER };
  return { ...order, proposal, actions: { ...actions, remedies, denied: null } };
}

const NOBODYS_ANSWER = { isOwn: false, objection: null, denied: null };

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** The action behind the press of a remedy. */
const PRESSED: Partial<Record<Remedy, OrderAction>> = {
  change_method: 'changeMethod',
  change_method_to_none: 'changeMethodAndCancel',
  void_and_bill_otherwise: 'changeMethodAndCancel',
  refund_and_bill_otherwise: 'changeMethodAndCancel',
  edit_amounts: 'editAmounts',
  adopt_amount: 'editAmounts',
  change_captured_amount: 'changeCaptured',
  mark_paid: 'markPaid',
  mark_paid_without_gateway: 'markPaid',
  record_as_paid: 'markPaid',
  capture_former_amount: 'markPaid',
  authorize: 'authorize',
  unmark_paid: 'unmarkPaid',
  cancel_transaction: 'cancelTransaction',
  refund_and_buy_again: 'changeStatusAndCancel',
  process_order: 'changeStatusToProcessing',
  reopen_order: 'changeStatusToProcessing',
  settle_otherwise: 'settle',
  answer_review: 'answerReview',
  ask_customer: 'writeMail',
  refund_otherwise: 'writeMail',
};

type Sent = { readonly method: string; readonly path: string; readonly body?: object };
type Request = (orderNumber: string) => Sent;

const send =
  (method: string, what: string, body?: object): Request =>
  (orderNumber) => ({ method, path: `/v1/orders/${orderNumber}/${what}`, ...(body && { body }) });
const NOBODYS = '/v1/operations/a3bb189e-8bf9-4888-9912-ace4e6543002';

/** The request of each action. */
const REQUEST: Readonly<Record<OrderAction, Request>> = {
  markPaid: send('POST', 'payment', {}),
  correctPaidOn: send('PUT', 'payment-date', { paidOn: '2026-01-20', dayConfirmed: true }),
  unmarkPaid: send('DELETE', 'payment'),
  unmarkPaidWithRefund: send('DELETE', 'payment?refund=true'),
  editAmounts: send('PUT', 'amounts', { amounts: {} }),
  changeCaptured: send('PUT', 'amounts', { amounts: {}, changeCaptured: true }),
  authorize: send('POST', 'authorization', {}),
  ship: send('POST', 'shipments', { shipments: [{ destination: 0 }] }),
  changeStatus: send('POST', 'status', { to: 'on_hold' }),
  changeStatusToProcessing: send('POST', 'status', { to: 'processing' }),
  changeStatusAndCancel: send('POST', 'status', { to: 'cancelled', cancelTransaction: true }),
  changeStatusAndRevoke: send('POST', 'status', { to: 'cancelled', revokePayments: true }),
  revokePayments: send('POST', 'revocations', { settlenos: ['00000000000009999999'] }),
  changeMethod: send('PUT', 'method', { paymentKind: 'bank_transfer' }),
  changeMethodAndCancel: send('PUT', 'method', {
    paymentKind: 'bank_transfer',
    cancelTransaction: true,
  }),
  cancelTransaction: send('DELETE', 'transaction'),
  settle: send('POST', 'settlements', { direction: 'returned', amount: 1, by: 'cash' }),
  correctSettlement: send('DELETE', 'settlements/1'),
  requestCancel: send('POST', 'cancel-request', { message: '色を間違えました。' }),
  dismissCancelRequest: send('DELETE', 'cancel-request'),
  checkOperation: () => ({ method: 'POST', path: `${NOBODYS}/check` }),
  withdrawOperation: () => ({ method: 'DELETE', path: NOBODYS }),
  answerReview: () => ({ method: 'POST', path: `${NOBODYS}/review`, body: { nothing: true } }),
  checkRedirectPayment: () => ({
    method: 'POST',
    path: '/v1/orders/999999999999/redirect-payment/check',
  }),
  writeMail: send('POST', 'mails', {}),
};
