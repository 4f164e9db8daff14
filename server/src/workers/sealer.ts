import type { Mark, Marks } from '@renkei/core/ports/marks.ts';
import type { AskLack, Lack } from '@renkei/core/ports/safe-mode.ts';
import { Anchor } from '../audit/anchor.ts';
import { type MarksRead, readMarks } from '../audit/marks.ts';
import { enterSafeMode, enterSafeModeOn } from '../store/audit/safe-mode.ts';
import {
  listForgotten,
  listLackedSeals,
  listLastSeals,
  listSealsAfter,
  SEAL_ORDERS_MAX,
  SEALS_READ_MAX,
  sealNow,
} from '../store/audit/seals.ts';
import type { Connection, Db, Queryable } from '../store/db/db.ts';
import { createRounds } from './rounds.ts';

/**
 * Keeps the marks outside of the database: what is about to be asked, before it leaves, and the
 * seals of the journal, about once a second. Looks whether the database still has what stands
 * there. Any number may work on one database, each with a file of its own.
 */
export type Sealer = Marks & {
  /**
   * Looks whether the database has what stands in the files, those of the others too; enters safe
   * mode where it does not. True where all is well, or a person has accepted that it lacks something.
   */
  check(): Promise<boolean>;
  /** The same on a connection that is new, before anything else is done with it. */
  checkConnection(client: Connection): Promise<void>;
  /** The last seals that stand in the file; none where there is no file. */
  marks(): readonly Mark[];
  open(everyMs?: number): void;
  /** A last round, so that nothing is left unsealed. */
  close(): Promise<void>;
};

export type SealerOptions = {
  readonly db: Db;
  /** Null: seals stay in the database only, and a restore to the past is not noticed. */
  readonly file: string | null;
  /** The files of the other servers on this database: they are read, and never written. */
  readonly others: readonly string[];
  readonly onError: (error: unknown) => void;
};

type Marked = Pick<MarksRead, 'seals' | 'asked'>;

export async function createSealer(options: SealerOptions): Promise<Sealer> {
  const { db, file, others, onError } = options;
  const anchor = file === null ? null : await Anchor.open(file);
  /** How many of the asks stood in the file when the seals were last listed. */
  let seenBefore = 0;

  async function everybodysLacks(queryable: Queryable): Promise<Lack[]> {
    const theirs = await Promise.all(others.map(readMarks));
    const each: Marked[] = anchor === null ? theirs : [anchor, ...theirs];
    return (await Promise.all(each.map((marks) => listLacks(queryable, marks)))).flat();
  }

  async function check(): Promise<boolean> {
    const lacks = await everybodysLacks(db);
    return lacks.length === 0 || (await takeIn(lacks));
  }

  /** The database is older than the files. True where a person has accepted that: then so do we. */
  async function takeIn(lacks: readonly Lack[]): Promise<boolean> {
    if (await enterSafeMode(db, lacks)) return false;
    if (anchor !== null) await goBack(db, anchor, await listLacks(db, anchor));
    return true;
  }

  async function round(): Promise<void> {
    if (anchor === null) {
      while ((await sealNow(db)) === SEAL_ORDERS_MAX);
      return;
    }
    const lacks = await listLacks(db, anchor);
    if (lacks.length > 0 && !(await takeIn(lacks))) return;
    while ((await sealNow(db)) === SEAL_ORDERS_MAX);
    await copySeals(anchor);
  }

  /**
   * A seal that was not there at the last listing vouches for all that was asked before that: whoever
   * has the seal has what was committed before it.
   */
  async function copySeals(anchor: Anchor): Promise<void> {
    const seen = anchor.asked.length;
    const seals = await listSealsAfter(db, anchor.seals);
    const settled = seals.length > 0 ? Math.min(seenBefore, seen) : 0;
    await anchor.append(seals, settled);
    seenBefore = seals.length < SEALS_READ_MAX ? seen - settled : 0;
  }

  const rounds = createRounds(round, onError);
  return {
    note: (asked) => anchor?.note(asked),
    check,
    async checkConnection(client) {
      const lacks = await everybodysLacks(client);
      if (lacks.length > 0) await enterSafeModeOn(client, lacks);
    },
    marks: () => anchor?.seals ?? [],
    open: (everyMs = 1_000) => rounds.open(everyMs),
    async close() {
      await rounds.close();
      await round().catch(onError);
      anchor?.close();
    },
  };
}

async function listLacks(db: Queryable, { seals, asked }: Marked): Promise<Lack[]> {
  const lacked = await listLackedSeals(db, seals);
  return [...lacked, ...(await listForgotten(db, asked))];
}

/** What a person has accepted to be lost counts no more. */
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
