import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { ask } from '../api/client.ts';

/** Returns how to sign out: it ends the session, forgets what was read, and leads to the sign-in. */
export function useSignOut(): () => Promise<void> {
  const router = useRouter();
  const queries = useQueryClient();
  return async () => {
    await ask('POST', '/api/auth/sign-out', { body: {} }).catch(() => {});
    queries.clear();
    await router.navigate({ to: '/sign-in', search: {} });
  };
}
