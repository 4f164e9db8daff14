import { randomUUID } from 'node:crypto';
import type { Instant } from '@renkei/core/domain/values/jst.ts';
import type { Actor } from '@renkei/core/turns/operation.ts';
import { type Db, isUniqueViolation, type Queryable, transaction } from '../db/db.ts';
import { nameActor } from './invitations.ts';

/** A passkey as it is checked: its owner, its public key (COSE), and how often it was used. */
export type StoredPasskey = {
  readonly id: string;
  readonly userId: string;
  readonly publicKey: Buffer;
  readonly counter: number;
};

export type NewPasskey = StoredPasskey & {
  readonly name: string;
  readonly transports: readonly string[];
};

export type ListedPasskey = {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Instant;
  readonly usedAt: Instant | null;
};

/** The most passkeys of a person. */
const PASSKEYS_MAX = 20;
/** The life of a challenge, in minutes. */
const MINUTES = 5;

export async function listPasskeys(db: Queryable, userId: string): Promise<ListedPasskey[]> {
  const { rows } = await db.query<ListedPasskey>(
    `select id, name, created_at as "createdAt", used_at as "usedAt" from passkeys
      where user_id = $1 order by created_at`,
    [userId],
  );
  return rows;
}

/** Adds a passkey; the database logs it. False if somebody has it, or the person has very many. */
export async function addPasskey(db: Db, passkey: NewPasskey, actor: Actor): Promise<boolean> {
  const { id, userId, name, publicKey, counter, transports } = passkey;
  return transaction(db, async (client) => {
    await nameActor(client, actor);
    const { rowCount } = await client.query(
      `insert into passkeys (id, user_id, name, public_key, counter, transports)
       select $1, $2, $3, $4, $5, $6
        where (select count(*) from passkeys where user_id = $2) < ${PASSKEYS_MAX}`,
      [id, userId, name, publicKey, counter, transports],
    );
    return rowCount === 1;
  }).catch((error: unknown) => {
    if (isUniqueViolation(error, 'passkeys_pkey')) return false;
    throw error;
  });
}

/** Removes a passkey of a person; the database logs it. False if it is gone. */
export async function removePasskey(
  db: Db,
  { userId, id, actor }: { readonly userId: string; readonly id: string; readonly actor: Actor },
): Promise<boolean> {
  return transaction(db, async (client) => {
    await nameActor(client, actor);
    const { rowCount } = await client.query('delete from passkeys where user_id = $1 and id = $2', [
      userId,
      id,
    ]);
    return rowCount === 1;
  });
}

/** Finds a passkey with its owner; null if there is none. */
export async function findPasskey(
  db: Queryable,
  id: string,
): Promise<(StoredPasskey & { readonly email: string }) | null> {
  const { rows } = await db.query<StoredPasskey & { email: string }>(
    `select p.id, p.user_id as "userId", p.public_key as "publicKey", p.counter, u.email
       from passkeys p join "user" u on u.id = p.user_id where p.id = $1`,
    [id],
  );
  return rows[0] ?? null;
}

/** Notes a use of a passkey; false if its counter has not grown: then it was copied. */
export async function usePasskey(db: Queryable, id: string, counter: number): Promise<boolean> {
  const { rowCount } = await db.query(
    `update passkeys set counter = $2, used_at = clock_timestamp()
      where id = $1 and (counter < $2 or counter = 0 and $2 = 0)`,
    [id, counter],
  );
  return rowCount === 1;
}

/**
 * Keeps a challenge for whoever holds `binding`, a session or the secret of a browser's cookie; it
 * takes the place of an older one.
 */
export async function keepChallenge(db: Db, binding: string, challenge: string): Promise<void> {
  const identifier = identifierOf(binding);
  await transaction(db, async (client) => {
    await client.query('delete from "verification" where "identifier" = $1', [identifier]);
    await client.query(
      `insert into "verification" ("id", "identifier", "value", "expiresAt")
       values ($1, $2, $3, clock_timestamp() + $4 * interval '1 minute')`,
      [randomUUID(), identifier, challenge, MINUTES],
    );
  });
}

/** Takes a challenge, which is good once; null if there is none. */
export async function takeChallenge(db: Queryable, binding: string): Promise<string | null> {
  const { rows } = await db.query<{ value: string; lives: boolean }>(
    `delete from "verification" where "identifier" = $1
     returning "value", "expiresAt" > clock_timestamp() as lives`,
    [identifierOf(binding)],
  );
  return rows[0]?.lives ? rows[0].value : null;
}

const identifierOf = (binding: string) => `passkey ${binding}`;
