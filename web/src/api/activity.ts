import type { ActivityList } from '@renkei/backoffice/contract';
import { infiniteQueryOptions } from '@tanstack/react-query';
import { ask } from './client.ts';

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
