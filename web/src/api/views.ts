import type { ExportCheck, ExportChoices, ListSelection, ListView } from '@renkei/contract';
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

/** How a result becomes a file. */
export type CsvHow = { readonly layout: string; readonly encoding: string | undefined };

/** A file, or what it would lose: then there is none yet. */
export type CsvMade =
  | { readonly kind: 'file'; readonly name: string; readonly file: Blob }
  | { readonly kind: 'losing'; readonly selection: string; readonly check: ExportCheck };

/** Freezes the result as it is now, and reads it as a file if nothing is lost. */
export async function exportCsv(shop: string, wish: OrderListWish, how: CsvHow): Promise<CsvMade> {
  const { id: selection } = await freezeResult(shop, wish);
  const query = { selection, ...how };
  const check = await ask<ExportCheck>('GET', '/v1/exports/check', { shop, query });
  if (check.leftOut.length > 0) return { kind: 'losing', selection, check };
  return { kind: 'file', ...(await askFile('/v1/exports', { shop, query })) };
}

/** Reads the orders of a frozen result that can be written, without the others. */
export async function exportRest(shop: string, selection: string, how: CsvHow): Promise<CsvMade> {
  const query = { selection, ...how, leaveOut: 'true' };
  return { kind: 'file', ...(await askFile('/v1/exports', { shop, query })) };
}
