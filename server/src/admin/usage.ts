import { userInfo } from 'node:os';
import type { Actor } from '@renkei/core/turns/operation.ts';

/** The command makes no sense, or cannot be done; the message names a remedy. */
export class UsageError extends Error {}

/** The refusal to leave a shop without an owner, as the API gives it. */
export function lastOwner(email: string, shopId: string): UsageError {
  return new UsageError(
    `${email} is the last owner of ${shopId}, which needs one: make somebody else owner first, ` +
      'or give --force with the reason, which the shop’s log keeps',
  );
}

/** The actor of a command, for the logs: --by, or the user of this machine. */
export function adminActor({ by = userInfo().username }: { readonly by?: string }): Actor {
  return { kind: 'system', id: 'admin', name: `${by}（npm run admin）` };
}
