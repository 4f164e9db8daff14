import { nameOf, type OrderRef } from './domain/order/order.ts';
import type { BatchStore, Caller, Store } from './ports/store.ts';
import type { Operation, Page } from './turns/operation.ts';
import { assertSound } from './turns/sound.ts';

export type BatchOptions = {
  /** The most turns of a batch. */
  readonly size: number;
  /** True: a batch has orders of one shop, for a database that keeps shops apart. */
  readonly withinShop: boolean;
  /** Resolves when a batch has taken so long that the next begins beside it. */
  readonly patience: () => Promise<unknown>;
};

/** A turn that waits for its batch. */
type Waiting = {
  readonly ref: OrderRef;
  readonly given: Caller | undefined;
  readonly decide: (page: Page, earlier: Operation | null) => Result;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
};
type Result = { readonly page: Page };

/**
 * Turns in batches. The turns that wait at the same moment share one reading and one commit. Each
 * is decided by itself, and a turn that loses its race, or whose batch the database refuses, is
 * made again alone: no turn suffers from another. While a batch is under way, the next one gathers;
 * a turn that finds no batch under way begins at once.
 */
export class TurnBatches implements Pick<Store, 'turn'> {
  readonly #store: BatchStore;
  readonly #options: BatchOptions;
  #waiting: Waiting[] = [];
  /** The orders of the batches under way: no order is in two batches, nor twice in one. */
  readonly #underway = new Set<string>();
  /** The batch for whose end the next batch of its group waits, by group. */
  readonly #awaited = new Map<string, readonly Waiting[]>();

  constructor(store: BatchStore, options: BatchOptions) {
    this.#store = store;
    this.#options = options;
  }

  /** See {@link Store}. */
  turn<T extends Result>(
    ref: OrderRef,
    decide: (page: Page, earlier: Operation | null) => T,
    given?: Caller,
  ): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      // A turn is resolved with the result of its own `decide`.
      const decided = resolve as (result: Result) => void;
      this.#waiting.push({ ref, given, decide, resolve: decided, reject });
      this.#begin();
    });
  }

  /** Begins all batches that may begin now. */
  #begin(): void {
    for (let batch = this.#gather(); batch !== null; batch = this.#gather()) {
      const { turns, group } = batch;
      this.#awaited.set(group, turns);
      for (const { ref } of turns) this.#underway.add(nameOf(ref));
      const goOn = () => {
        if (this.#awaited.get(group) === turns) this.#awaited.delete(group);
        this.#begin();
      };
      void this.#options.patience().then(goOn);
      void this.#carryOut(turns).then(() => {
        for (const { ref } of turns) this.#underway.delete(nameOf(ref));
        goOn();
      });
    }
  }

  /** Takes the turns of the next batch from those that wait; null if none may begin. */
  #gather(): { readonly group: string; readonly turns: readonly Waiting[] } | null {
    const groupOf = ({ ref }: Waiting) => (this.#options.withinShop ? ref.shopId : '');
    const mayBegin = (one: Waiting) =>
      !this.#awaited.has(groupOf(one)) && !this.#underway.has(nameOf(one.ref));
    const first = this.#waiting.find(mayBegin);
    if (first === undefined) return null;
    const group = groupOf(first);
    const turns = new Map<string, Waiting>();
    this.#waiting = this.#waiting.filter((one) => {
      const name = nameOf(one.ref);
      const joins = mayBegin(one) && groupOf(one) === group && !turns.has(name);
      if (!joins || turns.size === this.#options.size) return true;
      turns.set(name, one);
      return false;
    });
    return { group, turns: [...turns.values()] };
  }

  /** Makes the turns of a batch; resolves when each of them is resolved or rejected. */
  async #carryOut(turns: readonly Waiting[]): Promise<void> {
    const [first] = turns;
    if (first !== undefined && turns.length === 1) return this.#alone(first);
    try {
      const decided = await this.#decide(turns);
      if (decided.length === 0) return;
      const written = await this.#store.writePages(decided);
      await Promise.all(
        decided.map(({ one, result }, at) =>
          written[at] === true ? one.resolve(result) : this.#alone(one),
        ),
      );
    } catch (error) {
      // Of those that are settled by now it is not heard.
      for (const { reject } of turns) reject(error);
    }
  }

  /** Reads and decides the turns; those that cannot be made are rejected, each by its own error. */
  async #decide(turns: readonly Waiting[]) {
    const read = await this.#store.readPages(turns);
    return turns.flatMap((one, at) => {
      try {
        const found = read[at];
        if (found === undefined || found instanceof Error) throw found;
        const result = one.decide(found.page, found.earlier);
        assertSound(found.page, result.page);
        return [{ one, result, read: found, after: result.page }];
      } catch (error) {
        one.reject(error);
        return [];
      }
    });
  }

  #alone({ ref, decide, given, resolve, reject }: Waiting): Promise<void> {
    return this.#store.turn(ref, decide, given).then(resolve, reject);
  }
}
