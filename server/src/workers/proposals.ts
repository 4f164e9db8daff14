import { expire } from '@renkei/core/turns/second-person/proposing.ts';
import { writeSecondPersonMail } from '../mail/second-person-text.ts';
import { type Db, isUnavailable } from '../store/db/db.ts';
import { turnOn } from '../store/orders/pg-store.ts';
import {
  listExpired,
  listSecondPersons,
  listUntold,
  queueSecondPersonMail,
} from '../store/orders/proposals.ts';
import { Rounds, type Worker } from './rounds.ts';

export type ProposalsOptions = {
  readonly db: Db;
  readonly publicUrl: string;
  readonly onError: (error: unknown) => void;
};

const BATCH = 100;

/**
 * Commands that wait for a second person (F59): tells those who may agree, and ends what nobody has
 * answered in time. Agreeing itself is a command like any other.
 */
export class Proposals implements Worker {
  readonly #db: Db;
  readonly #publicUrl: string;
  readonly #onError: (error: unknown) => void;
  readonly #rounds: Rounds;

  constructor({ db, publicUrl, onError }: ProposalsOptions) {
    this.#db = db;
    this.#publicUrl = publicUrl;
    this.#onError = onError;
    this.#rounds = new Rounds(() => this.round(), onError);
  }

  async round(): Promise<void> {
    for (const ref of await listExpired(this.#db, BATCH)) {
      await turnOn(this.#db, ref, expire).catch((error: unknown) => {
        if (isUnavailable(error)) throw error;
        this.#onError(error);
      });
    }
    for (const proposed of await listUntold(this.#db, BATCH)) {
      const { subject, body } = writeSecondPersonMail(proposed, this.#publicUrl);
      for (const { id, email } of await listSecondPersons(this.#db, proposed)) {
        await queueSecondPersonMail(this.#db, proposed, { id, email, subject, body });
      }
    }
  }

  open(everyMs = 5_000): void {
    this.#rounds.open(everyMs);
  }

  close(): Promise<void> {
    return this.#rounds.close();
  }
}
