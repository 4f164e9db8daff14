import type { Instant } from '../domain/order.ts';
import type { Seen } from '../operations/gateway.ts';
import type { Actor } from '../operations/operation.ts';
import type { Queryable } from './db.ts';

/** What a person has found for an operation in review, and who has found the same since. */
export type StoredAnswer = {
  readonly answer: Seen;
  readonly actor: Actor;
  readonly at: Instant;
  readonly confirmedBy: Actor | null;
};

export async function loadReviewAnswer(
  db: Queryable,
  shopId: string,
  operationId: string,
): Promise<StoredAnswer | null> {
  const { rows } = await db.query<StoredAnswer>(
    `select answer, actor, at, confirmed_by as "confirmedBy" from review_answers
      where shop_id = $1 and operation_id = $2`,
    [shopId, operationId],
  );
  return rows[0] ?? null;
}

/**
 * Notes an answer that takes a second person. `proposed`: it waits for one, in place of any other
 * that waited. `confirmed`: another person has found the same before. The same person again
 * changes nothing.
 */
export async function proposeAnswer(
  db: Queryable,
  { shopId, operationId }: { readonly shopId: string; readonly operationId: string },
  answer: Seen,
  actor: Actor,
): Promise<'proposed' | 'confirmed'> {
  const confirmed = await db.query(
    `update review_answers set confirmed_by = $4, confirmed_at = now()
      where shop_id = $1 and operation_id = $2 and answer = $3::jsonb
        and actor ->> 'id' <> $4::jsonb ->> 'id'`,
    [shopId, operationId, JSON.stringify(answer), actor],
  );
  if (confirmed.rowCount === 1) return 'confirmed';
  await db.query(
    `insert into review_answers (shop_id, operation_id, answer, actor) values ($1, $2, $3, $4)
     on conflict (shop_id, operation_id) do update set answer = excluded.answer,
       actor = excluded.actor, at = now(), confirmed_by = null, confirmed_at = null
     where review_answers.answer <> excluded.answer`,
    [shopId, operationId, JSON.stringify(answer), actor],
  );
  return 'proposed';
}
