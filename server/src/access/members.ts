import type { Role } from '@renkei/core/domain/commands/permissions.ts';
import type { Instant } from '@renkei/core/domain/values/jst.ts';
import type { Actor } from '@renkei/core/turns/operation.ts';
import { logAct } from '../store/audit/access-log.ts';
import { type Db, type Queryable, transaction } from '../store/db/db.ts';
import { gatherOn } from '../store/db/gather.ts';
import { nameActor } from '../store/people/invitations.ts';
import { findMember } from '../store/people/people.ts';

/** A user's role in a shop. */
export type Membership = {
  readonly shopId: string;
  readonly shopName: string;
  readonly role: Role;
  readonly linkEnabled: boolean;
  readonly environment: 'sandbox' | 'test' | 'production';
  /** True if everybody who works in the shop needs a second factor. */
  readonly requireTwoFactor: boolean;
  /** Since when the user works in the shop; 0 if that was never recorded. */
  readonly since: Instant;
};

/** Lists the shops in which a user works, at most 200, by their ids. */
export const listMemberships = gatherOn(async (db, userIds: readonly string[]) => {
  const { rows } = await db.query<Membership & { userId: string }>({
    ...SELECT,
    values: [[...new Set(userIds)]],
  });
  const found = Map.groupBy(rows, ({ userId }) => userId);
  return userIds.map((id): Membership[] =>
    (found.get(id) ?? []).map(({ userId: _, ...membership }) => membership),
  );
});

const SELECT = {
  name: 'select-memberships',
  text: `select asked.id as "userId", of_one.* from unnest($1::text[]) as asked (id)
          cross join lateral (
            select shop_id as "shopId", name as "shopName", role, link_enabled as "linkEnabled",
              fregi_environment as environment, require_two_factor as "requireTwoFactor",
              coalesce(since, 'epoch') as since
              from members join shops using (shop_id) where user_id = asked.id
             order by shop_id limit 200) as of_one
          order by asked.id, "shopId"`,
};

/**
 * Adds a user to a shop, or gives a member another role; a shop keeps an owner. `last_owner`:
 * nothing was changed.
 */
export async function employ(
  db: Db,
  change: MemberChange,
  role: Role,
): Promise<'done' | 'last_owner'> {
  const { shopId, userId, actor } = change;
  const isNew = await transaction(db, async (client) => {
    await nameActor(client, actor);
    const { rowCount } = await client.query(
      `insert into members (shop_id, user_id, role) values ($1, $2, $3) on conflict do nothing`,
      [shopId, userId, role],
    );
    return rowCount === 1;
  });
  if (isNew) return 'done';
  const outcome = await changeRole(db, change, role);
  // If somebody removed the member meanwhile, adds them again.
  return outcome === 'not_found' ? employ(db, change, role) : outcome;
}

/** Adds a user to a shop, or gives them another role there. */
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
  /** Not a shop of this user; the answer does not tell whether it exists. */
  | { readonly kind: 'not_found' }
  /** The request names no shop, and the user has several. */
  | { readonly kind: 'ambiguous' };

/** Chooses the shop of a request. A user with a single shop may leave it unnamed. */
export function chooseShop(
  memberships: readonly Membership[],
  named: string | undefined,
): ShopChoice {
  if (named === undefined && memberships.length > 1) return { kind: 'ambiguous' };
  const membership =
    named === undefined ? memberships[0] : memberships.find(({ shopId }) => shopId === named);
  return membership === undefined ? { kind: 'not_found' } : { kind: 'chosen', membership };
}

export type MemberChanged = 'done' | 'not_found' | 'last_owner';

type MemberChange = {
  readonly shopId: string;
  readonly userId: string;
  readonly actor: Actor;
  /** Why the shop may be left without an owner, for its log; only the administrator says so. */
  readonly force?: string | undefined;
};

/** Gives a member another role. A shop keeps an owner. */
export function changeRole(db: Db, change: MemberChange, role: Role): Promise<MemberChanged> {
  return changing(db, change, role === 'owner', async (client) => {
    await client.query('update members set role = $3 where shop_id = $1 and user_id = $2', [
      change.shopId,
      change.userId,
      role,
    ]);
  });
}

/** Removes a member from the shop at once: their sessions end. A shop keeps an owner. */
export function removeMember(db: Db, change: MemberChange): Promise<MemberChanged> {
  return changing(db, change, false, async (client) => {
    await client.query('delete from "session" where "userId" = $1', [change.userId]);
    await client.query('delete from members where shop_id = $1 and user_id = $2', [
      change.shopId,
      change.userId,
    ]);
  });
}

/** Makes one change of a shop's members at a time, so that two owners cannot remove each other. */
async function changing(
  db: Db,
  { shopId, userId, actor, force }: MemberChange,
  staysOwner: boolean,
  work: (client: Queryable) => Promise<void>,
): Promise<MemberChanged> {
  return transaction(db, async (client) => {
    await nameActor(client, actor);
    await client.query('select from shops where shop_id = $1 for no key update', [shopId]);
    const { rows } = await client.query<{ userId: string; role: Role }>(
      `select user_id as "userId", role from members
        where shop_id = $1 and (role = 'owner' or user_id = $2)`,
      [shopId, userId],
    );
    if (!rows.some((member) => member.userId === userId)) return 'not_found';
    const owners = rows.filter(({ role }) => role === 'owner');
    const isLast = owners.length === 1 && owners[0]?.userId === userId;
    if (isLast && !staysOwner) {
      if (force === undefined) return 'last_owner';
      const { name = userId } = (await findMember(client, shopId, userId)) ?? {};
      await logAct(client, { shopId, actor }, name, { action: 'last_owner_forced', reason: force });
    }
    await work(client);
    return 'done';
  });
}
