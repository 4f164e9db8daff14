import { expect } from 'vitest';
import { payOtherwise } from '../../sandbox/src/payment-page/pay.ts';
import type { Client } from '../kit/clients.ts';
import { type Desk, deskOf } from '../kit/desk.ts';
import { press } from '../kit/drift.ts';
import { atConsole, strike } from '../kit/gateway.ts';
import { preorder } from '../kit/handed-over-applications.ts';
import { type DevEnv, SHOPS } from '../kit/worlds.ts';

/** A shop with its owner at a desk, and the sandbox behind it. */
export type Shop = {
  readonly shopId: string;
  readonly fregiShopId: string;
  readonly inquiry: boolean;
  readonly env: DevEnv;
  readonly owner: Client;
  readonly desk: Desk;
};

export async function openShops(env: DevEnv): Promise<Shop[]> {
  return Promise.all(
    SHOPS.map(async ({ shopId, fregiShopId, inquiry }) => {
      const owner = await env.signIn('owner', shopId);
      await limitRefunds(env, shopId);
      return { shopId, fregiShopId, inquiry, env, owner, desk: deskOf(env, owner) };
    }),
  );
}

/** F59: one person gives back at most this; only the dearest orders of the walk are above it. */
const REFUND_MAX = 60_000;

async function limitRefunds({ db }: DevEnv, shopId: string): Promise<void> {
  const refund = { single: REFUND_MAX, daily: null };
  await db.query('update shops set limits = $2 where shop_id = $1', [shopId, { refund }]);
  await db.query('update members set since = null');
}

/** Brings an order into a state by real commands, strikes and the console. Resolves to its number. */
export type Recipe = (shop: Shop) => Promise<string>;

export const fresh: Recipe = ({ env, shopId }) => env.order({}, shopId);
export const DAY_MS = 86_400_000;
export const old = { placedAt: '2026-08-01T01:00:00.000Z' };

/** Carries commands out on a fresh order, one after the other. */
export function after(...steps: readonly Step[]): Recipe {
  return async (shop) => {
    const orderNumber = await fresh(shop);
    for (const step of steps) await step(shop, orderNumber);
    return orderNumber;
  };
}

export type Step = (shop: Shop, orderNumber: string) => Promise<unknown>;

export const send =
  (method: 'POST' | 'PUT' | 'DELETE', what: string, body?: object): Step =>
  ({ desk }, orderNumber) =>
    desk.act(method, orderNumber, what, body);
export const pay = (body: object = {}) => send('POST', 'payment', body);
export const unmark = send('DELETE', 'payment');
export const edit = (changes: object) => send('PUT', 'amounts', { amounts: changes });
export const to = (status: string, body: object = {}) =>
  send('POST', 'status', { to: status, ...body });
export const otherMethod = (paymentKind: string, cancelTransaction = false) =>
  send('PUT', 'method', { paymentKind, cancelTransaction });
export const cancelled = { cancelTransaction: true };
/** An order above that limit; whoever refunds it needs a second person. */
export const dear: Recipe = ({ env, shopId }) =>
  env.order({ amounts: { ...NO_AMOUNTS, items: REFUND_MAX + 30_000 } }, shopId);
/** Pays it, and waits until F-REGI has both changed the amount and captured it. */
export const payDear: Step = async (shop, orderNumber) => {
  await pay()(shop, orderNumber);
  const paidOn = async () => (await shop.desk.view(orderNumber)).paidOn;
  await expect.poll(paidOn, { timeout: 20_000 }).not.toBe(null);
};
export const refund = send('DELETE', 'payment?refund=true');
/** The same, by somebody else than whoever looks at the order afterwards. */
export const refundByAnother: Step = async ({ env, shopId }, orderNumber) => {
  const another = deskOf(env, await env.signIn('clerk', shopId));
  return another.act('DELETE', orderNumber, 'payment?refund=true');
};
export const answerProposal =
  (how: 'agreement' | 'end', body: object = {}): Step =>
  async ({ desk }, orderNumber) => {
    const { proposal } = await desk.view(orderNumber);
    return desk.act('POST', orderNumber, `proposal/${how}`, {
      proposal: proposal.version,
      ...body,
    });
  };

export const atTheConsole =
  (operation: 'capture' | 'void' | 'refund'): Step =>
  ({ env }, orderNumber) =>
    atConsole(env, orderNumber, operation);
export const drift =
  (kind: string, more: object = {}): Step =>
  ({ env, fregiShopId }, orderNumber) =>
    press(env, kind, orderNumber, { shopId: fregiShopId, ...more });
export const look: Step = ({ owner }, orderNumber) => owner.post(`/v1/orders/${orderNumber}/look`);
export const struck =
  (kind: string, cgi: string, step: Step): Step =>
  async (shop, orderNumber) => {
    await strike(shop.env, { kind, cgi, times: 1, shopId: shop.fregiShopId });
    return step(shop, orderNumber);
  };
/** Lets an operation in doubt rest, so that somebody can see the doubt. */
export const hold: Step = async ({ env, desk, shopId }, orderNumber) => {
  const stateOf = async () => (await desk.view(orderNumber)).openOperation?.state;
  await expect.poll(stateOf).toBe('unknown');
  await env.db.query(
    `update operations set due_at = now() + interval '1 day'
      where shop_id = $1 and order_number = $2 and ended_at is null`,
    [shopId, orderNumber],
  );
};

/** The product of a test's order, in another quantity. */
export const line = (quantity: number) => ({
  productCode: 'pen-01',
  name: '万年筆',
  variation: '',
  quantity,
  unitPrice: 9_350,
  taxRate: 10,
});
export const NO_AMOUNTS = {
  items: 0,
  shipping: 0,
  paymentFee: 0,
  wrapping: 0,
  pointsUsed: 0,
  couponDiscount: 0,
};

export const transfer: Recipe = ({ env, shopId }) =>
  env.order(
    { paymentKind: 'bank_transfer', paymentMethod: '銀行振込', transaction: undefined },
    shopId,
  );
export const store: Recipe = async (shop) => {
  const { env, shopId, fregiShopId } = shop;
  serial += 1;
  const orderNumber = `1008${String(serial).padStart(5, '0')}011`;
  const form = { SHOPID: fregiShopId, ID: orderNumber, PAY: '9115', PAYTYPESPECIFY: '20' };
  const url = `${env.sandbox.url}/connect/compsettleapply.cgi`;
  const answer = await fetch(url, { method: 'POST', body: new URLSearchParams(form) });
  const [, settleno = ''] = (await answer.text()).split('\n');
  const paidBy = { paymentKind: 'convenience_fregi', paymentMethod: 'コンビニ支払' } as const;
  const redirectPayment = { settleno };
  await env.order({ orderNumber, ...paidBy, transaction: undefined, redirectPayment }, shopId);
  await checkedAtStore(shop, orderNumber, 'issued');
  return orderNumber;
};
/** Has F-REGI asked about the payment at the store, until it says what it must. */
async function checkedAtStore({ desk }: Shop, orderNumber: string, status: string) {
  await desk.act('POST', orderNumber, 'redirect-payment/check');
  await expect
    .poll(async () => {
      const { redirectPayment } = await desk.view(orderNumber);
      return redirectPayment.checkedAt && redirectPayment.status;
    })
    .toBe(status);
}
/** Asks for the erasure of the customer; resolves to the status of the answer. */
export const askToErase = async ({ owner, desk }: Shop, orderNumber: string): Promise<number> => {
  const { version } = await desk.view(orderNumber);
  const body = { orders: [{ orderNumber, version }], applications: [] };
  return (await owner.post('/v1/erasures', { body, headers: { 'renkei-confirm': '1' } })).status;
};
/** H6: erases the customer, once the mails have left and the order is compared with F-REGI. */
export const erase: Step = async (shop, orderNumber) => {
  const isErased = async () => {
    await askToErase(shop, orderNumber);
    return (await shop.desk.view(orderNumber)).customerErased;
  };
  await expect.poll(isErased, { timeout: 20_000 }).toBe(true);
};
/** Has F-REGI asked once more, until it says the same. */
export const lookedAtStore: Step = (shop, orderNumber) =>
  checkedAtStore(shop, orderNumber, 'completed');
let serial = 0;
export const paidAtStore: Step = async (shop, orderNumber) => {
  const { env, desk } = shop;
  const { settleno } = (await desk.view(orderNumber)).redirectPayment;
  const issued = env.sandbox.gateway.ledger.issues.get(settleno);
  if (issued === undefined) throw new Error('the sandbox has no such payment');
  await payOtherwise(env.sandbox.gateway, issued, '21');
  await checkedAtStore(shop, orderNumber, 'completed');
};
export const revoke: Step = async ({ desk }, at) => {
  const { settleno } = (await desk.view(at)).redirectPayment;
  await desk.act('POST', at, 'revocations', { settlenos: [settleno] });
};
export const revoked: Step = async ({ desk }, orderNumber) => {
  const payment = async () => (await desk.view(orderNumber)).redirectPayment;
  await expect.poll(payment, { timeout: 20_000 }).toMatchObject({ status: 'revoked' });
};
/** Answers 要確認 where it comes to that: nothing of the slip is live at F-REGI. */
export const nothingFound: Step = async ({ owner, desk }, orderNumber) => {
  const { operation } = await desk.view(orderNumber);
  const answer = () =>
    owner.post(`/v1/operations/${operation.id}/review`, { body: { nothing: true } });
  await expect.poll(async () => (await answer()).status, { timeout: 30_000 }).toBe(200);
};
export const waits: Recipe = ({ env, owner, fregiShopId }) => {
  serial += 1;
  return preorder(env, owner, `S-${fregiShopId}-${serial}`, fregiShopId);
};

/** An order of another kind, and what happens to it. */
export function madeFrom(first: Recipe, ...steps: readonly Step[]): Recipe {
  return async (shop) => {
    const orderNumber = await first(shop);
    for (const step of steps) await step(shop, orderNumber);
    return orderNumber;
  };
}
