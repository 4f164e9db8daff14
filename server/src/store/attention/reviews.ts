import type { Instant } from '@renkei/core/domain/order.ts';
import type { Seen } from '@renkei/core/turns/asks.ts';
import type { Actor } from '@renkei/core/turns/operation.ts';
import type { Queryable } from '../db/db.ts';

/** What a person has found for an operation in review, and what another has said of it since. */
export type StoredAnswer = {
  readonly answer: Seen;
  readonly actor: Actor;
  readonly at: Instant;
  readonly confirmedBy: Actor | null;
  readonly declinedBy: Actor | null;
  readonly declinedAt: Instant | null;
};

type Place = { readonly shopId: string; readonly operationId: string };

export async function loadReviewAnswer(
  db: Queryable,
  { shopId, operationId }: Place,
): Promise<StoredAnswer | null> {
  const { rows } = await db.query<StoredAnswer>(
    `select answer, actor, at, confirmed_by as "confirmedBy", declined_by as "declinedBy",
            declined_at as "declinedAt"
       from review_answers where shop_id = $1 and operation_id = $2`,
    [shopId, operationId],
  );
  return rows[0] ?? null;
}

/**
 * Notes an answer that takes a second person. `proposed`: it waits for one, in place of any other
 * that waited. `own`: it is this person's own answer that waits already; nothing has changed.
 * Else it is confirmed: `by` has found the same before.
 */
export async function proposeAnswer(
  db: Queryable,
  { shopId, operationId }: Place,
  answer: Seen,
  actor: Actor,
): Promise<'proposed' | 'own' | { readonly by: Actor }> {
  const confirmed = await db.query<{ by: Actor }>(
    `update review_answers set confirmed_by = $4, confirmed_at = now()
      where shop_id = $1 and operation_id = $2 and answer = $3::jsonb and declined_by is null
        and actor ->> 'id' <> $4::jsonb ->> 'id'
      returning actor as by`,
    [shopId, operationId, JSON.stringify(answer), actor],
  );
  const [first] = confirmed.rows;
  if (first !== undefined) return first;
  const proposed = await db.query(
    `insert into review_answers (shop_id, operation_id, answer, actor) values ($1, $2, $3, $4)
     on conflict (shop_id, operation_id) do update set answer = excluded.answer,
       actor = excluded.actor, at = now(), confirmed_by = null, confirmed_at = null,
       declined_by = null, declined_at = null
     where review_answers.answer <> excluded.answer or review_answers.declined_by is not null`,
    [shopId, operationId, JSON.stringify(answer), actor],
  );
  return proposed.rowCount === 1 ? 'proposed' : 'own';
}

/** An answer that waits does so no more: another person has not found it so, or it was withdrawn. */
export async function declineAnswer(
  db: Queryable,
  { shopId, operationId }: Place,
  actor: Actor,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `update review_answers set declined_by = $3, declined_at = now()
      where shop_id = $1 and operation_id = $2 and declined_by is null and confirmed_by is null`,
    [shopId, operationId, actor],
  );
  return rowCount === 1;
}
