import type {
  AnswerFile,
  CsvLayout,
  FileAnswers,
  FreeLayout,
  LayoutPreview,
  SettingsChangeView,
} from '@renkei/contract';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { ask } from './client.ts';

const LOG_PAGE = 50;

/** The log of the settings: who changed which setting, newest first. */
export function settingsLogQuery(shop: string) {
  return infiniteQueryOptions({
    queryKey: ['settings-log', shop],
    queryFn: ({ signal, pageParam }) =>
      ask<{ items: SettingsChangeView[] }>('GET', '/v1/settings/log', {
        shop,
        signal,
        query: { limit: LOG_PAGE, before: pageParam ?? undefined },
      }),
    initialPageParam: null as number | null,
    getNextPageParam: ({ items }) => (items.length < LOG_PAGE ? null : (items.at(-1)?.id ?? null)),
  });
}

/** Shows a draft of a layout on the newest orders; saves nothing. */
export function layoutPreviewQuery(shop: string, draft: FreeLayout) {
  return queryOptions({
    queryKey: ['csv-layout-preview', shop, draft],
    queryFn: ({ signal }) =>
      ask<LayoutPreview>('POST', '/v1/csv-layouts/preview', { shop, signal, body: draft }),
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 0,
  });
}

/** Creates a layout, or changes one in the version that the person sees. */
export function saveLayout(
  shop: string,
  key: string,
  layout: FreeLayout,
  known: Pick<CsvLayout, 'id' | 'version'> | null,
): Promise<CsvLayout> {
  if (known === null) return ask('POST', '/v1/csv-layouts', { shop, key, body: layout });
  const { id, version } = known;
  return ask('PUT', `/v1/csv-layouts/${id}`, { shop, key, version, body: layout });
}

export function deleteLayout(shop: string, key: string, id: string): Promise<void> {
  return ask('DELETE', `/v1/csv-layouts/${id}`, { shop, key });
}

/** What the shop has answered about its files. */
export function fileAnswersQuery(shop: string) {
  return queryOptions({
    queryKey: ['file-answers', shop],
    queryFn: ({ signal }) => ask<FileAnswers>('GET', '/v1/file-answers', { shop, signal }),
  });
}

/** Keeps several answers, one after the other; sent again, they are the same. */
export async function saveAnswers(
  shop: string,
  key: string,
  answers: readonly AnswerFile[],
): Promise<FileAnswers> {
  let saved: FileAnswers = { answers: [] };
  for (const [n, body] of answers.entries()) {
    saved = await ask<FileAnswers>('PUT', '/v1/file-answers', { shop, key: `${key}-${n}`, body });
  }
  return saved;
}
