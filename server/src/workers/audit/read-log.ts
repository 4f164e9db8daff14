import type { Instant } from '@renkei/core/domain/values/jst.ts';
import type { Actor } from '@renkei/core/turns/operation.ts';
import { type RecordsRead, saveReads } from '../../store/audit/reads.ts';
import type { Db } from '../../store/db/db.ts';
import { Rounds, type Worker } from '../rounds.ts';

/** A person in a shop, who has read something. */
export type Reader = { readonly shopId: string; readonly actor: Actor };

type ReadLogOptions = {
  readonly db: Db;
  readonly now: () => Instant;
  readonly onError: (error: unknown) => void;
};

const FLUSH_MS = 5 * 60_000;
const HOUR_MS = 3_600_000;
/** The most records of one entry, and the most that this process keeps in mind for one person. */
const ENTRY_MAX = 1_000;
const SEEN_MAX = 20_000;
/** The most persons in mind; then everything is written. */
const READERS_MAX = 2_000;

/** The records that one person has read in the present hour. */
type ReadPage = {
  readonly reader: Reader;
  readonly hour: number;
  /** All of the hour, so that a record is logged once; and those not written yet. */
  readonly seen: Set<string>;
  fresh: Set<string>;
  from: Instant;
  to: Instant;
};

/**
 * Keeps in mind who has seen whose records, and logs it every few minutes: a read costs no write.
 * A record counts once for a person and an hour. A server that is killed loses the last minutes; an
 * orderly stop loses nothing.
 */
export class ReadLog implements Worker {
  readonly #db: Db;
  readonly #now: () => Instant;
  readonly #rounds: Rounds;
  readonly #pages = new Map<string, ReadPage>();
  readonly #onError: (error: unknown) => void;
  #flushing: Promise<void> = Promise.resolve();

  constructor({ db, now, onError }: ReadLogOptions) {
    this.#db = db;
    this.#now = now;
    this.#onError = onError;
    this.#rounds = new Rounds(() => this.flush(), onError);
  }

  /** Notes that a person has seen these records; they are in memory until the next flush. */
  note(reader: Reader, records: Iterable<string>): void {
    let page: ReadPage | null = null;
    for (const record of records) {
      page ??= this.#pageOf(reader);
      if (page.seen.has(record)) continue;
      page.seen.add(record);
      page.fresh.add(record);
    }
    if (page === null) return;
    page.to = this.#now();
    if (page.fresh.size >= ENTRY_MAX || this.#pages.size > READERS_MAX) {
      this.flush().catch(this.#onError);
    }
  }

  open(everyMs = FLUSH_MS): void {
    this.#rounds.open(everyMs);
  }

  /** Logs everything that is in mind. What could not be written stays for the next try. */
  flush(): Promise<void> {
    this.#flushing = this.#flushing.catch(() => {}).then(() => this.#flush());
    return this.#flushing;
  }

  async close(): Promise<void> {
    await this.#rounds.close();
    await this.flush().catch(this.#onError);
  }

  async #flush(): Promise<void> {
    const hour = Math.floor(this.#now() / HOUR_MS);
    for (const [key, page] of [...this.#pages]) {
      const written = [...page.fresh];
      page.fresh = new Set();
      try {
        await saveReads(this.#db, entriesOf(page, written));
        page.from = page.to;
      } catch (error) {
        page.fresh = new Set([...written, ...page.fresh]);
        throw error;
      }
      const isOver = page.hour !== hour || page.seen.size > SEEN_MAX;
      if (isOver && page.fresh.size === 0) this.#pages.delete(key);
    }
  }

  #pageOf(reader: Reader): ReadPage {
    const now = this.#now();
    const hour = Math.floor(now / HOUR_MS);
    const key = `${reader.shopId} ${reader.actor.id} ${hour}`;
    const known = this.#pages.get(key);
    if (known !== undefined) return known;
    const page = { reader, hour, seen: new Set<string>(), fresh: new Set<string>() };
    const made = { ...page, from: now, to: now };
    this.#pages.set(key, made);
    return made;
  }
}

function entriesOf({ reader, from, to }: ReadPage, records: readonly string[]): RecordsRead[] {
  const { shopId, actor } = reader;
  const { kind, id, name } = actor;
  const entries: RecordsRead[] = [];
  for (let at = 0; at < records.length; at += ENTRY_MAX) {
    const some = records.slice(at, at + ENTRY_MAX);
    entries.push({ shopId, actor: { kind, id, name }, from, to, records: some });
  }
  return entries;
}
