import { QueryCache, QueryClient } from '@tanstack/react-query';
import { isNotSignedIn, isUncertain } from '../api/client.ts';

const FRESH_MS = 5_000;

/**
 * What was read, kept while it is fresh. Reads are tried once more when the connection fails, never
 * after a refusal; commands are never repeated by themselves.
 */
export function createQueries(onSignedOut: () => void): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError(error, { queryKey }) {
        if (isNotSignedIn(error) && queryKey[0] !== 'me') onSignedOut();
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        retry: (failures, error) => failures < 1 && isUncertain(error),
        retryDelay: 800,
        networkMode: 'always',
      },
    },
  });
}
