/**
 * Limits the calls at a time, for each shop and in all, so that one slow shop does not block the
 * others.
 */
export class Bulkhead {
  readonly #perShop: number;
  readonly #total: number;
  readonly #queueMs: number;
  readonly #underway = new Map<string, number>();
  #all = 0;
  #waiting: WaitingCall[] = [];

  constructor(perShop: number, total: number, queueMs: number) {
    this.#perShop = perShop;
    this.#total = total;
    this.#queueMs = queueMs;
  }

  /** Resolves to a turn, first come first served; to null if none is free in time. */
  enter(shopId: string): Promise<Slot | null> {
    if (this.#hasRoom(shopId)) return Promise.resolve(this.#take(shopId));
    return new Promise((resolve) => {
      const waiting: WaitingCall = { shopId, resolve };
      this.#waiting.push(waiting);
      const giveUp = () => {
        if (!this.#waiting.includes(waiting)) return;
        this.#waiting = this.#waiting.filter((other) => other !== waiting);
        resolve(null);
      };
      setTimeout(giveUp, this.#queueMs).unref();
    });
  }

  #hasRoom(shopId: string): boolean {
    return this.#all < this.#total && (this.#underway.get(shopId) ?? 0) < this.#perShop;
  }

  #take(shopId: string): Slot {
    this.#all += 1;
    this.#underway.set(shopId, (this.#underway.get(shopId) ?? 0) + 1);
    return { leave: () => this.#leave(shopId) };
  }

  #leave(shopId: string): void {
    this.#all -= 1;
    this.#underway.set(shopId, (this.#underway.get(shopId) ?? 1) - 1);
    const next = this.#waiting.find((waiting) => this.#hasRoom(waiting.shopId));
    if (next === undefined) return;
    this.#waiting = this.#waiting.filter((other) => other !== next);
    next.resolve(this.#take(next.shopId));
  }
}

type Slot = { leave(): void };
type WaitingCall = { readonly shopId: string; readonly resolve: (turn: Slot | null) => void };
