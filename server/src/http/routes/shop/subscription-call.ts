import { subscriptionCodeSchema } from '@renkei/contract/shop/subscriptions.ts';
import { jstDateOf } from '@renkei/core/domain/jst.ts';
import type { JstDate } from '@renkei/core/domain/order.ts';
import type { Locale } from '@renkei/core/domain/reasons/index.ts';
import { z } from 'zod';
import type {
  NotChanged,
  SubscriptionChange,
  SubscriptionChanged,
} from '../../../store/subscriptions/subscription-changes.ts';
import {
  listDeliveries,
  loadSubscription,
  type StoredSubscription,
} from '../../../store/subscriptions/subscriptions.ts';
import {
  type EdgeProblem,
  edgeProblem,
  type HttpProblem,
  orNotFound,
  refusalProblem,
} from '../../problems/problems.ts';
import { matchedVersion } from '../../request.ts';
import type { Call, HttpAnswer } from '../../route.ts';
import { presentSubscription } from '../../views/subscriptions.ts';

/** What the routes of one application share: to find it, to change it, to answer with it. */
export const subscriptionParams = z.object({ code: subscriptionCodeSchema });
type OneCall = Call<z.output<typeof subscriptionParams>>;

/** How many deliveries are told of one application. */
const HISTORY_MAX = 200;

/** The business date, by the clock of all servers. */
export function todayOf({ backoffice }: Pick<Call, 'backoffice'>): JstDate {
  return jstDateOf(backoffice.now());
}

/** The application that the URL names. Throws 404 where there is none. */
export async function subscriptionOf({ backoffice, shopId, params, locale }: OneCall) {
  return orNotFound(await loadSubscription(backoffice.db, shopId, params.code), locale);
}

/** Changes the application as of the version that was seen. Throws a problem where nothing was. */
export async function changed(
  call: OneCall,
  work: (change: SubscriptionChange) => Promise<SubscriptionChanged>,
): Promise<HttpAnswer> {
  const { shopId, actor } = call;
  const { code } = await subscriptionOf(call);
  const version = matchedVersion(call);
  const outcome = await work({ shopId, code, version, actor, today: todayOf(call) });
  if (typeof outcome === 'object') return view(call, outcome);
  throw await notChangedProblem(call, outcome);
}

/** Why an application was not changed, in words; with how it is now, where that has changed. */
export async function notChangedProblem(call: OneCall, why: NotChanged): Promise<HttpProblem> {
  const { locale } = call;
  if (why === 'day_passed') return dayPassedProblem(locale);
  if (why === 'safe_mode') return refusalProblem('safe_mode', null, locale, null);
  if (why !== 'changed') return edgeProblem(PROBLEM[why], locale);
  const { body } = await view(call, await subscriptionOf(call));
  return edgeProblem('subscription_changed', locale, { current: body });
}

const PROBLEM: Record<Exclude<NotChanged, 'changed' | 'day_passed' | 'safe_mode'>, EdgeProblem> = {
  not_active: 'subscription_ended',
  not_skipped: 'not_skipped',
  overdue: 'deliveries_overdue',
  not_overdue: 'nothing_overdue',
  too_many_overdue: 'too_many_overdue',
};

/** The next delivery is to be on a day that has passed. */
export function dayPassedProblem(locale: Locale): HttpProblem {
  const message = {
    ja: '次回お届け日には、今日以降の日付を指定してください。',
    en: 'The next delivery is today or later.',
  }[locale];
  const errors = [{ pointer: '/nextDeliveryOn', message }];
  return edgeProblem('invalid_request', locale, { errors });
}

/** The application with its deliveries, as an answer. */
export async function view(call: Call, found: StoredSubscription) {
  const { backoffice, shopId, locale } = call;
  const deliveries = await listDeliveries(backoffice.db, shopId, [found.code], HISTORY_MAX);
  return {
    status: 200,
    body: presentSubscription(found, deliveries, todayOf(call), locale),
    headers: { etag: `"${found.version}"` },
  };
}
