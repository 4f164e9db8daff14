import type { Account } from '@renkei/contract';
import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { ask } from '../../api/client.ts';

/** The signed-in person's own account. */
export const accountQuery = queryOptions({
  queryKey: ['account'],
  queryFn: ({ signal }) => ask<Account>('GET', '/v1/account', { signal }),
});

/** Reads the account again, and who is signed in: after every change of it. */
export function useAccountChanged(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    await queries.invalidateQueries({ queryKey: ['account'] });
    await queries.invalidateQueries({ queryKey: ['me'] });
  };
}
