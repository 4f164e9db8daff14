/** Work that goes round in the background: a round, a pause, the next round. */
export type Rounds = {
  /** Begins the first round at once. */
  open(everyMs: number): void;
  /** No further round begins. Resolves when the one underway has ended. */
  close(): Promise<void>;
  /** True once it was closed: for a round that can end early. */
  readonly closed: boolean;
};

/**
 * Makes rounds of some work, never two at once. A round that fails is told, and the next one comes
 * all the same. After a round that resolves to `more` the next follows without a pause.
 */
export function createRounds(
  round: () => Promise<unknown>,
  onError: (error: unknown) => void,
): Rounds {
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  let underway: Promise<void> = Promise.resolve();

  async function go(everyMs: number): Promise<void> {
    const left = await round().catch(onError);
    if (closed) return;
    timer = setTimeout(begin, left === 'more' ? 0 : everyMs, everyMs);
  }

  function begin(everyMs: number): void {
    underway = go(everyMs);
  }

  return {
    open(everyMs) {
      if (!closed) begin(everyMs);
    },
    close() {
      closed = true;
      clearTimeout(timer);
      return underway;
    },
    get closed() {
      return closed;
    },
  };
}
