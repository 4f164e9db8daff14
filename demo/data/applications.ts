import { subscriptionInputSchema } from '../../contract/src/shop/subscriptions.ts';
import { addDays, jstDateOf } from '../../core/src/domain/values/jst.ts';
import type { Actor } from '../../core/src/turns/operation.ts';
import type { Db } from '../../server/src/store/db/db.ts';
import { insertSubscription } from '../../server/src/store/subscriptions/subscriptions.ts';
import type { DemoOrder } from './orders.ts';
import type { DemoShop } from './shops.ts';

/** 定期・頒布会申込 of the demo: products that some customers have ordered once and now want monthly. */
const WISHES = [
  { type: 'subscription', cycle: { every: 1, unit: 'month' }, inDays: 10 },
  { type: 'subscription', cycle: { every: 2, unit: 'week' }, inDays: 12 },
  { type: 'subscription', cycle: { every: 2, unit: 'month' }, inDays: 25 },
  { type: 'club', cycle: { every: 1, unit: 'month' }, inDays: 18, deliveries: 6 },
] as const;

/** Takes applications in, with cards registered at the sandbox; none of them is due at once. */
export async function seedApplications(
  db: Db,
  sandboxUrl: string,
  { shopId, fregiShopId }: DemoShop,
  orders: readonly DemoOrder[],
  { now, actor }: { readonly now: number; readonly actor: Actor },
): Promise<void> {
  const byCard = orders.filter(({ order }) => order.paymentKind === 'card_fregi');
  for (const [index, { inDays, ...wish }] of WISHES.entries()) {
    const [chosen] = byCard.slice(index * 3, index * 3 + 1);
    if (chosen === undefined) return;
    const customerId = `T${fregiShopId}-${index + 1}`;
    const answer = await fetch(`${sandboxUrl}/sandbox/v1/customers`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ shopId: fregiShopId, customerId, pan: '4980111111111111' }),
    });
    if (!answer.ok) throw new Error(`the card was not registered: ${await answer.text()}`);
    const { paymentKind, paymentMethod, channel, amounts } = chosen.order;
    const application = subscriptionInputSchema.parse({
      ...wish,
      code: `T-${1001 + index}`,
      channel,
      paymentKind,
      paymentMethod,
      customerId,
      amounts,
      details: chosen.details,
      nextDeliveryOn: addDays(jstDateOf(now), inDays),
    });
    const made = await insertSubscription(db, shopId, application, {
      actor,
      today: jstDateOf(now),
    });
    if (typeof made === 'string') throw new Error(`${application.code} was not taken in: ${made}`);
  }
}
