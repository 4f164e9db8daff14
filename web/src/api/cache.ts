import type { FetchQueryOptions, QueryClient, QueryKey } from '@tanstack/react-query';

/**
 * The only writers of the cache besides the reads themselves (a tidy test holds that). A read that
 * began before a command may answer after it and show the order of before: the screen would go
 * back, and the next press would act on an old version.
 */

/** Reads the state of now. A read under way began earlier: it ends here and is not joined. */
export async function readAnew<T, E, K extends QueryKey>(
  queries: QueryClient,
  query: FetchQueryOptions<T, E, T, K>,
): Promise<T> {
  await queries.cancelQueries({ queryKey: query.queryKey, exact: true });
  return queries.fetchQuery({ ...query, staleTime: 0 });
}

type Kept<K extends QueryKey> = Parameters<
  typeof QueryClient.prototype.setQueryData<unknown, K>
>[1];

/**
 * Keeps the answer of a command, or an event of a stream. A read under way ends; another begins,
 * because it may have been about somebody else's change.
 */
export function keepAnswer<K extends QueryKey>(
  queries: QueryClient,
  queryKey: K,
  answer: Kept<K>,
): void {
  const filters = { queryKey, exact: true };
  const wasReading =
    queries.isFetching(filters) > 0 && queries.getQueryData(queryKey) !== undefined;
  if (wasReading) void queries.cancelQueries(filters);
  queries.setQueryData<unknown, K>(queryKey, answer);
  if (wasReading) void queries.invalidateQueries(filters);
}
