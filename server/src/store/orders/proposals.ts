import {
  isAllowed,
  PERMISSION_TO,
  permissionOf,
  ROLES,
} from '@renkei/core/domain/commands/permissions.ts';
import type { OrderRef, Proposal } from '@renkei/core/domain/order/order.ts';
import type { Queryable } from '../db/db.ts';

/** A command that waits for a second person (F59), with its order and shop. */
export type ProposedCommand = OrderRef & {
  readonly shopName: string;
  readonly memberDays: number;
  readonly proposal: Proposal;
};

/** Lists orders whose proposal is over, the longest over first. */
export async function listExpired(db: Queryable, limit: number): Promise<OrderRef[]> {
  const { rows } = await db.query<OrderRef>(
    `select shop_id as "shopId", order_number as "orderNumber" from orders
      where proposal is not null
        and (proposal ->> 'until')::float8 <= extract(epoch from clock_timestamp()) * 1000
      order by (proposal ->> 'until')::float8 limit $1`,
    [limit],
  );
  return rows;
}

/** The occasion of a mail about a proposal; each person gets one. */
const OCCASION = `'second person ' || o.order_number || ' ' || (o.proposal ->> 'version') || ' '`;

/** Lists proposals about which no mail was written yet, oldest first. */
export async function listUntold(db: Queryable, limit: number): Promise<ProposedCommand[]> {
  const { rows } = await db.query<Omit<ProposedCommand, 'memberDays'> & { memberDays: number }>(
    `select o.shop_id as "shopId", o.order_number as "orderNumber", shops.name as "shopName",
            coalesce((shops.limits ->> 'memberDays')::int, 7) as "memberDays", o.proposal
       from orders o join shops on shops.shop_id = o.shop_id
      where o.proposal is not null
        and not exists (select from mails m where m.shop_id = o.shop_id and m.order_number is null
              and m.kind = 'second_person' and starts_with(m.occasion, ${OCCASION}))
      order by (o.proposal ->> 'at')::float8 limit $1`,
    [limit],
  );
  return rows;
}

/** Lists the people who may be the second person of a proposal. */
export async function listSecondPersons(
  db: Queryable,
  { shopId, proposal, memberDays }: ProposedCommand,
): Promise<{ readonly id: string; readonly email: string }[]> {
  const permissions = [permissionOf(proposal.command), PERMISSION_TO.agree_to_proposal];
  const roles = ROLES.filter((role) => permissions.every((wanted) => isAllowed(role, wanted)));
  const { rows } = await db.query<{ id: string; email: string }>(
    `select u.id, u.email from members m join "user" u on u.id = m.user_id
      where m.shop_id = $1 and m.role = any($2) and u.id <> $3
        and coalesce(m.since, 'epoch') <= to_timestamp($4::float8 / 1000) - $5 * interval '1 day'
      order by u.id limit 200`,
    [shopId, roles, proposal.by.id, proposal.at, memberDays],
  );
  return rows;
}

/** Queues a mail to one person; a second one about the same proposal is none. */
export async function queueSecondPersonMail(
  db: Queryable,
  { shopId, orderNumber, proposal }: ProposedCommand,
  mail: { id: string; email: string; subject: string; body: string },
): Promise<void> {
  await db.query(
    `insert into mails (shop_id, kind, occasion, recipient, subject, body, composed)
     values ($1, 'second_person', $2, $3, $4, $5, true)
     on conflict do nothing`,
    [
      shopId,
      `second person ${orderNumber} ${proposal.version} ${mail.id}`,
      mail.email,
      mail.subject,
      mail.body,
    ],
  );
}
