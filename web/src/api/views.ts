import type { ExportChoices, ListView, Selection } from '@renkei/backoffice/contract';
import { queryOptions } from '@tanstack/react-query';
import { ask, askFile } from './client.ts';
import type { OrderListWish } from './queries.ts';

/** A filter as the API keeps it: what the list asks for, without its page. */
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
  const selection = await ask<Selection>('POST', '/v1/selections', {
    ...{ shop, body: filterOf(wish) },
  });
  return askFile('/v1/exports', { shop, query: { selection: selection.id, ...how } });
}
