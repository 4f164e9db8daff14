import type { Member } from '@renkei/contract/shop/members.ts';
import type { Actor } from '@renkei/core/turns/operation.ts';
import { type Db, type Queryable, transaction } from '../db/db.ts';
import { nameActor } from './invitations.ts';

/** Finds a member of a shop by id; null if there is none, so that only members can be named. */
export async function findMember(
  db: Queryable,
  shopId: string,
  userId: string,
): Promise<{ readonly id: string; readonly name: string } | null> {
  const { rows } = await db.query<{ id: string; name: string }>(
    `select u.id, u.name from members m join "user" u on u.id = m.user_id
      where m.shop_id = $1 and m.user_id = $2`,
    [shopId, userId],
  );
  return rows[0] ?? null;
}

/** Lists everybody who works in a shop, by name; at most 500. */
export async function listMembers(db: Queryable, shopId: string): Promise<Member[]> {
  const { rows } = await db.query<Member>(
    `select u.id, u.name, u.email, m.role,
        coalesce(u."twoFactorEnabled", false)
          or exists (select from passkeys p where p.user_id = u.id) as "hasSecondFactor" from members m join "user" u on u.id = m.user_id
      where m.shop_id = $1 order by u.name, u.email limit 500`,
    [shopId],
  );
  return rows;
}

/** Changes a person's name; the database logs it in each shop where they work. */
export async function rename(
  db: Db,
  {
    userId,
    name,
    actor,
  }: { readonly userId: string; readonly name: string; readonly actor: Actor },
): Promise<void> {
  await transaction(db, async (client) => {
    await nameActor(client, actor);
    await client.query(
      'update "user" set name = $2, "updatedAt" = now() where id = $1 and name <> $2',
      [userId, name],
    );
  });
}
