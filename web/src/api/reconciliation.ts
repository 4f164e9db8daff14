import type { Reconciliation, ReconciliationDays } from '@renkei/backoffice/contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { ask } from './client.ts';

/** Which lines of which period are asked for, as the API names it. */
export type ReconciliationWish = {
  readonly day?: string | undefined;
  readonly month?: string | undefined;
  readonly buckets?: string | undefined;
  readonly offset?: number | undefined;
  readonly limit?: number | undefined;
};

export function reconciliationQuery(shop: string, wish: ReconciliationWish) {
  return queryOptions({
    queryKey: ['reconciliation', shop, wish],
    queryFn: ({ signal }) =>
      ask<Reconciliation>('GET', '/v1/reconciliation', { shop, signal, query: { ...wish } }),
    placeholderData: keepPreviousData,
  });
}

export function reconciliationDaysQuery(shop: string, month: string) {
  return queryOptions({
    queryKey: ['reconciliation', shop, 'days', month],
    queryFn: ({ signal }) =>
      ask<ReconciliationDays>('GET', '/v1/reconciliation/days', { shop, signal, query: { month } }),
  });
}
