import type { ReviewGuide } from '@renkei/contract';
import { queryOptions } from '@tanstack/react-query';
import { currentLocale } from '../locale/index.ts';
import { ask } from './client.ts';

/** Short enough that two people at two desks see each other's answers. */
const LOOK_MS = 3_000;

/**
 * 要確認, guided: where to look at F-REGI’s console, and the answer that waits for a second person.
 */
export function reviewQuery(shop: string, operationId: string) {
  const path = `/v1/operations/${operationId}/review`;
  return queryOptions({
    queryKey: ['review', shop, operationId, currentLocale()],
    queryFn: ({ signal }) => ask<ReviewGuide>('GET', path, { shop, signal }),
    refetchInterval: LOOK_MS,
    retry: false, // the operation may have ended by itself; the page then shows its end
  });
}
