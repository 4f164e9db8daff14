import type { Instant } from '@renkei/core/domain/values/jst.ts';
import type { Db } from '../store/db/db.ts';
import { noteDeliveryRound } from '../store/subscriptions/delivery-rounds.ts';
import { createPgDeliveries } from '../store/subscriptions/pg-deliveries.ts';
import { deliverDue } from './deliver.ts';
import type { Office } from './office.ts';
import { Rounds, type Worker } from './rounds.ts';

export type DelivererOptions = {
  readonly db: Db;
  readonly office: Pick<Office, 'command'>;
  /** The database's time. */
  readonly now: () => Instant;
  readonly onError: (error: unknown) => void;
  /** The pause between two rounds, in milliseconds; a minute if absent. */
  readonly everyMs?: number | undefined;
};

const EVERY_MS = 60_000;

/** Makes due deliveries of subscriptions (B4), and notes for 要対応 when it cannot. */
export class Deliverer implements Worker {
  readonly #options: DelivererOptions;
  readonly #rounds: Rounds;

  constructor(options: DelivererOptions) {
    this.#options = options;
    this.#rounds = new Rounds(() => this.round(), options.onError);
  }

  /** Looks for due deliveries once; rejects with the first error after it has noted the failure. */
  async round(): Promise<void> {
    const { db, office, now, onError } = this.#options;
    try {
      await deliverDue(createPgDeliveries(db), office, now());
    } catch (error) {
      await noteDeliveryRound(db, 'failed').catch(onError);
      throw error;
    }
  }

  open(everyMs = this.#options.everyMs ?? EVERY_MS): void {
    this.#rounds.open(everyMs);
  }

  close(): Promise<void> {
    return this.#rounds.close();
  }
}
