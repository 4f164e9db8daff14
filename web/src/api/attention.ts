import type {
  AttentionCounts,
  AttentionDetail,
  AttentionItem,
  AttentionList,
  ChangeAttention,
} from '@renkei/contract';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { ask } from './client.ts';

/** The part of 要対応 that a caller wants, in the API's names. */
export type AttentionWish = {
  readonly state: 'open' | 'snoozed' | 'closed';
  readonly kinds?: string | undefined;
  readonly assignee?: 'me' | undefined;
};

const AGAIN_MS = 30_000;
const LOOKING_MS = 1_000;
const COUNTS_AGAIN_MS = 60_000;

export function attentionQuery(shop: string, wish: AttentionWish) {
  return infiniteQueryOptions({
    queryKey: ['attention', shop, 'list', wish],
    queryFn: ({ signal, pageParam }) =>
      ask<AttentionList>('GET', '/v1/attention', {
        shop,
        signal,
        query: { ...wish, cursor: pageParam ?? undefined },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: ({ state }) => (isLooking(state.data?.pages.at(-1)) ? LOOKING_MS : AGAIN_MS),
  });
}

/** True while Renkei looks through F-REGI, or still has to compare sightings. */
function isLooking(list: AttentionList | undefined): boolean {
  return list !== undefined && (list.coverage.underway !== null || list.coverage.waiting > 0);
}

/** The counts for the navigation and the first page; the query reads no item. */
export function attentionCountsQuery(shop: string) {
  return queryOptions({
    queryKey: ['attention', shop, 'counts'],
    queryFn: ({ signal }) =>
      ask<AttentionList>('GET', '/v1/attention', { shop, signal, query: { limit: 1 } }),
    refetchInterval: COUNTS_AGAIN_MS,
  });
}

/** The open items and their yen. The overdue deliveries of all applications are one item. */
export function openOf(counts: Pick<AttentionCounts, 'open' | 'amount'>, overdue: Total): Total {
  const { open, amount } = counts;
  return { count: open + (overdue.count > 0 ? 1 : 0), amount: amount + overdue.amount };
}

type Total = { readonly count: number; readonly amount: number };

export function attentionItemQuery(shop: string, id: string) {
  return queryOptions({
    queryKey: ['attention', shop, 'item', id],
    queryFn: ({ signal }) => ask<AttentionDetail>('GET', `/v1/attention/${id}`, { shop, signal }),
    refetchInterval: AGAIN_MS,
  });
}

type ItemRef = Pick<AttentionItem, 'id' | 'version'>;

/** Sets 担当 and あとで対応 of an item. */
export function changeAttention(
  shop: string,
  { id, version }: ItemRef,
  key: string,
  body: ChangeAttention,
): Promise<AttentionItem> {
  return ask('PATCH', `/v1/attention/${id}`, { shop, version, key, body });
}

/** 何もしない: closes the item with a reason. */
export function closeAttention(
  shop: string,
  { id, version }: ItemRef,
  key: string,
  reason: string,
): Promise<AttentionItem> {
  return ask('POST', `/v1/attention/${id}/close`, { shop, version, key, body: { reason } });
}
