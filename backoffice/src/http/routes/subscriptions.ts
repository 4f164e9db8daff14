import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import {
  changeSubscriptionSchema,
  SUBSCRIPTION_STATUS,
  type SubscriptionView,
  subscriptionCodeSchema,
  subscriptionInputSchema,
  subscriptionListQuerySchema,
  subscriptionSchema,
} from '../../contract/subscriptions.ts';
import type { Locale } from '../../domain/reasons.ts';
import {
  cancelSubscription,
  changeSubscription,
  createSubscription,
  type Delivery,
  listDeliveries,
  listSubscriptions,
  loadSubscription,
  type StoredSubscription,
  type SubscriptionChanged,
  skipDelivery,
} from '../../store/subscriptions.ts';
import type { Backoffice } from '../backoffice.ts';
import { matchedVersion } from '../command.ts';
import { instant } from '../present/orders.ts';
import { edgeProblem } from '../problems.ts';
import { type Answer, type Call, route } from '../route.ts';

const params = z.object({ code: subscriptionCodeSchema });
type OneCall = Call<z.output<typeof params>>;

/** 定期・頒布会申込: applications; their deliveries become orders by themselves (B4). */
export function subscriptionRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  const { db } = backoffice;
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/subscriptions',
    permission: 'orders:read',
    summary: 'Applications by code, with their cycle, next delivery and history',
    query: subscriptionListQuerySchema,
    answers: { 200: z.object({ items: z.array(subscriptionSchema) }) },
    async handle({ shopId, query, locale }) {
      const found = await listSubscriptions(db, shopId, query);
      const codes = found.map(({ code }) => code);
      const deliveries = await listDeliveries(db, shopId, codes);
      return { status: 200, body: { items: found.map((one) => present(one, deliveries, locale)) } };
    },
  });
  route(app, backoffice, {
    method: 'POST',
    url: '/v1/subscriptions',
    permission: 'orders:write',
    summary: 'Takes an application in; the card is named by its 顧客番号 at F-REGI',
    body: subscriptionInputSchema,
    answers: { 201: subscriptionSchema },
    async handle(call) {
      const made = await createSubscription(db, call.shopId, call.body, call.actor);
      if (made === 'exists') throw edgeProblem('subscription_exists', call.locale);
      return { ...(await view(call, made)), status: 201 };
    },
  });
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/subscriptions/:code',
    permission: 'orders:read',
    summary: 'An application with its deliveries',
    params,
    answers: { 200: subscriptionSchema },
    async handle(call) {
      return view(call, await subscriptionOf(call));
    },
  });
  changeRoutes(app, backoffice);
}

function changeRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  const { db } = backoffice;
  route(app, backoffice, {
    method: 'PATCH',
    url: '/v1/subscriptions/:code',
    permission: 'orders:write',
    summary: 'お届けサイクル変更, 次回お届け日変更, another registered card',
    params,
    body: changeSubscriptionSchema,
    answers: { 200: subscriptionSchema },
    handle: (call) => changed(call, (change) => changeSubscription(db, change, call.body)),
  });
  route(app, backoffice, {
    method: 'POST',
    url: '/v1/subscriptions/:code/skip',
    permission: 'orders:write',
    summary: '次回のお届けをお休みする',
    params,
    answers: { 200: subscriptionSchema },
    handle: (call) => changed(call, (change) => skipDelivery(db, change)),
  });
  route(app, backoffice, {
    method: 'POST',
    url: '/v1/subscriptions/:code/cancel',
    permission: 'orders:write',
    summary: '解約: no more deliveries; what is ordered already stays',
    params,
    answers: { 200: subscriptionSchema },
    handle: (call) => changed(call, (change) => cancelSubscription(db, change)),
  });
}

async function subscriptionOf({ backoffice, shopId, params, locale }: OneCall) {
  const found = await loadSubscription(backoffice.db, shopId, params.code);
  if (found === null) throw edgeProblem('not_found', locale);
  return found;
}

type Change = Parameters<typeof skipDelivery>[1];

async function changed(
  call: OneCall,
  work: (change: Change) => Promise<SubscriptionChanged>,
): Promise<Answer> {
  const { shopId, actor, locale } = call;
  const { code } = await subscriptionOf(call);
  const outcome = await work({ shopId, code, version: matchedVersion(call), actor });
  if (outcome === 'changed') {
    const { body } = await view(call, await subscriptionOf(call));
    throw edgeProblem('subscription_changed', locale, { current: body });
  }
  if (outcome === 'not_active') throw edgeProblem('subscription_ended', locale);
  return view(call, outcome);
}

async function view({ backoffice, shopId, locale }: Call, found: StoredSubscription) {
  const deliveries = await listDeliveries(backoffice.db, shopId, [found.code]);
  const headers = { etag: `"${found.version}"` };
  return { status: 200, body: present(found, deliveries, locale), headers };
}

function present(
  found: StoredSubscription,
  deliveries: readonly (Delivery & { readonly code: string })[],
  locale: Locale,
): SubscriptionView {
  const { code, type, status, customerName, cycle, nextDeliveryOn, leadDays } = found;
  const { paymentKind, paymentMethod, amounts, details, version } = found;
  return {
    ...{ code, type, status, customerName, cycle, nextDeliveryOn, leadDays, version },
    ...{ paymentKind, paymentMethod, amounts, details, deliveries: found.deliveries },
    label: SUBSCRIPTION_STATUS[status][locale],
    createdAt: instant(found.createdAt),
    history: deliveries
      .filter((one) => one.code === code)
      .map(({ n, deliverOn, state, orderNumber }) => ({ n, deliverOn, state, orderNumber })),
  };
}
