import { createRounds } from '../rounds.ts';
import type { Db } from '../store/db.ts';
import { enterSafeMode } from '../store/safe-mode.ts';
import {
  findMarks,
  listLastSeals,
  listSealsAfter,
  type MarkFound,
  SEAL_ORDERS_MAX,
  sealNow,
} from '../store/seals.ts';
import { Anchor, type Mark } from './anchor.ts';

/**
 * Seals the journal about once a second, copies the seals to the file outside of the database, and
 * looks whether the database still has what stands there. Any number may work on one database,
 * each with a file of its own.
 */
export type Sealer = {
  /**
   * Looks whether the database has what stands in the file; enters safe mode where it does not.
   * True where all is well, or a person has accepted that it lacks something.
   */
  check(): Promise<boolean>;
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
  readonly onError: (error: unknown) => void;
};

export async function createSealer({ db, file, onError }: SealerOptions): Promise<Sealer> {
  const anchor = file === null ? null : await Anchor.open(file);

  async function check(): Promise<boolean> {
    if (anchor === null) return true;
    const found = await findMarks(db, anchor.marks);
    return found.every(({ kind }) => kind === 'same') || goBack(db, anchor, found);
  }

  async function round(): Promise<void> {
    if (!(await check())) return;
    while ((await sealNow(db)) === SEAL_ORDERS_MAX);
    if (anchor !== null) await anchor.append(await listSealsAfter(db, anchor.marks));
  }

  const rounds = createRounds(round, onError);
  return {
    check,
    marks: () => anchor?.marks ?? [],
    open: (everyMs = 1_000) => rounds.open(everyMs),
    async close() {
      await rounds.close();
      await round().catch(onError);
    },
  };
}

/** The database is older than the file. True where a person has accepted that: then so do we. */
async function goBack(db: Db, anchor: Anchor, found: readonly MarkFound[]): Promise<boolean> {
  if (await enterSafeMode(db, found)) return false;
  const lacking = new Set(
    found.filter(({ kind }) => kind !== 'same').map(({ mark }) => mark.shopId),
  );
  const accepted = (await listLastSeals(db)).filter(({ shopId }) => lacking.has(shopId));
  const gone = [...lacking].filter((shopId) => accepted.every((mark) => mark.shopId !== shopId));
  const nothing = gone.map((shopId) => ({ shopId, n: 0, hash: null, at: 0 }));
  await anchor.append([...accepted, ...nothing].map((mark) => ({ ...mark, restored: true })));
  return true;
}
