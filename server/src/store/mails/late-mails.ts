import type { LateMail, MailDecision } from '@renkei/contract/shop/waiting-mails.ts';
import type { Instant } from '@renkei/core/domain/values/jst.ts';
import type { Actor } from '@renkei/core/turns/operation.ts';
import { logSettings } from '../audit/settings-log.ts';
import { type Db, type Queryable, transaction } from '../db/db.ts';

/** A mail that waits longer, in milliseconds, does not go out by itself: a person decides. */
export const MAIL_AGE_MAX_MS = 24 * 3_600_000;

/** Waiting mails that are too late, in a statement where $1 is the age in milliseconds. */
export const LATE = `(state = 'queued' and approved_at is null
  and created_at <= now() - $1 * interval '1 millisecond')`;

export type StoredLateMail = Omit<LateMail, 'createdAt'> & { readonly createdAt: Instant };

/** Counts a shop's waiting mails and its late mails; `upTo` is the highest id of the late ones. */
export async function countWaitingMails(
  db: Queryable,
  shopId: string,
  ageMaxMs: number,
): Promise<{ readonly waiting: number; readonly late: number; readonly upTo: number | null }> {
  const { rows } = await db.query<{ waiting: number; late: number; upTo: number | null }>(
    `select count(*) as waiting, count(*) filter (where ${LATE}) as late,
            max(id) filter (where ${LATE}) as "upTo"
       from mails where shop_id = $2 and state = 'queued'`,
    [ageMaxMs, shopId],
  );
  return rows[0] ?? { waiting: 0, late: 0, upTo: null };
}

/** Lists the mails that a person has to decide on, the oldest first. */
export async function listLateMails(
  db: Queryable,
  shopId: string,
  { ageMaxMs, limit }: { readonly ageMaxMs: number; readonly limit: number },
): Promise<StoredLateMail[]> {
  const { rows } = await db.query<StoredLateMail>(
    `select id, kind, order_number as "orderNumber", created_at as "createdAt"
       from mails where shop_id = $2 and ${LATE} order by id limit $3`,
    [ageMaxMs, shopId, limit],
  );
  return rows;
}

/**
 * Sends or drops late mails: those of some ids, or all up to an id; mails that became late since
 * the person looked wait for another look. Logs the decision. Resolves to their number.
 */
export function decideLateMails(
  db: Db,
  { shopId, actor }: { readonly shopId: string; readonly actor: Actor },
  { decision, ids, upTo }: MailDecision,
  ageMaxMs: number,
): Promise<number> {
  return transaction(db, async (client) => {
    const { rowCount } = await client.query(DECIDE[decision], [
      ageMaxMs,
      shopId,
      ids ?? null,
      upTo ?? null,
    ]);
    const mails = rowCount ?? 0;
    if (mails > 0) {
      const after = { lateMails: decision, mails };
      const change = { area: 'settings', subject: '', before: null } as const;
      await logSettings(client, shopId, { ...change, actor, after });
    }
    return mails;
  });
}

const CHOSEN = `where shop_id = $2 and ${LATE} and (id = any($3::bigint[]) or id <= $4::bigint)`;

const DECIDE = {
  send: `update mails set approved_at = now(), due_at = now() ${CHOSEN}`,
  drop: `update mails set state = 'withheld', error = 'too_late' ${CHOSEN}`,
} as const;
