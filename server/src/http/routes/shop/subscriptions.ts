import { editContentSchema } from '@renkei/contract/orders/order-commands.ts';
import {
  changeSubscriptionSchema,
  contentPreviewSchema,
  subscriptionInputSchema,
  subscriptionListQuerySchema,
  subscriptionListSchema,
  subscriptionSchema,
} from '@renkei/contract/shop/subscriptions.ts';
import { amountsOf, linesOf } from '@renkei/core/domain/order/place-order.ts';
import { changedContent } from '@renkei/core/domain/subscriptions/content.ts';
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import { loadDeliveryJob } from '../../../store/subscriptions/delivery-rounds.ts';
import type { StoredSubscription } from '../../../store/subscriptions/rows.ts';
import {
  cancelSubscription,
  changeContent,
  changeSubscription,
  restoreDelivery,
  skipDelivery,
} from '../../../store/subscriptions/subscription-changes.ts';
import {
  countSubscriptions,
  insertSubscription,
  listDeliveries,
  listOverdue,
  listSubscriptions,
} from '../../../store/subscriptions/subscriptions.ts';
import type { Backoffice } from '../../backoffice.ts';
import { edgeProblem, refusalProblem } from '../../problems/problems.ts';
import { type Call, type HttpAnswer, route } from '../../route.ts';
import { contentEditOf } from '../../views/content-edit.ts';
import { instantOrNull } from '../../views/instant.ts';
import { presentRows } from '../../views/rows.ts';
import { presentContent, presentSubscription } from '../../views/subscriptions.ts';
import {
  changed,
  dayPassedProblem,
  subscriptionParams as params,
  subscriptionOf,
  todayOf,
  view,
} from './subscription-call.ts';

/** The deliveries shown for an application in a list. */
const LISTED = 3;

/** 定期・頒布会申込: applications; Renkei makes orders of their deliveries by itself (B4). */
export function subscriptionRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  const { db } = backoffice;
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/subscriptions',
    deed: 'read_orders',
    summary:
      'Applications by code with their next and last deliveries, and the job that makes them',
    query: subscriptionListQuerySchema,
    answers: { 200: subscriptionListSchema },
    handle: (call) => list(call),
  });
  route(app, backoffice, {
    method: 'POST',
    url: '/v1/subscriptions',
    deed: 'change_subscription',
    summary: 'Creates an application; its 顧客番号 at F-REGI names the card',
    body: subscriptionInputSchema,
    answers: { 201: subscriptionSchema },
    async handle(call) {
      const by = { actor: call.actor, today: todayOf(call) };
      const made = await insertSubscription(db, call.shopId, call.body, by);
      if (made === 'day_passed') throw dayPassedProblem(call.locale);
      if (made === 'exists') throw edgeProblem('subscription_exists', call.locale);
      return { ...(await view(call, made)), status: 201 };
    },
  });
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/subscriptions/:code',
    deed: 'read_orders',
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
    deed: 'change_subscription',
    summary: 'お届けサイクル変更, 次回お届け日変更, another registered card',
    params,
    body: changeSubscriptionSchema,
    answers: { 200: subscriptionSchema },
    handle: (call) => changed(call, (change) => changeSubscription(db, change, call.body)),
  });
  contentRoutes(app, backoffice);
  route(app, backoffice, {
    method: 'POST',
    url: '/v1/subscriptions/:code/skip',
    deed: 'change_subscription',
    summary: '次回のお届けをお休みする',
    params,
    answers: { 200: subscriptionSchema },
    handle: (call) => changed(call, (change) => skipDelivery(db, change)),
  });
  route(app, backoffice, {
    method: 'POST',
    url: '/v1/subscriptions/:code/unskip',
    deed: 'change_subscription',
    summary: 'お休みを取り消す: the delivery that was skipped last comes after all',
    params,
    answers: { 200: subscriptionSchema },
    handle: (call) => changed(call, (change) => restoreDelivery(db, change)),
  });
  route(app, backoffice, {
    method: 'POST',
    url: '/v1/subscriptions/:code/cancel',
    deed: 'change_subscription',
    summary: '解約: no more deliveries; existing orders stay',
    params,
    answers: { 200: subscriptionSchema },
    handle: (call) => changed(call, (change) => cancelSubscription(db, change)),
  });
}

type ListCall = Call<unknown, z.output<typeof subscriptionListQuerySchema>>;

async function list(call: ListCall): Promise<HttpAnswer> {
  const { shopId, query, locale } = call;
  const { db } = call.backoffice;
  const today = todayOf(call);
  const overdue = (await listOverdue(db, shopId, today)).map(({ code }) => code);
  const only = query.overdue === true ? overdue : undefined;
  const found = await listSubscriptions(db, shopId, { ...query, codes: only });
  const codes = found.map(({ code }) => code);
  const [deliveries, counts, job] = await Promise.all([
    listDeliveries(db, shopId, codes, LISTED),
    countSubscriptions(db, shopId),
    loadDeliveryJob(db, shopId),
  ]);
  return {
    status: 200,
    body: {
      ...presentRows(found, { idOf: ({ code }) => code, locale }, (one) =>
        presentSubscription(one, deliveries, today, locale),
      ),
      counts: { ...counts, overdue: overdue.length },
      job: {
        lookedAt: instantOrNull(job.lookedAt),
        failedAt: instantOrNull(job.failedAt),
        madeAt: instantOrNull(job.madeAt),
      },
    },
  };
}

/** 商品・送料・手数料編集 of an application, and its preview: the same body, and nothing is written. */
function contentRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  const { db } = backoffice;
  const url = '/v1/subscriptions/:code/amounts';
  route(app, backoffice, {
    method: 'PUT',
    url,
    deed: 'change_subscription',
    summary: 'Changes products and amounts from the next delivery on; existing orders stay',
    params,
    body: editContentSchema,
    answers: { 200: subscriptionSchema },
    async handle(call) {
      const { before, after } = judgeContent(await subscriptionOf(call), call.body);
      if (after.kind === 'refuse') throw refusalProblem(after.reason, null, call.locale, null);
      const { amounts, lines } = after;
      return changed(call, (change) => changeContent(db, change, before, { amounts, lines }));
    },
  });
  route(app, backoffice, {
    method: 'POST',
    url: `${url}/preview`,
    deed: 'read_orders',
    summary: 'Previews each delivery’s amounts; nothing is changed',
    params,
    body: editContentSchema,
    answers: { 200: contentPreviewSchema },
    async handle(call) {
      const found = await subscriptionOf(call);
      const { after } = judgeContent(found, call.body);
      return { status: 200, body: presentContent(found, after, call.locale) };
    },
  });
}

function judgeContent(found: StoredSubscription, body: z.output<typeof editContentSchema>) {
  const before = { amounts: amountsOf(found.amounts), lines: linesOf(found.details) };
  return { before, after: changedContent(before, contentEditOf(body), found.paymentKind) };
}
