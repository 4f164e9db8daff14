import { QueryCache, QueryClient } from '@tanstack/react-query';
import { isNotSignedIn, isUncertain } from '../api/client.ts';

const FRESH_MS = 5_000;

/**
 * The cache of everything the screens read. Renkei repeats a read once after a connection error,
 * never after a refusal; it never repeats a command by itself.
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
