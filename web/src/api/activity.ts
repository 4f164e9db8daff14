import type { ActivityList, Audit } from '@renkei/backoffice/contract';
import { infiniteQueryOptions } from '@tanstack/react-query';
import { ask } from './client.ts';

const VERIFY_MS = 10 * 60_000;

type Wish = Readonly<Record<string, string | undefined>>;

export function activityQuery(shop: string, wish: Wish) {
  return infiniteQueryOptions({
    queryKey: ['activity', shop, wish],
    queryFn: ({ signal, pageParam }) =>
      ask<ActivityList>('GET', '/v1/activity', {
        ...{ shop, signal },
        query: { ...wish, cursor: pageParam ?? undefined },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
}

/** Reads all of the shop's records again: chains, replay, seals. It may take minutes. */
export function verifyRecords(shop: string): Promise<Audit> {
  return ask('POST', '/v1/activity/verification', { shop, timeoutMs: VERIFY_MS });
}
