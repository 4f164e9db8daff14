import { purgeTries } from '../access/auth-store.ts';
import { purgeResets } from '../access/password-resets.ts';
import { purgeSessions } from '../access/sessions.ts';
import { purgeSignIns } from '../access/sign-in-tries.ts';
import { isLow, type Room } from '../disks.ts';
import type { Db } from '../store/db/db.ts';
import { foldTallies } from '../store/lists/order-list.ts';
import { purgeSelections } from '../store/lists/selections.ts';
import { Rounds, type Worker } from './rounds.ts';

export type TidierOptions = {
  readonly db: Db;
  readonly measureRoom: () => Promise<readonly Room[]>;
  /** Hears of each disk that is nearly full, before any harm (F35). */
  readonly onLowRoom: (room: Room) => void;
  readonly onError: (error: unknown) => void;
};

/** Folds tallies together, deletes expired data, and watches the disks. */
export class Tidier implements Worker {
  readonly #options: TidierOptions;
  readonly #rounds: Rounds;

  constructor(options: TidierOptions) {
    this.#options = options;
    this.#rounds = new Rounds(() => this.#round(), options.onError);
  }

  open(everyMs = 60_000): void {
    this.#rounds.open(everyMs);
  }

  close(): Promise<void> {
    return this.#rounds.close();
  }

  async #round(): Promise<void> {
    await Promise.all([this.#tidyUp(), this.#watchRoom()]);
  }

  async #tidyUp(): Promise<void> {
    const { db } = this.#options;
    await foldTallies(db);
    await purgeSelections(db);
    await purgeTries(db);
    await purgeSignIns(db);
    await purgeSessions(db);
    await purgeResets(db);
  }

  async #watchRoom(): Promise<void> {
    const { measureRoom, onLowRoom } = this.#options;
    for (const room of (await measureRoom()).filter(isLow)) onLowRoom(room);
  }
}
