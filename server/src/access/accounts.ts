import type { Actor } from '@renkei/core/turns/operation.ts';
import { hashPassword } from 'better-auth/crypto';
import { type Db, transaction } from '../store/db/db.ts';
import { nameActor } from '../store/people/invitations.ts';

type AccountChange = { readonly userId: string; readonly actor: Actor };

/** Sets another password of 12 to 128 characters. The database logs it and ends every session. */
export async function setPassword(
  db: Db,
  { userId, actor }: AccountChange,
  password: string,
): Promise<void> {
  const hash = await hashPassword(password);
  await transaction(db, async (client) => {
    await nameActor(client, actor);
    await client.query(
      `update "account" set "password" = $2, "updatedAt" = now()
        where "userId" = $1 and "providerId" = 'credential'`,
      [userId, hash],
    );
  });
}

/**
 * Takes every second factor away: the app, its recovery codes and the passkeys. The database logs
 * it; every session ends.
 */
export async function removeSecondFactors(db: Db, { userId, actor }: AccountChange): Promise<void> {
  await transaction(db, async (client) => {
    await nameActor(client, actor);
    await client.query('delete from "twoFactor" where "userId" = $1', [userId]);
    await client.query('delete from passkeys where user_id = $1', [userId]);
    await client.query(
      `update "user" set "twoFactorEnabled" = false, "updatedAt" = now() where id = $1`,
      [userId],
    );
    // The database does it for the app; a person may have had passkeys alone.
    await client.query('delete from "session" where "userId" = $1', [userId]);
  });
}

/**
 * Takes the link to the company directory away; the next sign-in there links anew. False without a
 * link. The database logs it; every session ends.
 */
export async function unlinkDirectory(db: Db, { userId, actor }: AccountChange): Promise<boolean> {
  return transaction(db, async (client) => {
    await nameActor(client, actor);
    const { rowCount } = await client.query(
      `delete from "account" where "userId" = $1 and "providerId" <> 'credential'`,
      [userId],
    );
    if (rowCount === 0) return false;
    await client.query('delete from "session" where "userId" = $1', [userId]);
    return true;
  });
}
