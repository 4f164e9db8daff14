import { randomBytes } from 'node:crypto';
import { removeSecondFactors, setPassword, unlinkDirectory } from '../access/accounts.ts';
import { listMemberships, removeMember } from '../access/members.ts';
import { endSessions } from '../access/sessions.ts';
import type { Db } from '../store/db/db.ts';
import { findAccount } from '../store/people/account-origins.ts';
import { adminActor, lastOwner, UsageError } from './usage.ts';

/** The typed facts of a command about a person. */
export type GivenBy = { readonly by?: string };

/** Sets a random password, printed once; every session ends. The second factor stays. */
export async function resetPassword(db: Db, email: string, given: GivenBy): Promise<void> {
  const userId = await userOf(db, email);
  const password = randomBytes(15).toString('base64url');
  await setPassword(db, { userId, actor: adminActor(given) }, password);
  console.log(`${email} has another password, and every session has ended`);
  console.log(`password, shown this once: ${password}`);
}

/** Takes the second factors away, for a lost phone without recovery codes; every session ends. */
export async function resetTwoFactor(db: Db, email: string, given: GivenBy): Promise<void> {
  const userId = await userOf(db, email);
  await removeSecondFactors(db, { userId, actor: adminActor(given) });
  console.log(`${email} has no second factor and no passkey any more, and every session has ended`);
}

/** Takes the link to the company directory away; every session ends. */
export async function unlinkPerson(db: Db, email: string, given: GivenBy): Promise<void> {
  const userId = await userOf(db, email);
  const wasLinked = await unlinkDirectory(db, { userId, actor: adminActor(given) });
  if (!wasLinked) throw new UsageError(`${email} is not linked to a company directory`);
  console.log(`${email} is not linked to the company directory any more`);
  console.log('every session has ended; the next sign-in there links the account anew');
}

export async function endAllSessions(db: Db, email: string, given: GivenBy): Promise<void> {
  const userId = await userOf(db, email);
  const ended = await endSessions(db, { userId, actor: adminActor(given) });
  console.log(`${email}: ${ended} ${ended === 1 ? 'session has' : 'sessions have'} ended`);
}

/** Removes a person from one shop, or from all; a shop keeps an owner. The account stays. */
export async function removePerson(
  db: Db,
  email: string,
  { shop, force, ...given }: GivenBy & { readonly shop?: string; readonly force?: string },
): Promise<void> {
  const userId = await userOf(db, email);
  const memberships = await listMemberships(db, userId);
  const shops = memberships.map(({ shopId }) => shopId);
  const wanted = shop === undefined ? shops : shops.filter((shopId) => shopId === shop);
  if (wanted.length === 0) {
    throw new UsageError(`${email} does not work in ${shop ?? 'any shop'}`);
  }
  for (const shopId of wanted) {
    const outcome = await removeMember(db, { shopId, userId, actor: adminActor(given), force });
    if (outcome === 'last_owner') throw lastOwner(email, shopId);
    console.log(`${email} is removed from ${shopId}, and every session has ended`);
  }
}

async function userOf(db: Db, email: string): Promise<string> {
  const account = await findAccount(db, email);
  if (account === null) throw new UsageError(`${email} has no account`);
  return account.userId;
}
