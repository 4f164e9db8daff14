import type { Account } from '@renkei/contract/shop/account.ts';
import type { Instant } from '@renkei/core/domain/values/jst.ts';
import type { Actor } from '@renkei/core/turns/operation.ts';
import { logAccess } from '../store/audit/access-log.ts';
import { type Db, type Queryable, transaction } from '../store/db/db.ts';
import { nameActor } from '../store/people/invitations.ts';

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

/** Tells when a person's sessions end: the shortest times of the shops where they work. */
export async function readSessionEnds(
  db: Queryable,
  userId: string,
): Promise<Account['sessionEnds']> {
  const { rows } = await db.query<Account['sessionEnds']>(
    'select idle_minutes as "idleMinutes", hours from session_ends($1)',
    [userId],
  );
  return rows[0] as Account['sessionEnds'];
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
