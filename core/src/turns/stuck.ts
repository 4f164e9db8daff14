import { nameOf, type OrderRef } from '../domain/order/order.ts';
import { backoffMs } from './timing.ts';

const FIRST_MS = 1_000;
const MOST_MS = 300_000;

/**
 * Orders whose last turn failed. Each failure lengthens the pause before the next try, so one bad
 * order does not hold up the others (F37).
 */
export class Stuck {
  readonly #stopwatch: () => number;
  readonly #left = new Map<string, { readonly tries: number; readonly until: number }>();

  /** `stopwatch`: milliseconds on a clock that nobody sets. */
  constructor(stopwatch: () => number) {
    this.#stopwatch = stopwatch;
  }

  /** The number of orders whose last turn failed. */
  get size(): number {
    return this.#left.size;
  }

  /** True while the order pauses. */
  isLeft(ref: OrderRef): boolean {
    return (this.#left.get(nameOf(ref))?.until ?? Number.NEGATIVE_INFINITY) > this.#stopwatch();
  }

  /** Records a failed turn of the order. */
  note(ref: OrderRef): void {
    const tries = (this.#left.get(nameOf(ref))?.tries ?? 0) + 1;
    const waitMs = Math.min(backoffMs(FIRST_MS, tries - 1), MOST_MS);
    this.#left.set(nameOf(ref), { tries, until: this.#stopwatch() + waitMs });
  }

  /** Records a successful turn of the order. */
  forget(ref: OrderRef): void {
    this.#left.delete(nameOf(ref));
  }
}
