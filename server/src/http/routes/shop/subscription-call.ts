import { subscriptionCodeSchema } from '@renkei/contract/shop/subscriptions.ts';
import type { Locale } from '@renkei/core/domain/reasons/index.ts';
import { type JstDate, jstDateOf } from '@renkei/core/domain/values/jst.ts';
import { z } from 'zod';
import type { StoredSubscription } from '../../../store/subscriptions/rows.ts';
import type {
  NotChanged,
  SubscriptionChange,
  SubscriptionChanged,
} from '../../../store/subscriptions/subscription-changes.ts';
import { listDeliveries, loadSubscription } from '../../../store/subscriptions/subscriptions.ts';
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

/** Shared by the routes of one application: find it, change it, answer with it. */
export const subscriptionParams = z.object({ code: subscriptionCodeSchema });
type OneCall = Call<z.output<typeof subscriptionParams>>;

/** The most deliveries shown for one application. */
const HISTORY_MAX = 200;

/** Returns the JST date by the clock of all servers. */
export function todayOf({ backoffice }: Pick<Call, 'backoffice'>): JstDate {
  return jstDateOf(backoffice.now());
}

/** Returns the application in the URL. Throws 404 if there is none. */
export async function subscriptionOf({ backoffice, shopId, params, locale }: OneCall) {
  return orNotFound(await loadSubscription(backoffice.db, shopId, params.code), locale);
}

/**
 * Changes the application in the version that the caller saw. Throws a problem if nothing was
 * changed.
 */
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

/**
 * Returns the problem that says why an application was not changed; with its present state if that
 * has changed.
 */
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

/** Returns the problem of a next delivery on a past day. */
export function dayPassedProblem(locale: Locale): HttpProblem {
  const message = {
    ja: '次回お届け日には、今日以降の日付を指定してください。',
    en: 'The next delivery must be today or later.',
  }[locale];
  const errors = [{ pointer: '/nextDeliveryOn', message }];
  return edgeProblem('invalid_request', locale, { errors });
}

/** Returns the application with its deliveries, as an answer. */
export async function view(call: Call, found: StoredSubscription) {
  const { backoffice, shopId, locale } = call;
  const deliveries = await listDeliveries(backoffice.db, shopId, [found.code], HISTORY_MAX);
  return {
    status: 200,
    body: presentSubscription(found, deliveries, todayOf(call), locale),
    headers: { etag: `"${found.version}"` },
  };
}
