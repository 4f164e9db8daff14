import type { JstDate } from '@renkei/core/domain/values/jst.ts';
import type { Queryable } from '../db/db.ts';

/** Lists the people who handle attention items in a shop. */
export async function listReaders(
  db: Queryable,
  shopId: string,
): Promise<{ readonly id: string; readonly email: string }[]> {
  const { rows } = await db.query<{ id: string; email: string }>(
    `select u.id, u.email from members m join "user" u on u.id = m.user_id
      where m.shop_id = $1 and m.role <> 'viewer' order by u.id limit 200`,
    [shopId],
  );
  return rows;
}

export async function wasDigested(db: Queryable, shopId: string, on: JstDate): Promise<boolean> {
  const { rowCount } = await db.query(
    `select 1 from mails where shop_id = $1 and kind = 'attention_digest'
        and occasion like $2 || ' %' limit 1`,
    [shopId, on],
  );
  return rowCount === 1;
}

/** Queues a digest mail; one for each person and day. */
export async function queueDigest(
  db: Queryable,
  shopId: string,
  digest: { occasion: string; email: string; subject: string; body: string },
): Promise<void> {
  await db.query(
    `insert into mails (shop_id, kind, occasion, recipient, subject, body, composed)
     values ($1, 'attention_digest', $2, $3, $4, $5, true)
     on conflict do nothing`,
    [shopId, digest.occasion, digest.email, digest.subject, digest.body],
  );
}
