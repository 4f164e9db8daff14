import type { MAIL_STATES } from '@renkei/contract/shop/mails.ts';
import type { Role } from '@renkei/core/domain/commands/permissions.ts';
import type { Instant } from '@renkei/core/domain/values/jst.ts';
import type { Actor } from '@renkei/core/turns/operation.ts';
import { logAct } from '../audit/access-log.ts';
import { type Db, type Queryable, transaction } from '../db/db.ts';
import { type AccountOrigin, findAccount } from './account-origins.ts';

/** An invited person who has not accepted yet. */
export type StoredInvitation = {
  readonly shopId: string;
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  /** The name of the person who sent the invitation. */
  readonly invitedBy: string;
  readonly expiresAt: Instant;
  /** True if the link went out by mail, which proves the address of the person who uses it. */
  readonly mailed: boolean;
  readonly mail: MailState | null;
};

type MailState = (typeof MAIL_STATES)[number];

const COLUMNS = `invitations.shop_id as "shopId", id, email, invitations.name, role,
  invited_by as "invitedBy", expires_at as "expiresAt", mailed,
  (select mails.state from mails where mails.shop_id = invitations.shop_id
      and mails.order_number is null and mails.occasion = 'invitation ' || invitations.id) as mail`;

/** Lists invitations that can still be accepted. */
export async function listInvitations(db: Queryable, shopId: string): Promise<StoredInvitation[]> {
  const { rows } = await db.query<StoredInvitation>(
    `select ${COLUMNS} from invitations where shop_id = $1 and expires_at > now()
      order by created_at limit 200`,
    [shopId],
  );
  return rows;
}

/** The most waiting invitations in a shop. */
const WAITING_MAX = 50;

/**
 * Invites a person; replaces an earlier invitation. `member`: they work here already. `too_many`:
 * the shop has reached {@link WAITING_MAX}.
 */
export async function saveInvitation(
  db: Db,
  invitation: Omit<StoredInvitation, 'invitedBy' | 'expiresAt' | 'mailed' | 'mail'>,
  { tokenHash, days, actor, mail }: Sending,
): Promise<StoredInvitation | 'member' | 'too_many'> {
  const { shopId, id, email, name, role } = invitation;
  return transaction(db, async (client) => {
    await client.query('delete from invitations where shop_id = $1 and expires_at <= now()', [
      shopId,
    ]);
    const { rows: known } = await client.query<{ member: boolean; waiting: number }>(
      `select exists (select from members m join "user" u on u.id = m.user_id
                where m.shop_id = $1 and lower(u.email) = lower($2)) as member,
              (select count(*) from invitations
                where shop_id = $1 and lower(email) <> lower($2)) as waiting`,
      [shopId, email],
    );
    if (known[0]?.member) return 'member';
    if ((known[0]?.waiting ?? 0) >= WAITING_MAX) return 'too_many';
    const { rows } = await client.query<StoredInvitation>(
      `insert into invitations (shop_id, id, email, name, role, token_hash, invited_by, expires_at,
         mailed)
       values ($1, $2, $3, $4, $5, $6, $7, now() + $8 * interval '1 day', $9)
       on conflict (shop_id, lower(email)) do update set id = excluded.id, name = excluded.name,
         role = excluded.role, token_hash = excluded.token_hash, created_at = now(),
         invited_by = excluded.invited_by, expires_at = excluded.expires_at,
         mailed = excluded.mailed
       returning ${COLUMNS}`,
      [shopId, id, email, name, role, tokenHash, actor.name, days, mail !== null],
    );
    if (mail !== null) await queueMail(client, invitation, mail);
    await logAct(client, { shopId, actor }, email, { action: 'invited', role });
    return { ...(rows[0] as StoredInvitation), mail: mail === null ? null : 'queued' };
  });
}

type Sending = {
  readonly tokenHash: Buffer;
  readonly days: number;
  readonly actor: Actor;
  /** The mail with the link; null if the inviting person sees the link. */
  readonly mail: { readonly subject: string; readonly body: string } | null;
};

async function queueMail(
  client: Queryable,
  { shopId, id, email }: Pick<StoredInvitation, 'shopId' | 'id' | 'email'>,
  { subject, body }: NonNullable<Sending['mail']>,
): Promise<void> {
  await client.query(
    `insert into mails (shop_id, kind, occasion, recipient, subject, body, composed)
     values ($1, 'invitation', $2, $3, $4, $5, true)`,
    [shopId, `invitation ${id}`, email, subject, body],
  );
}

/** Withdraws an invitation; false if there is none, or if it was accepted. */
export async function withdrawInvitation(
  db: Db,
  { shopId, id }: Pick<StoredInvitation, 'shopId' | 'id'>,
  actor: Actor,
): Promise<boolean> {
  return transaction(db, async (client) => {
    const { rows } = await client.query<{ email: string }>(
      'delete from invitations where shop_id = $1 and id = $2 returning email',
      [shopId, id],
    );
    const [gone] = rows;
    if (gone === undefined) return false;
    const { email } = gone;
    await logAct(client, { shopId, actor }, email, { action: 'invitation_withdrawn' });
    return true;
  });
}

/** An invitation with the shop's name and the person's account, if any. */
export type InvitationFound = StoredInvitation & {
  readonly shopName: string;
  /** The account of the invited address; null if there is none. */
  readonly account: AccountOrigin | null;
};

export async function findInvitation(
  db: Queryable,
  tokenHash: Buffer,
): Promise<InvitationFound | null> {
  const { rows } = await db.query<Omit<InvitationFound, 'account'>>(
    `select ${COLUMNS}, shops.name as "shopName" from invitations join shops using (shop_id) where token_hash = $1 and expires_at > now()`,
    [tokenHash],
  );
  const [found] = rows;
  if (found === undefined) return null;
  return { ...found, account: await findAccount(db, found.email) };
}

/** Lets the invited person in, once; false if the invitation is gone. */
export async function acceptInvitation(
  db: Db,
  tokenHash: Buffer,
  { id, name }: { readonly id: string; readonly name: string },
): Promise<boolean> {
  return transaction(db, async (client) => {
    await nameActor(client, { kind: 'user', id, name });
    const { rowCount } = await client.query(
      `with accepted as (
         delete from invitations where token_hash = $1 and expires_at > now()
         returning shop_id, role
       ) insert into members (shop_id, user_id, role) select shop_id, $2, role from accepted
         on conflict do nothing`,
      [tokenHash, id],
    );
    return rowCount === 1;
  });
}

/** Sets the actor for the database's own log entries until the transaction ends. */
export async function nameActor(client: Queryable, actor: Actor): Promise<void> {
  await client.query(`select set_config('renkei.actor', $1, true)`, [JSON.stringify(actor)]);
}
