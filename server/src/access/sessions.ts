import type { Account } from '@renkei/contract/shop/account.ts';
import type { Instant } from '@renkei/core/domain/values/jst.ts';
import type { Actor } from '@renkei/core/turns/operation.ts';
import { logAccess } from '../store/audit/access-log.ts';
import { type Db, type Queryable, transaction } from '../store/db/db.ts';
import { nameActor } from '../store/people/invitations.ts';

/**
 * When a session ends, by the database's clock: 12 hours after the sign-in (ASVS 7.3.2), a working
 * day of one person, and after an hour in which the person did nothing (ASVS 7.3.1). NIST SP
 * 800-63B asks for at most an hour and 24 hours where a second factor is used. PCI DSS 8.2.8 asks
 * for 15 minutes where somebody can reach card data; Renkei has none.
 */
export const SESSION_ENDS = { longestS: 12 * 60 * 60, idleS: 60 * 60 } as const;

/** A session in use is prolonged at most this often, so that reading costs no writing. */
export const PROLONGED_EVERY_MS = 60_000;

export type StoredSession = Pick<
  Account['sessions'][number],
  'id' | 'begunBy' | 'ip' | 'userAgent'
> & {
  readonly begunAt: Instant;
  readonly usedAt: Instant;
  readonly endsAt: Instant;
};

/** Lists a person's sessions, the newest first; at most 100. */
export async function listSessions(db: Queryable, userId: string): Promise<StoredSession[]> {
  const { rows } = await db.query<StoredSession>(
    `select "id", "createdAt" as "begunAt", "updatedAt" as "usedAt", "expiresAt" as "endsAt",
        "begunBy", nullif("ipAddress", '') as ip, nullif("userAgent", '') as "userAgent"
       from "session"
      where "userId" = $1 and "expiresAt" > now() and coalesce("begunBy", '') <> 'pending'
      order by "createdAt" desc limit 100`,
    [userId],
  );
  return rows;
}

type Ending = {
  readonly userId: string;
  /** The one session to end; without it all of the person's. */
  readonly id?: string;
  /** The session that goes on. */
  readonly except?: string;
  /** The person, an owner or an administrator. */
  readonly actor: Actor;
};

/** Ends sessions of a person and logs it. Resolves to their number. */
export async function endSessions(db: Db, { userId, id, except, actor }: Ending): Promise<number> {
  return transaction(db, async (client) => {
    await nameActor(client, actor);
    const { rowCount } = await client.query(
      `delete from "session" where "userId" = $1 and "expiresAt" > now()
          and ($2::text is null or "id" = $2) and ($3::text is null or "id" <> $3)`,
      [userId, id ?? null, except ?? null],
    );
    const sessions = rowCount ?? 0;
    if (sessions > 0) await logAccess(client, userId, { action: 'sessions_ended', sessions });
    return sessions;
  });
}

/** Deletes ended sessions and challenges of a second factor. */
export async function purgeSessions(db: Queryable): Promise<void> {
  await db.query('delete from "session" where "expiresAt" <= now()');
  await db.query('delete from "verification" where "expiresAt" <= now()');
}
