import { text } from '@renkei/contract/text.ts';
import type { BetterAuthPlugin } from 'better-auth';
import { createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { z } from 'zod';

/** The path by which better-auth names a session that a passkey began. */
export const PASSKEY_PATH = '/passkey/session';

/**
 * Lets the server begin a session of a person who has proved themselves by passkey. No request from
 * outside reaches it.
 */
export function passkeySession() {
  return {
    id: 'renkei-passkey-session',
    endpoints: {
      beginPasskeySession: createAuthEndpoint(
        PASSKEY_PATH,
        {
          method: 'POST',
          body: z.object({ userId: text({ max: 64 }) }),
          metadata: { SERVER_ONLY: true },
        },
        async (context) => {
          const { internalAdapter } = context.context;
          const { userId } = context.body;
          const user = await internalAdapter.findUserById(userId);
          if (user === null) throw new Error('a passkey has no person');
          const session = await internalAdapter.createSession(userId);
          await setSessionCookie(context, { session, user });
          return context.json({ user: { id: userId } });
        },
      ),
    },
  } satisfies BetterAuthPlugin;
}
