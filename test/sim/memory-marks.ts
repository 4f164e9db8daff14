import type { Asked, Marks } from '../../core/src/ports/marks.ts';
import type { MemoryStore } from './memory-store.ts';

/**
 * The mark files of both processes; a restore of the database does not change them. Here they note
 * only asks. The real files also hold the seals of the journal, which makes Renkei notice a restore
 * more often; the simulation does not count on that.
 */
export class MemoryMarks implements Marks {
  readonly #store: MemoryStore;
  #noted: Asked[] = [];

  constructor(store: MemoryStore) {
    this.#store = store;
  }

  note(asked: Asked): void {
    this.#noted.push(asked);
  }

  /** The noted asks that the database does not know of. */
  get lacking(): Asked[] {
    return this.#noted.filter((asked) => !this.#isKnown(asked));
  }

  /** A person accepts that the database does not know of these asks. */
  accept(): void {
    this.#noted = this.#noted.filter((asked) => this.#isKnown(asked));
  }

  #isKnown({ shopId, what, id, n }: Asked): boolean {
    if (what === 'revocation') {
      return [...this.#store.orders.values()].some(
        (order) =>
          order.shopId === shopId &&
          order.redirects.some(
            ({ settleno, revocation }) => settleno === id && (revocation?.asks ?? 0) >= n,
          ),
      );
    }
    return what === 'step'
      ? this.#store.stepsOf({ shopId, id }).some((step) => step.n === n)
      : this.#store.mails.some((mail) => String(mail.id) === id && mail.tries >= n);
  }
}
