import type { ActName, MailedAct } from '@renkei/contract/attention/acts.ts';
import type { Instant } from '@renkei/core/domain/values/jst.ts';
import { type Actor, type Origin, RENKEI } from '@renkei/core/turns/operation.ts';
import type { Queryable } from '../db/db.ts';

/** The factor of a sign-in. */
export type Factor = 'password' | 'totp' | 'recovery_code' | 'passkey';

type ActFacts = { readonly action: ActName; readonly [fact: string]: unknown };

/** Logs an act in one shop; `subject` is the person or thing that it is done to. */
export async function logAct(
  db: Queryable,
  { shopId, actor }: { readonly shopId: string; readonly actor: Actor },
  subject: string,
  act: ActFacts,
): Promise<void> {
  await db.query(
    `insert into shop_log (shop_id, actor, area, subject, after) values ($1, $2, 'access', $3, $4)`,
    [shopId, actor, subject, act],
  );
}

/**
 * Logs an access of a person in each shop where they work. The actor is the one that the
 * transaction names, otherwise the person. The database itself logs successful sign-ins.
 */
export async function logAccess(
  db: Queryable,
  userId: string,
  { action, ...facts }: ActFacts,
): Promise<void> {
  await db.query('select log_access($1, $2, $3)', [userId, action, facts]);
}

/** Logs a wrong factor of the person with this address; does nothing for an unknown one. */
export async function logFailedSignIn(
  db: Queryable,
  { email, factor }: { readonly email: string; readonly factor: Factor },
  from: Origin,
): Promise<void> {
  await db.query(
    `insert into shop_log (shop_id, actor, area, subject, after)
     select m.shop_id, $2, 'access', u.name, $3
       from "user" u join members m on m.user_id = u.id
      where lower(u.email) = lower($1) order by m.shop_id`,
    [email, { ...RENKEI, from }, { action: 'sign_in_failed', factor, ip: from.ip }],
  );
}

/** A change of an account, as its person is mailed about it. */
export type LoggedChange = {
  readonly action: MailedAct;
  readonly at: Instant;
  /** The person's name. */
  readonly name: string;
  readonly actor: Actor;
  /** The new name or address, or the name of the passkey. */
  readonly to: string | null;
};

/** Finds the entry that a mail to a person is about, by the mail's occasion. */
export async function findMailedChange(
  db: Queryable,
  shopId: string,
  occasion: string,
): Promise<LoggedChange | null> {
  const { rows } = await db.query<LoggedChange>(
    `select after ->> 'action' as action, at, subject as name, actor,
        coalesce(after ->> 'email', after ->> 'name', after ->> 'passkey') as "to"
       from shop_log where shop_id = $1 and area = 'access' and n = split_part($2, ' ', 2)::bigint`,
    [shopId, occasion],
  );
  return rows[0] ?? null;
}
