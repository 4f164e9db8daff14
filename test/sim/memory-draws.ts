import type { Drawn } from '../../core/src/domain/limits/limits.ts';
import type { LimitedKind } from '../../core/src/domain/order/proposal.ts';
import type { Operation } from '../../core/src/turns/operation.ts';

/** F59: what people have drawn, as PostgreSQL reads and refuses it. */

/** Returns what a person has drawn: the last number, and the yen of the last day. */
export function drawnBy(
  operations: Iterable<Operation>,
  shopId: string,
  actorId: string | undefined,
): Drawn {
  const draws = [...operations]
    .filter((one) => one.shopId === shopId && one.actor.id === actorId)
    .flatMap(({ draw, state }) =>
      draw === null ? [] : [{ ...draw, counts: state !== 'declined' && state !== 'not_sent' }],
    );
  const on =
    draws
      .map((draw) => draw.on)
      .toSorted()
      .at(-1) ?? null;
  const yenOf = (wanted: LimitedKind) =>
    draws
      .filter(({ kind, on: day, counts }) => kind === wanted && day === on && counts)
      .reduce((sum, { amount }) => sum + amount, 0);
  const last = Math.max(0, ...draws.map(({ n }) => n));
  return { last, on, refund: yenOf('refund'), raise: yenOf('raise') };
}

/** Refuses a second draw of a person with the same number. */
export function refuseDraw(operations: Iterable<Operation>, wanted: Operation): void {
  const { shopId, id, draw, actor } = wanted;
  const isTaken = [...operations].some(
    (one) =>
      one.shopId === shopId &&
      one.id !== id &&
      one.actor.id === actor.id &&
      one.draw?.n === draw?.n,
  );
  if (draw !== null && isTaken) throw new Error('one_draw_per_number');
}
