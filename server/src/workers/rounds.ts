/** Background work that a server opens and closes. */
export type Worker = {
  /** Begins the first round at once, and each next round `everyMs` after the previous one. */
  open(everyMs?: number): void;
  /** Lets no further round begin. Resolves when the present round has ended. */
  close(): Promise<void>;
};

/**
 * Repeats rounds of some work, never two at once. A failed round is reported, and the next one
 * comes as usual. After a round that resolves to `more` the next follows without a pause.
 */
export class Rounds {
  readonly #round: () => Promise<unknown>;
  readonly #onError: (error: unknown) => void;
  #closed = false;
  #everyMs = 0;
  #timer: NodeJS.Timeout | undefined;
  #underway: Promise<void> = Promise.resolve();

  constructor(round: () => Promise<unknown>, onError: (error: unknown) => void) {
    this.#round = round;
    this.#onError = onError;
  }

  open(everyMs: number): void {
    this.#everyMs = everyMs;
    if (!this.#closed) this.#begin();
  }

  /** Starts the next round now, unless a round is under way. */
  soon(): void {
    if (this.#closed || this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#begin();
  }

  close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    return this.#underway;
  }

  /** True once closed, so that a round can end early. */
  get closed(): boolean {
    return this.#closed;
  }

  #begin(): void {
    this.#timer = undefined;
    this.#underway = this.#go();
  }

  async #go(): Promise<void> {
    const left = await this.#round().catch(this.#onError);
    if (this.#closed) return;
    this.#timer = setTimeout(() => this.#begin(), left === 'more' ? 0 : this.#everyMs);
  }
}
