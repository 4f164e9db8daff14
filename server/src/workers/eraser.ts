import type { ErasureCause } from '@renkei/core/domain/order/states.ts';
import { OrderNotFound } from '@renkei/core/ports/store.ts';
import { RENKEI } from '@renkei/core/turns/operation.ts';
import type { Erased, ErasureList } from '../audit/erasure-list.ts';
import { eraseCustomer, type GiveCommand } from '../services/erase-customers.ts';
import type { Db } from '../store/db/db.ts';
import { type Cursor, listDueApplications, nextDue } from '../store/erasure/candidates.ts';
import {
  certify,
  eraseApplication,
  findReturned,
  listUncertified,
} from '../store/erasure/erasures.ts';
import { listShops, type Shop } from '../store/shops/shops.ts';
import { Rounds, type Worker } from './rounds.ts';

export type EraserOptions = {
  readonly db: Db;
  readonly command: GiveCommand;
  /** The list outside of the database; null: none is kept. */
  readonly list: ErasureList | null;
  readonly onError: (error: unknown) => void;
  /** The most orders of a shop that one round looks at. */
  readonly limit?: number;
};

const LIMIT = 200;
const HOUR_MS = 3_600_000;
/** So many erasures of the list outside are looked for at a time. */
const LISTED_AT_A_TIME = 1_000;

/**
 * Erases the customers of closed orders after the time for which their shop keeps them, and again
 * those that a restored database has once more. It walks over each shop in bounded steps, from the
 * oldest order; what cannot be erased now is tried at the next walk. Every erasure gets its
 * certificate and its line in the list outside, also those of people's requests.
 */
export class Eraser implements Worker {
  readonly #options: EraserOptions;
  readonly #rounds: Rounds;
  readonly #walks = new Map<string, Cursor>();

  constructor(options: EraserOptions) {
    this.#options = options;
    this.#rounds = new Rounds(() => this.round(), options.onError);
  }

  open(everyMs = HOUR_MS): void {
    this.#rounds.open(everyMs);
  }

  close(): Promise<void> {
    return this.#rounds.close();
  }

  /** Resolves to `more` if some shop's walk goes on. */
  async round(): Promise<'more' | 'done'> {
    const { db } = this.#options;
    if (this.#walks.size === 0) await this.#eraseReturned();
    for (const shop of await listShops(db)) {
      if (this.#rounds.closed) break;
      if (shop.retentionYears === null) this.#walks.delete(shop.shopId);
      else await this.#eraseDue(shop, shop.retentionYears);
    }
    for (const shopId of await listUncertified(db)) {
      await certify(db, shopId, (erased) => this.#note(erased));
    }
    return this.#walks.size > 0 ? 'more' : 'done';
  }

  /** Notes erasures outside of the database. */
  async #note(erased: readonly Erased[]): Promise<void> {
    await this.#options.list?.append(erased);
  }

  async #eraseReturned(): Promise<void> {
    const { db, list } = this.#options;
    const listed = (await list?.read()) ?? [];
    for (let from = 0; from < listed.length; from += LISTED_AT_A_TIME) {
      const some = listed.slice(from, from + LISTED_AT_A_TIME);
      for (const one of await findReturned(db, some)) await this.#erase(one, 'restored');
    }
  }

  async #eraseDue({ shopId }: Shop, years: number): Promise<void> {
    const { db, limit = LIMIT } = this.#options;
    const after = this.#walks.get(shopId) ?? null;
    const { orderNumbers, next } = await nextDue(db, shopId, { years, after, limit });
    if (next === null) this.#walks.delete(shopId);
    else this.#walks.set(shopId, next);
    for (const name of orderNumbers)
      await this.#erase({ shopId, kind: 'order', name }, 'retention');
    if (after !== null) return;
    for (const name of await listDueApplications(db, shopId, years, limit)) {
      await this.#erase({ shopId, kind: 'application', name }, 'retention');
    }
  }

  /** A refusal is no error: the order is tried again at the next walk. */
  async #erase({ shopId, kind, name }: Omit<Erased, 'at'>, cause: ErasureCause): Promise<void> {
    const { db, command, onError } = this.#options;
    try {
      if (kind === 'application') {
        await eraseApplication(db, { shopId, code: name, actor: RENKEI, cause });
      } else {
        const ref = { shopId, orderNumber: name };
        await eraseCustomer(db, command, ref, { actor: RENKEI, cause, seen: null });
      }
    } catch (error) {
      if (!(error instanceof OrderNotFound)) onError(error);
    }
  }
}
