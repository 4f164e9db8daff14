import type { Instant } from '@renkei/core/domain/values/jst.ts';
import type { Queryable } from '../db/db.ts';

/** The origin of an account: the administrator's command, or an invitation's link. */
export type OriginWay = 'operator' | 'mailed_link' | 'shown_link';

/** An account's relation to its address: since when, from where, and whether it is proved. */
export type AccountOrigin = {
  readonly userId: string;
  readonly since: Instant;
  readonly isProved: boolean;
  /** Null for an account older than these notes. */
  readonly way: OriginWay | null;
  /** The shop that it was made from; if unknown, the shops in which it works. */
  readonly shops: readonly string[];
};

export async function noteOrigin(
  db: Queryable,
  { userId, shopId, way }: { userId: string; shopId: string; way: OriginWay },
): Promise<void> {
  await db.query(
    `insert into account_origins (user_id, shop_id, way) values ($1, $2, $3) on conflict do nothing`,
    [userId, shopId, way],
  );
}

/** Finds the account of an address; null if there is none. */
export async function findAccount(db: Queryable, email: string): Promise<AccountOrigin | null> {
  const { rows } = await db.query<AccountOrigin>(
    `select u.id as "userId", u."createdAt" as since, u."emailVerified" as "isProved", o.way,
        case when o.shop_id is not null then array[o.shop_id] else coalesce((
          select array_agg(m.shop_id order by m.shop_id) from members m where m.user_id = u.id),
          '{}') end as shops
       from "user" u left join account_origins o on o.user_id = u.id
      where lower(u.email) = lower($1)`,
    [email],
  );
  return rows[0] ?? null;
}
