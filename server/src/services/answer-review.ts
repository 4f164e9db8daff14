import type { Witnesses } from '@renkei/core/domain/events.ts';
import type { Seen } from '@renkei/core/turns/asks.ts';
import type { Actor } from '@renkei/core/turns/operation.ts';
import { type ReviewChoice, takesSecondPerson, witnessesOf } from '@renkei/core/turns/review.ts';
import { proposeAnswer } from '../store/attention/reviews.ts';
import type { Queryable } from '../store/db/db.ts';

/**
 * Takes a person's answer of an operation in review. `proposed`: it waits for a second person.
 * `own`: this person's answer waits already. Else it counts, by these witnesses.
 */
export async function witnessAnswer(
  db: Queryable,
  place: { readonly shopId: string; readonly operationId: string },
  answer: { readonly seen: Seen | null; readonly choice: ReviewChoice },
  actor: Actor,
): Promise<'proposed' | 'own' | Witnesses> {
  const { seen, choice } = answer;
  if (seen === null || !takesSecondPerson(choice, seen)) return witnessesOf(actor, null);
  const proposed = await proposeAnswer(db, place, seen, actor);
  return typeof proposed === 'string' ? proposed : witnessesOf(actor, proposed.by);
}
