import type { ActivityList, Readers, Verifications } from '@renkei/contract';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { ask } from './client.ts';

const AGAIN_MS = 1_000;

type ActivityFilter = Readonly<Record<string, string | undefined>>;

export function activityQuery(shop: string, wish: ActivityFilter) {
  return infiniteQueryOptions({
    queryKey: ['activity', shop, wish],
    queryFn: ({ signal, pageParam }) =>
      ask<ActivityList>('GET', '/v1/activity', {
        shop,
        signal,
        query: { ...wish, cursor: pageParam ?? undefined },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
}

/** Who has seen whose records, in the given span. */
export function readersQuery(shop: string, wish: ActivityFilter) {
  return infiniteQueryOptions({
    queryKey: ['readers', shop, wish],
    queryFn: ({ signal, pageParam }) =>
      ask<Readers>('GET', '/v1/activity/readers', {
        shop,
        signal,
        query: { ...wish, offset: pageParam },
      }),
    initialPageParam: 0,
    getNextPageParam: ({ count }, pages) => {
      const shown = pages.reduce((sum, { items }) => sum + items.length, 0);
      return shown < count ? shown : null;
    },
  });
}

/** The state of the verification of the shop's records; refetched while one is running. */
export function verificationsQuery(shop: string) {
  return queryOptions({
    queryKey: ['verifications', shop],
    queryFn: ({ signal }) =>
      ask<Verifications>('GET', '/v1/activity/verification', { shop, signal }),
    refetchInterval: ({ state }) => (state.data?.latest?.state === 'running' ? AGAIN_MS : false),
  });
}
