/** Work in the background, as a server opens and closes it. */
export type Worker = {
  /** Begins the first round at once, and each further one `everyMs` after the one before. */
  open(everyMs?: number): void;
  /** No further round begins. Resolves when the one underway has ended. */
  close(): Promise<void>;
};

/**
 * Makes rounds of some work, never two at once. A round that fails is told, and the next one comes
 * all the same. After a round that resolves to `more` the next follows without a pause.
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

  /** Brings the next round forward to now, unless a round is underway. */
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

  /** True once it was closed: for a round that can end early. */
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
