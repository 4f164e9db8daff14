import type { OrderRef } from '../../core/src/domain/order/order.ts';
import { DUE_STATES } from '../../core/src/domain/order/states.ts';
import type { RestoreReport, SafeMode, SafeModes } from '../../core/src/ports/safe-mode.ts';
import type { MemoryMails } from './memory-mails.ts';
import type { MemoryStore } from './memory-store.ts';

/**
 * Safe mode in memory, for the simulator. Its contract
 * (server/test/store/safe-mode-contract.test.ts) runs on both and proves that it does the same as
 * PostgreSQL.
 */
export class MemorySafeModes implements SafeModes {
  readonly #store: MemoryStore;
  readonly #mails: MemoryMails;
  readonly #now: () => number;
  static #entered = 0;

  constructor(store: MemoryStore, mails: MemoryMails, now: () => number) {
    this.#store = store;
    this.#mails = mails;
    this.#now = now;
  }

  /** Enters safe mode or begins it anew: a mail that waits may have been sent since the backup. */
  enter(): void {
    const enteredAt = this.#now();
    MemorySafeModes.#entered += 1;
    const id = MemorySafeModes.#entered;
    this.#store.safeMode = { id, enteredAt, cause: [], comparedAt: null, report: null };
    this.#store.restoredAt = enteredAt;
    this.#mails.doubt();
  }

  /** Ends safe mode at a person's word. Returns false if none holds. */
  release(): boolean {
    const held = this.#store.safeMode !== null;
    this.#store.safeMode = null;
    return held;
  }

  async load(): Promise<SafeMode | null> {
    return this.#store.safeMode;
  }

  async listOpen(): Promise<OrderRef[]> {
    return [...this.#store.operations.values()]
      .filter(({ state }) => DUE_STATES.some((due) => due === state))
      .map(({ shopId, orderNumber }) => ({ shopId, orderNumber }));
  }

  async saveComparison(id: number, report: RestoreReport): Promise<void> {
    const { safeMode } = this.#store;
    if (safeMode?.id !== id) return;
    this.#store.safeMode = { ...safeMode, comparedAt: this.#now(), report };
  }
}
