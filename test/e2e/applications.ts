import { addDays, jstDateOf } from '../../backoffice/src/domain/jst.ts';
import { createPgDeliveries } from '../../backoffice/src/store/pg-deliveries.ts';
import { deliverDue } from '../../backoffice/src/subscriptions/deliver.ts';
import { incoming } from '../../backoffice/test/support/orders.ts';
import type { Client } from '../client.ts';
import type { DevEnv } from '../dev-env.ts';

/** Today in Japan, and days from it. */
export const day = (days: number) => addDays(jstDateOf(Date.now()), days);

/** A card that is registered at the sandbox under a 顧客番号, as the cart does. */
async function registerCard({ sandbox }: DevEnv, customerId: string): Promise<void> {
  const answer = await fetch(`${sandbox.url}/sandbox/v1/customers`, {
    method: 'POST',
    body: JSON.stringify({ shopId: '90001', customerId, pan: '4980111111111111' }),
  });
  if (!answer.ok) throw new Error(await answer.text());
}

/** Hands an application over as the cart does. Resolves to its code. */
export async function apply(env: DevEnv, cart: Client, code: string, changes: object = {}) {
  const customerId = `C${code}`;
  await registerCard(env, customerId);
  const { amounts, details, paymentKind, paymentMethod } = incoming();
  const body = {
    ...{ code, type: 'subscription', amounts, details, paymentKind, paymentMethod, customerId },
    ...{ cycle: { every: 1, unit: 'month' }, nextDeliveryOn: day(20), ...changes },
  };
  const made = await cart.post('/v1/subscriptions', { body });
  if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  return code;
}

/** The job's next look comes now. */
export async function deliverNow({ db, renkei }: DevEnv): Promise<void> {
  await deliverDue(createPgDeliveries(db), renkei.backoffice.office, Date.now());
}

/** A pre-order by a registered card, as the cart places it. Resolves to its number. */
export async function preorder(env: DevEnv, cart: Client, customerId: string): Promise<string> {
  await registerCard(env, customerId);
  const { transaction: _, ...order } = incoming({ type: 'preorder' });
  const body = { ...order, transaction: { kind: 'customer', customerId } };
  const placed = await cart.post('/v1/orders', { body });
  if (placed.status !== 201) throw new Error(JSON.stringify(placed.body));
  return order.orderNumber;
}
