import type { Authentication } from '../../core/src/domain/transaction/authentication.ts';
import { incoming } from '../kit/orders.ts';
import { edit, madeFrom, pay, type Recipe, type Step } from './steps.ts';

const told =
  (authentication: Authentication): Recipe =>
  ({ env, shopId }) => {
    const order = incoming();
    const { transaction } = order;
    if (transaction?.kind !== 'authorized') throw new Error('not authorized');
    return env.order({ ...order, transaction: { ...transaction, authentication } }, shopId);
  };

/** F-REGI wants the cardholder of a token to confirm. */
const challenged: Recipe = async ({ env, owner }) => {
  const url = `${env.sandbox.url}/sandbox/v1/tokens`;
  const answer = await fetch(url, { method: 'POST', body: '{"pan":"4980111111111133"}' });
  const { token } = (await answer.json()) as { token: string };
  const order = { ...incoming(), transaction: { kind: 'token', token } };
  const { status } = await owner.post('/v1/orders', { body: order });
  if (status !== 201) throw new Error(`the order was not placed: ${status}`);
  return order.orderNumber;
};

const comesBack: Step = async ({ env, desk }, orderNumber) => {
  const { challenge } = (await desk.view(orderNumber)).operation;
  const page = await fetch(`${env.url}${challenge.path}`);
  const cookie = page.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  await fetch(`${env.url}/v1/cardholder/return?STATUS=NG`, { headers: { cookie } });
};

/** The time to confirm is over. */
const isTooLate: Step = async ({ env, desk, owner }, orderNumber) => {
  const { id } = (await desk.view(orderNumber)).operation;
  const ago = `now() - interval '1 hour'`;
  await env.db.query(`update steps set sent_at = ${ago} where operation_id = $1`, [id]);
  await env.db.query('update operations set due_at = now() where id = $1', [id]);
  await owner.post(`/v1/operations/${id}/check`);
};

/** Orders whose cardholder was authenticated in some way, or has to confirm (Y1, Y2). */
export const CARDHOLDERS: Readonly<Record<string, Recipe>> = {
  'cardholder authenticated': told('authenticated'),
  'cardholder authenticated, edited': madeFrom(told('authenticated'), edit({ shipping: 1_500 })),
  'cardholder authenticated, paid with another amount': madeFrom(
    told('authenticated'),
    edit({ shipping: 0 }),
    pay(),
  ),
  'cardholder attempted': told('attempted'),
  'cardholder not authenticated': told('not_authenticated'),
  'cardholder has to confirm': challenged,
  'cardholder is back without a confirmation': madeFrom(challenged, comesBack),
  'cardholder has not confirmed': madeFrom(challenged, isTooLate),
};
