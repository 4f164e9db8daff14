import { addDays, jstDateOf } from '../../core/src/domain/values/jst.ts';
import { createPgDeliveries } from '../../server/src/store/subscriptions/pg-deliveries.ts';
import { deliverDue } from '../../server/src/workers/deliver.ts';
import { registerCard } from './cards.ts';
import type { Client } from './clients.ts';
import { incoming } from './orders.ts';
import type { DevEnv } from './worlds.ts';

/** Returns a JST date, `days` days from today. */
export const day = (days: number) => addDays(jstDateOf(Date.now()), days);

/** Hands an application over as the cart does. Resolves to its code. */
export async function apply(env: DevEnv, cart: Client, code: string, changes: object = {}) {
  const customerId = `C${code}`;
  await registerCard(env.sandbox, customerId);
  const { amounts, details, paymentKind, paymentMethod } = incoming();
  const body = {
    code,
    type: 'subscription',
    amounts,
    details,
    paymentKind,
    paymentMethod,
    customerId,
    cycle: { every: 1, unit: 'month' },
    nextDeliveryOn: day(20),
    ...changes,
  };
  const made = await cart.post('/v1/subscriptions', { body });
  if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  return code;
}

/** Runs the job's next look now. */
export async function deliverNow({ db, renkei }: DevEnv): Promise<void> {
  await deliverDue(createPgDeliveries(db), renkei.backoffice.office, Date.now());
}

/** Places a pre-order by a registered card, as the cart does. Resolves to its number. */
export async function preorder(
  env: DevEnv,
  cart: Client,
  customerId: string,
  fregiShopId = '90001',
): Promise<string> {
  await registerCard(env.sandbox, customerId, fregiShopId);
  const { transaction: _, ...order } = incoming({ type: 'preorder' });
  const body = { ...order, transaction: { kind: 'customer', customerId } };
  const placed = await cart.post('/v1/orders', { body });
  if (placed.status !== 201) throw new Error(JSON.stringify(placed.body));
  return order.orderNumber;
}
