import type { ExportChoices, ListSelection, ListView } from '@renkei/contract';
import { queryOptions } from '@tanstack/react-query';
import { ask, askFile } from './client.ts';
import type { OrderListWish } from './queries.ts';

/** A filter as the API stores it: the wish of the list, without its page. */
export function filterOf({ limit: _, cursor: __, ...wish }: OrderListWish) {
  return Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined));
}

export function viewsQuery(shop: string) {
  return queryOptions({
    queryKey: ['views', shop],
    queryFn: ({ signal }) => ask<{ items: ListView[] }>('GET', '/v1/views', { shop, signal }),
    staleTime: 60_000,
  });
}

/** The server freezes the whole result as it is now, for a run or a file. */
export function freezeResult(shop: string, wish: OrderListWish): Promise<ListSelection> {
  return ask('POST', '/v1/selections', { shop, body: filterOf(wish) });
}

type FrozenOrder = { readonly orderNumber: string; readonly billed: number };

/** Lists the orders of a frozen result, in its sequence. */
export async function listFrozen(
  shop: string,
  id: string,
  limit: number,
): Promise<readonly FrozenOrder[]> {
  const path = `/v1/selections/${id}/orders`;
  return (await ask<{ items: FrozenOrder[] }>('GET', path, { shop, query: { limit } })).items;
}

export function csvChoicesQuery(shop: string) {
  return queryOptions({
    queryKey: ['csv-layouts', shop],
    queryFn: ({ signal }) => ask<ExportChoices>('GET', '/v1/csv-layouts', { shop, signal }),
  });
}

/** Freezes the result as it is now, and reads it as a file. */
export async function exportCsv(
  shop: string,
  wish: OrderListWish,
  how: { readonly layout: string; readonly encoding: string | undefined },
): Promise<{ readonly name: string; readonly file: Blob }> {
  const selection = await freezeResult(shop, wish);
  return askFile('/v1/exports', { shop, query: { selection: selection.id, ...how } });
}
