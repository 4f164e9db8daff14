import type { Asked, Marks } from '../../core/src/ports/marks.ts';
import type { MemoryStore } from './memory-store.ts';

/**
 * The files of marks of both processes, which stay as they are when the database is restored. Only
 * what was asked is noted here; that the seals of the journal stand in the real files, too, makes
 * a restore noticed more often, and is not counted on.
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

  /** What was asked, and the database does not know of. */
  get lacking(): Asked[] {
    return this.#noted.filter((asked) => !this.#isKnown(asked));
  }

  /** A person has accepted that the database does not know of what it lacks. */
  accept(): void {
    this.#noted = this.#noted.filter((asked) => this.#isKnown(asked));
  }

  #isKnown({ shopId, what, id, n }: Asked): boolean {
    return what === 'step'
      ? this.#store.stepsOf({ shopId, id }).some((step) => step.n === n)
      : this.#store.mails.some((mail) => String(mail.id) === id && mail.tries >= n);
  }
}
