import type { OrderList } from '@renkei/contract';
import { queryOptions } from '@tanstack/react-query';
import { ask } from './client.ts';

/** The stage of a pre-order: it waits, its authorization was declined, or it is authorized. */
export type PreorderStage = 'waiting' | 'declined' | 'authorized';

/** The filter of the order list for each stage. */
const ASKED: Record<PreorderStage, Readonly<Record<string, string>>> = {
  waiting: { tab: 'preorder' },
  declined: { statuses: 'processing', transactionState: 'validated_unauthorized' },
  authorized: { types: 'preorder', statuses: 'processing', transactionState: 'authorized' },
};

/** One page of the pre-orders of a stage, the oldest first: they have waited longest. */
export function preordersQuery(shop: string, stage: PreorderStage, cursor?: string | undefined) {
  return queryOptions({
    queryKey: ['orders', shop, 'pre-orders', stage, cursor ?? ''],
    queryFn: ({ signal }) =>
      ask<OrderList>('GET', '/v1/orders', {
        shop,
        signal,
        query: { ...ASKED[stage], sort: 'placedAt', direction: 'asc', limit: 100, cursor },
      }),
  });
}

/** Counts the pre-orders of a stage without reading them. */
export function preorderCountQuery(shop: string, stage: PreorderStage) {
  return queryOptions({
    queryKey: ['orders', shop, 'pre-orders', stage, 'count'],
    queryFn: ({ signal }) =>
      ask<OrderList>('GET', '/v1/orders', {
        shop,
        signal,
        query: { ...ASKED[stage], limit: 1 },
      }),
  });
}
