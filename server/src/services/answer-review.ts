import type { Witnesses } from '@renkei/core/domain/order/witnesses.ts';
import type { Seen } from '@renkei/core/turns/asks.ts';
import type { Actor } from '@renkei/core/turns/operation.ts';
import { judgeAnswer, type ReviewChoice } from '@renkei/core/turns/review.ts';
import { keepReviewAnswer, loadReviewAnswer } from '../store/attention/reviews.ts';
import type { Queryable } from '../store/db/db.ts';

/** The most repeated judgements of an answer when other people's come in between. */
const TRIES_MAX = 5;

/**
 * Takes a person's answer to an operation in review. `waits`: for a second person. `own`: this
 * person's answer waits already. Otherwise it counts, by these witnesses. Of two simultaneous
 * answers, the second is judged again beside the first.
 */
export async function witnessAnswer(
  db: Queryable,
  place: { readonly shopId: string; readonly operationId: string },
  answer: { readonly seen: Seen | null; readonly choice: ReviewChoice },
  actor: Actor,
): Promise<'waits' | 'own' | Witnesses> {
  const { seen } = answer;
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const before = await loadReviewAnswer(db, place);
    const judged = judgeAnswer(before, answer, actor);
    if (judged.kind === 'own') return 'own';
    if (judged.kind === 'counts' && !judged.confirms) return judged.witnesses;
    if (seen === null) throw new Error('an answer without a transaction needs no second person');
    const next =
      judged.kind === 'counts' && before !== null
        ? { answer: before.answer, actor: before.actor, confirmedBy: actor }
        : { answer: seen, actor, confirmedBy: null };
    if (await keepReviewAnswer(db, place, before, next)) {
      return judged.kind === 'counts' ? judged.witnesses : 'waits';
    }
  }
  throw new Error('the answers of this review keep changing');
}
