import type { Queryable } from './db.ts';

/** A member of a shop by id, or null where there is none: whoever is no member cannot be named. */
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
