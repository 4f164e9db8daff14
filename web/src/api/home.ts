import type { DeadlineList, Home } from '@renkei/contract';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { ask } from './client.ts';

const AGAIN_MS = 60_000;

export function homeQuery(shop: string) {
  return queryOptions({
    queryKey: ['home', shop],
    queryFn: ({ signal }) => ask<Home>('GET', '/v1/home', { shop, signal }),
    refetchInterval: AGAIN_MS,
  });
}

/** The part of the deadlines that a caller wants, in the API's names. */
export type DeadlineWish = {
  readonly within?: number | undefined;
  readonly all?: 'true' | undefined;
};

export function deadlinesQuery(shop: string, wish: DeadlineWish) {
  return infiniteQueryOptions({
    queryKey: ['deadlines', shop, wish],
    queryFn: ({ signal, pageParam }) =>
      ask<DeadlineList>('GET', '/v1/deadlines', {
        shop,
        signal,
        query: { ...wish, cursor: pageParam ?? undefined },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
}
