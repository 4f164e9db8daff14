import type { Role } from '../contract/shop.ts';
import type { Queryable } from '../store/db.ts';

/** A user's place in a shop. */
export type Membership = {
  readonly shopId: string;
  readonly shopName: string;
  readonly role: Role;
  readonly linkEnabled: boolean;
  readonly environment: 'sandbox' | 'test' | 'production';
};

/** The shops in which a user works, at most 200, in the order of their ids. */
export async function listMemberships(db: Queryable, userId: string): Promise<Membership[]> {
  const { rows } = await db.query<Membership>({ ...SELECT, values: [userId] });
  return rows;
}

const SELECT = {
  name: 'select-memberships',
  text: `select shop_id as "shopId", name as "shopName", role, link_enabled as "linkEnabled",
           fregi_environment as environment
           from members join shops using (shop_id) where user_id = $1
          order by shop_id limit 200`,
};

/** Puts a user to work in a shop, or gives them another role there. */
export async function saveMember(
  db: Queryable,
  { shopId, userId, role }: { shopId: string; userId: string; role: Role },
): Promise<void> {
  await db.query(
    `insert into members (shop_id, user_id, role) values ($1, $2, $3)
     on conflict (shop_id, user_id) do update set role = excluded.role`,
    [shopId, userId, role],
  );
}

export type ShopChoice =
  | { readonly kind: 'chosen'; readonly membership: Membership }
  /** Not a shop of this user; whether it exists at all is not said. */
  | { readonly kind: 'not_found' }
  /** None was named, and there is more than one to choose from. */
  | { readonly kind: 'ambiguous' };

/** Which shop a request is about. May be left unnamed by whoever has just one. */
export function chooseShop(
  memberships: readonly Membership[],
  named: string | undefined,
): ShopChoice {
  if (named === undefined && memberships.length > 1) return { kind: 'ambiguous' };
  const membership =
    named === undefined ? memberships[0] : memberships.find(({ shopId }) => shopId === named);
  return membership === undefined ? { kind: 'not_found' } : { kind: 'chosen', membership };
}
