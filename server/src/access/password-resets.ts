import { randomInt } from 'node:crypto';
import type { Post } from '@renkei/core/ports/mails.ts';
import type { Origin } from '@renkei/core/turns/operation.ts';
import { writeReset } from '../mail/reset-text.ts';
import { logAccess } from '../store/audit/access-log.ts';
import { type Db, type Queryable, transaction } from '../store/db/db.ts';
import { hashToken, newToken } from './tokens.ts';

/** The life of a link, in minutes (ASVS 6.4.1). */
const MINUTES = 30;

type MailFacts = { readonly db: Db; readonly post: Post; readonly publicUrl: string };

/**
 * Mails a link to set another password, if the address has an account that works in a shop. A newer
 * link replaces an older one. Only the link's hash is kept, and the mail waits in no outbox, where
 * others could read it.
 */
export async function mailReset(
  { db, post, publicUrl }: MailFacts,
  email: string,
  { ip }: Origin,
): Promise<void> {
  const person = await findRecipient(db, email);
  if (person === null) return;
  const { token, hash } = newToken();
  await transaction(db, async (client) => {
    await client.query(SAVE, [person.id, hash, MINUTES]);
    await logAccess(client, person.id, { action: 'password_reset_asked', ip: ip ?? '' });
  });
  // After a #, so that the secret reaches no log of a server or a proxy.
  const link = `${publicUrl}/password-reset#${token}`;
  const words = writeReset({ name: person.name, link, minutes: MINUTES });
  const { shopId, shopName } = person;
  const id = randomInt(2 ** 47);
  const due = { id, shopId, orderNumber: null, kind: 'password_reset' as const, tries: 1 };
  const posted = await post.send(
    { ...due, ...words, recipient: person.email, occasion: '' },
    { ...words, shopName, to: [person.email], copyTo: [], withheld: null },
  );
  if (posted.kind !== 'sent') throw new Error(`a link was not mailed: ${posted.error}`);
}

const SAVE = `
  insert into password_resets (user_id, token_hash, expires_at)
  values ($1, $2, clock_timestamp() + $3 * interval '1 minute')
  on conflict (user_id) do update set token_hash = excluded.token_hash,
    created_at = clock_timestamp(), expires_at = excluded.expires_at`;

type ResetRecipient = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly shopId: string;
  readonly shopName: string;
};

/** Finds the person of an address, with the first shop in which they work. */
async function findRecipient(db: Queryable, email: string): Promise<ResetRecipient | null> {
  const { rows } = await db.query<ResetRecipient>(
    `select u.id, u.name, u.email, shop_id as "shopId", shops.name as "shopName"
       from "user" u join members m on m.user_id = u.id join shops using (shop_id)
      where lower(u.email) = lower($1) order by shop_id limit 1`,
    [email],
  );
  return rows[0] ?? null;
}

/** The person who may set another password by a link. */
export type Resetting = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** False if nobody has proved the address before: the link proves it. */
  readonly isProved: boolean;
};

/** Finds the person of a link that is still good; null if there is none. */
export async function findReset(db: Queryable, token: string): Promise<Resetting | null> {
  const { rows } = await db.query<Resetting>(
    `select u.id, u.name, u.email, u."emailVerified" as "isProved"
       from password_resets r join "user" u on u.id = r.user_id
      where r.token_hash = $1 and r.expires_at > clock_timestamp()`,
    [hashToken(token)],
  );
  return rows[0] ?? null;
}

/** Uses a link up; false if somebody was quicker. */
export async function takeReset(db: Queryable, token: string): Promise<boolean> {
  const { rowCount } = await db.query(
    'delete from password_resets where token_hash = $1 and expires_at > clock_timestamp()',
    [hashToken(token)],
  );
  return rowCount === 1;
}

/** Forgets links that no longer work. */
export async function purgeResets(db: Queryable): Promise<void> {
  await db.query('delete from password_resets where expires_at <= clock_timestamp()');
}
