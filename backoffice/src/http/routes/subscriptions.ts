import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { editContentSchema } from '../../contract/order-commands.ts';
import {
  changeSubscriptionSchema,
  contentPreviewSchema,
  subscriptionCodeSchema,
  subscriptionInputSchema,
  subscriptionListQuerySchema,
  subscriptionListSchema,
  subscriptionSchema,
} from '../../contract/subscriptions.ts';
import { jstDateOf } from '../../domain/jst.ts';
import { loadDeliveryJob } from '../../store/delivery-looks.ts';
import { amountsOf, linesOf } from '../../store/order-place.ts';
import {
  cancelSubscription,
  changeContent,
  changeSubscription,
  countSubscriptions,
  createSubscription,
  listDeliveries,
  listSubscriptions,
  loadSubscription,
  restoreDelivery,
  type StoredSubscription,
  type SubscriptionChanged,
  skipDelivery,
} from '../../store/subscriptions.ts';
import { changedContent } from '../../subscriptions/content.ts';
import type { Backoffice } from '../backoffice.ts';
import { matchedVersion } from '../command.ts';
import { contentEditOf } from '../content-edit.ts';
import { instantOrNull } from '../present/orders.ts';
import { presentRows } from '../present/rows.ts';
import { presentContent, presentSubscription } from '../present/subscriptions.ts';
import { edgeProblem, refusalProblem } from '../problems.ts';
import { type Answer, type Call, route } from '../route.ts';

const params = z.object({ code: subscriptionCodeSchema });
/** How many deliveries are told of an application: in a list, and by itself. */
const LISTED = 3;
const HISTORY_MAX = 200;

type OneCall = Call<z.output<typeof params>>;

/** 定期・頒布会申込: applications; their deliveries become orders by themselves (B4). */
export function subscriptionRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  const { db } = backoffice;
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/subscriptions',
    permission: 'orders:read',
    summary:
      'Applications by code with their next and last deliveries, and the job that makes them',
    query: subscriptionListQuerySchema,
    answers: { 200: subscriptionListSchema },
    handle: (call) => list(call),
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
    handle(call) {
      requireToCome(call, call.body.nextDeliveryOn);
      return changed(call, (change) => changeSubscription(db, change, call.body));
    },
  });
  contentRoutes(app, backoffice);
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
    url: '/v1/subscriptions/:code/unskip',
    permission: 'orders:write',
    summary: 'お休みを取り消す: the delivery that was skipped last comes after all',
    params,
    answers: { 200: subscriptionSchema },
    handle(call) {
      const today = jstDateOf(backoffice.now());
      return changed(call, (change) => restoreDelivery(db, change, today));
    },
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

type List = Call<unknown, z.output<typeof subscriptionListQuerySchema>>;

async function list({ backoffice, shopId, query, locale }: List): Promise<Answer> {
  const { db } = backoffice;
  const found = await listSubscriptions(db, shopId, query);
  const codes = found.map(({ code }) => code);
  const [deliveries, counts, job] = await Promise.all([
    listDeliveries(db, shopId, codes, LISTED),
    countSubscriptions(db, shopId),
    loadDeliveryJob(db, shopId),
  ]);
  const today = jstDateOf(backoffice.now());
  return {
    status: 200,
    body: {
      ...presentRows(found, { idOf: ({ code }) => code, locale }, (one) =>
        presentSubscription(one, deliveries, today, locale),
      ),
      counts,
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
    permission: 'orders:write',
    summary: 'Other products and amounts, from the next delivery on; orders made stay as they are',
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
    permission: 'orders:read',
    summary: 'What each delivery would then come to; nothing is changed',
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

/** A day that has passed would be delivered at once, which nobody means. */
function requireToCome({ backoffice, locale }: Call, on: string | undefined): void {
  if (on === undefined || on >= jstDateOf(backoffice.now())) return;
  const message = {
    ja: '次回お届け日には、今日以降の日付を指定してください。',
    en: 'The next delivery is today or later.',
  }[locale];
  throw edgeProblem('invalid_request', locale, {
    errors: [{ pointer: '/nextDeliveryOn', message }],
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
  if (outcome === 'not_skipped') throw edgeProblem('not_skipped', locale);
  if (outcome === 'not_active') throw edgeProblem('subscription_ended', locale);
  return view(call, outcome);
}

async function view({ backoffice, shopId, locale }: Call, found: StoredSubscription) {
  const deliveries = await listDeliveries(backoffice.db, shopId, [found.code], HISTORY_MAX);
  const today = jstDateOf(backoffice.now());
  const headers = { etag: `"${found.version}"` };
  return { status: 200, body: presentSubscription(found, deliveries, today, locale), headers };
}
