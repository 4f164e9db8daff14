import type { Member } from '@renkei/contract/shop/members.ts';
import type { Queryable } from '../db/db.ts';

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
    `select u.id, u.name, u.email, m.role from members m join "user" u on u.id = m.user_id
      where m.shop_id = $1 order by u.name, u.email limit 500`,
    [shopId],
  );
  return rows;
}
