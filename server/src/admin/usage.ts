import { userInfo } from 'node:os';
import type { Actor } from '@renkei/core/turns/operation.ts';

/** What was asked for makes no sense, or cannot be done; the message says what would help. */
export class UsageError extends Error {}

/** Whoever runs a command, as it stands in the logs: --by, or who is signed in on this machine. */
export function adminActor({ by = userInfo().username }: { readonly by?: string }): Actor {
  return { kind: 'system', id: 'admin', name: `${by}（npm run admin）` };
}
