import type { Instant } from '@renkei/core/domain/values/jst.ts';
import type { Seen } from '@renkei/core/turns/asks.ts';
import type { Actor } from '@renkei/core/turns/operation.ts';
import type { Queryable } from '../db/db.ts';

/** A person's answer to an operation in review, and a second person's verdict on it. */
export type StoredAnswer = {
  readonly answer: Seen;
  readonly actor: Actor;
  readonly at: Instant;
  readonly confirmedBy: Actor | null;
  readonly declinedBy: Actor | null;
  readonly declinedAt: Instant | null;
};

type ReviewRef = { readonly shopId: string; readonly operationId: string };

export async function loadReviewAnswer(
  db: Queryable,
  { shopId, operationId }: ReviewRef,
): Promise<StoredAnswer | null> {
  const { rows } = await db.query<StoredAnswer>(
    `select answer, actor, at, confirmed_by as "confirmedBy", declined_by as "declinedBy",
            declined_at as "declinedAt"
       from review_answers where shop_id = $1 and operation_id = $2`,
    [shopId, operationId],
  );
  return rows[0] ?? null;
}

/** An answer to store: a new one, or one that a second person has confirmed. */
export type KeptAnswer = Pick<StoredAnswer, 'answer' | 'actor' | 'confirmedBy'>;

/**
 * Stores an answer in place of `before`, which the caller read. Resolves to false and writes
 * nothing if another answer replaced `before` meanwhile; the caller then reads and judges again.
 */
export async function keepReviewAnswer(
  db: Queryable,
  { shopId, operationId }: ReviewRef,
  before: StoredAnswer | null,
  { answer, actor, confirmedBy }: KeptAnswer,
): Promise<boolean> {
  const values = [shopId, operationId, JSON.stringify(answer), actor, confirmedBy];
  if (before === null) {
    const { rowCount } = await db.query(
      `insert into review_answers (shop_id, operation_id, answer, actor, confirmed_by, confirmed_at)
       values ($1, $2, $3, $4, $5, case when $5::jsonb is not null then now() end)
       on conflict do nothing`,
      values,
    );
    return rowCount === 1;
  }
  const { rowCount } = await db.query(
    `update review_answers
        set answer = $3, actor = $4, confirmed_by = $5, declined_by = null, declined_at = null,
            at = case when $5::jsonb is null then now() else at end,
            confirmed_at = case when $5::jsonb is not null then now() end
      where shop_id = $1 and operation_id = $2 and answer = $6::jsonb and actor = $7::jsonb
        and confirmed_by is not distinct from $8::jsonb
        and declined_by is not distinct from $9::jsonb`,
    [...values, JSON.stringify(before.answer), before.actor, before.confirmedBy, before.declinedBy],
  );
  return rowCount === 1;
}

/** Ends the wait of an answer: a second person found otherwise, or it was withdrawn. */
export async function declineAnswer(
  db: Queryable,
  { shopId, operationId }: ReviewRef,
  actor: Actor,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `update review_answers set declined_by = $3, declined_at = now()
      where shop_id = $1 and operation_id = $2 and declined_by is null and confirmed_by is null`,
    [shopId, operationId, actor],
  );
  return rowCount === 1;
}
