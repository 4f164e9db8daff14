import type { Asked, Mark, Marks } from '@renkei/core/ports/marks.ts';
import type { AskLack, Lack } from '@renkei/core/ports/safe-mode.ts';
import { Anchor } from '../../audit/anchor.ts';
import { type MarksRead, readMarks } from '../../audit/marks.ts';
import { enterSafeMode, enterSafeModeOn } from '../../store/audit/safe-mode.ts';
import {
  listForgotten,
  listLackedSeals,
  listLastSeals,
  listSealsAfter,
  SEAL_ORDERS_MAX,
  SEALS_READ_MAX,
  sealNow,
} from '../../store/audit/seals.ts';
import type { Connection, Db, Queryable } from '../../store/db/db.ts';
import { Rounds, type Worker } from '../rounds.ts';

export type SealerOptions = {
  readonly db: Db;
  /** Null: seals stay in the database only, and nobody notices a restore to the past. */
  readonly file: string | null;
  /** The files of the other servers on this database, which this server reads and never writes. */
  readonly others: readonly string[];
  readonly onError: (error: unknown) => void;
};

/** Opens the file and reads its marks. */
export async function createSealer(options: SealerOptions): Promise<Sealer> {
  const { file } = options;
  return new Sealer(options, file === null ? null : await Anchor.open(file));
}

/**
 * Keeps the marks outside of the database: each ask before it leaves, and the journal's seals about
 * once a second. Checks whether the database still has them. Any number of sealers may work on one
 * database, each with its own file.
 */
export class Sealer implements Marks, Worker {
  readonly #db: Db;
  readonly #others: readonly string[];
  readonly #onError: (error: unknown) => void;
  readonly #anchor: Anchor | null;
  readonly #rounds: Rounds;
  /** The number of asks in the file at the last listing of seals. */
  #seenBefore = 0;

  constructor({ db, others, onError }: SealerOptions, anchor: Anchor | null) {
    this.#db = db;
    this.#others = others;
    this.#onError = onError;
    this.#anchor = anchor;
    this.#rounds = new Rounds(() => this.#round(), onError);
  }

  note(asked: Asked): void {
    this.#anchor?.note(asked);
  }

  /**
   * Checks whether the database has all marks of the files, including the other servers'; enters
   * safe mode if not. True if it does, or if a person has accepted that marks are missing.
   */
  async check(): Promise<boolean> {
    const lacks = await this.#everybodysLacks(this.#db);
    return lacks.length === 0 || (await this.#takeIn(lacks));
  }

  /** The same on a new connection, before any other use of it. */
  async checkConnection(client: Connection): Promise<void> {
    const lacks = await this.#everybodysLacks(client);
    if (lacks.length > 0) await enterSafeModeOn(client, lacks);
  }

  /** The last seals in the file; empty without a file. */
  marks(): readonly Mark[] {
    return this.#anchor?.seals ?? [];
  }

  open(everyMs = 1_000): void {
    this.#rounds.open(everyMs);
  }

  /** Makes a last round, so that nothing stays unsealed. */
  async close(): Promise<void> {
    await this.#rounds.close();
    await this.#round().catch(this.#onError);
    this.#anchor?.close();
  }

  async #round(): Promise<void> {
    const anchor = this.#anchor;
    if (anchor === null) {
      while ((await sealNow(this.#db)) === SEAL_ORDERS_MAX);
      return;
    }
    const lacks = await listLacks(this.#db, anchor);
    if (lacks.length > 0 && !(await this.#takeIn(lacks))) return;
    while ((await sealNow(this.#db)) === SEAL_ORDERS_MAX);
    await this.#copySeals(anchor);
  }

  async #everybodysLacks(queryable: Queryable): Promise<Lack[]> {
    const theirs = await Promise.all(this.#others.map(readMarks));
    const each: Marked[] = this.#anchor === null ? theirs : [this.#anchor, ...theirs];
    return (await Promise.all(each.map((marks) => listLacks(queryable, marks)))).flat();
  }

  /**
   * The database is older than the files. True if a person has accepted that: then the file
   * follows.
   */
  async #takeIn(lacks: readonly Lack[]): Promise<boolean> {
    if (await enterSafeMode(this.#db, lacks)) return false;
    const anchor = this.#anchor;
    if (anchor !== null) await goBack(this.#db, anchor, await listLacks(this.#db, anchor));
    return true;
  }

  /**
   * A seal missing at the last listing vouches for all asks before that listing: a database with
   * the seal has everything committed before it.
   */
  async #copySeals(anchor: Anchor): Promise<void> {
    const seen = anchor.asked.length;
    const seals = await listSealsAfter(this.#db, anchor.seals);
    const settled = seals.length > 0 ? Math.min(this.#seenBefore, seen) : 0;
    await anchor.append(seals, settled);
    this.#seenBefore = seals.length < SEALS_READ_MAX ? seen - settled : 0;
  }
}

type Marked = Pick<MarksRead, 'seals' | 'asked'>;

async function listLacks(db: Queryable, { seals, asked }: Marked): Promise<Lack[]> {
  const lacked = await listLackedSeals(db, seals);
  return [...lacked, ...(await listForgotten(db, asked))];
}

/** Drops marks whose loss a person has accepted. */
async function goBack(db: Db, anchor: Anchor, lacks: readonly Lack[]): Promise<void> {
  const forgotten = lacks.filter((lack): lack is AskLack => lack.kind === 'forgotten');
  const lacking = new Set(
    lacks.filter(({ kind }) => kind !== 'forgotten').map(({ shopId }) => shopId),
  );
  const accepted = (await listLastSeals(db)).filter(({ shopId }) => lacking.has(shopId));
  const kept = new Set(accepted.map(({ shopId }) => shopId));
  const gone = [...lacking].filter((shopId) => !kept.has(shopId));
  const nothing = gone.map((shopId) => ({ shopId, n: 0, hash: null, at: 0 }));
  const lost = new Set(forgotten.map(({ what, id, n }) => `${what} ${id} ${n}`));
  const last = anchor.asked.findLastIndex(({ what, id, n }) => lost.has(`${what} ${id} ${n}`));
  await anchor.append(
    [...accepted, ...nothing].map((mark) => ({ ...mark, restored: true })),
    last + 1,
  );
}
