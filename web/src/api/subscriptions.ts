import type {
  ChangeSubscription,
  ContentPreview,
  EditContent,
  OverduePreview,
  SettleOverdue,
  SubscriptionList,
  SubscriptionView,
} from '@renkei/contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { ask } from './client.ts';

/** The applications that a caller wants, in the API's names. */
export type SubscriptionWish = {
  readonly status?: SubscriptionView['status'] | undefined;
  readonly held?: 'true' | undefined;
  readonly overdue?: 'true' | undefined;
  readonly q?: string | undefined;
  readonly after?: string | undefined;
};

const AGAIN_MS = 60_000;

/** The maximum number of applications on one page. */
export const SUBSCRIPTIONS_PAGE = 100;

export function subscriptionsQuery(shop: string, wish: SubscriptionWish) {
  return queryOptions({
    queryKey: ['subscriptions', shop, wish],
    queryFn: ({ signal }) =>
      ask<SubscriptionList>('GET', '/v1/subscriptions', {
        shop,
        signal,
        query: { ...wish, limit: SUBSCRIPTIONS_PAGE },
      }),
    refetchInterval: AGAIN_MS,
  });
}

export function subscriptionQuery(shop: string, code: string) {
  return queryOptions({
    queryKey: ['subscription', shop, code],
    queryFn: ({ signal }) =>
      ask<SubscriptionView>('GET', `/v1/subscriptions/${code}`, { shop, signal }),
    refetchInterval: AGAIN_MS,
  });
}

/** The preview of each delivery with other content. */
export function contentPreviewQuery(
  shop: string,
  { code, version }: Pick<SubscriptionView, 'code' | 'version'>,
  body: EditContent,
) {
  const path = `/v1/subscriptions/${code}/amounts/preview`;
  return queryOptions({
    queryKey: ['content-preview', shop, code, version, body],
    queryFn: ({ signal }) => ask<ContentPreview>('POST', path, { shop, body, signal }),
    staleTime: 0,
    gcTime: 0,
    placeholderData: keepPreviousData,
  });
}

/** The preview of one answer to the overdue deliveries of an application. */
export function overduePreviewQuery(
  shop: string,
  { code, version, overdue }: Pick<SubscriptionView, 'code' | 'version' | 'overdue'>,
  answer: SettleOverdue['answer'],
) {
  const path = `/v1/subscriptions/${code}/overdue/preview`;
  return queryOptions({
    queryKey: ['overdue-preview', shop, code, version, overdue?.count, answer],
    queryFn: ({ signal }) => ask<OverduePreview>('POST', path, { shop, body: { answer }, signal }),
    staleTime: 0,
    gcTime: 0,
  });
}

/** An act on an application, for the version that the person sees. */
export type SubscriptionAct =
  | { readonly kind: 'skip' | 'unskip' | 'cancel' }
  | { readonly kind: 'overdue'; readonly body: SettleOverdue }
  | { readonly kind: 'change'; readonly body: ChangeSubscription }
  | { readonly kind: 'content'; readonly body: EditContent | null };

export function actOnSubscription(
  shop: string,
  { code, version }: Pick<SubscriptionView, 'code' | 'version'>,
  act: SubscriptionAct,
  key: string,
): Promise<SubscriptionView> {
  const path = `/v1/subscriptions/${code}`;
  if (act.kind === 'change') return ask('PATCH', path, { shop, version, key, body: act.body });
  if (act.kind === 'content') {
    return ask('PUT', `${path}/amounts`, { shop, version, key, body: act.body });
  }
  if (act.kind === 'overdue') {
    return ask('POST', `${path}/overdue`, { shop, version, key, body: act.body });
  }
  return ask('POST', `${path}/${act.kind}`, { shop, version, key });
}
