import { nameOf, type OrderRef } from '../domain/order.ts';
import { backoffMs } from './timing.ts';

/**
 * The orders of which no turn could be made, be it that the database was away or that something is
 * wrong with them: each is left for longer every time, so that it keeps nobody else waiting (F37).
 */
export type Stuck = {
  /** How many there are. */
  readonly size: number;
  /** True while an order is left alone. */
  isLeft(ref: OrderRef): boolean;
  /** No turn could be made. */
  note(ref: OrderRef): void;
  /** One could. */
  forget(ref: OrderRef): void;
};

const FIRST_MS = 1_000;
const MOST_MS = 300_000;

/** `stopwatch`: milliseconds on a clock that is never set. */
export function createStuck(stopwatch: () => number): Stuck {
  const left = new Map<string, { readonly tries: number; readonly until: number }>();
  return {
    get size() {
      return left.size;
    },
    isLeft: (ref) => (left.get(nameOf(ref))?.until ?? Number.NEGATIVE_INFINITY) > stopwatch(),
    note(ref) {
      const tries = (left.get(nameOf(ref))?.tries ?? 0) + 1;
      const waitMs = Math.min(backoffMs(FIRST_MS, tries - 1), MOST_MS);
      left.set(nameOf(ref), { tries, until: stopwatch() + waitMs });
    },
    forget(ref) {
      left.delete(nameOf(ref));
    },
  };
}
