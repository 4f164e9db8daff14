import { type FileHandle, mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LedgerEvent } from './ledger.ts';

/**
 * Keeps the ledger's events on disk, one JSON line per command. A line is on disk (fsync) before
 * its request is answered; commands that come together share one fsync. A line that a kill has
 * torn was never answered, and is dropped at the next start.
 */
export type Journal = {
  readonly past: readonly LedgerEvent[];
  append(events: readonly LedgerEvent[]): Promise<void>;
  close(): Promise<void>;
};

/** In memory only, for tests that throw the ledger away. */
export function openMemoryJournal(): Journal {
  return { past: [], append: () => Promise.resolve(), close: () => Promise.resolve() };
}

export async function openJournal(directory: string): Promise<Journal> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const path = join(directory, 'ledger.jsonl');
  const { past, length } = parse(await readFile(path).catch(() => Buffer.alloc(0)));
  const file = await open(path, 'a+', 0o600);
  await file.truncate(length);
  const writer = new Writer(file);
  return {
    past,
    append: (events) => writer.append(`${JSON.stringify(events)}\n`),
    close: () => writer.close(),
  };
}

function parse(bytes: Buffer): { past: LedgerEvent[]; length: number } {
  const length = bytes.lastIndexOf(0x0a) + 1;
  const lines = bytes.subarray(0, length).toString('utf8').split('\n').filter(Boolean);
  const past = lines.flatMap((line): LedgerEvent[] => JSON.parse(line));
  return { past, length };
}

type Waiting = { readonly line: string; readonly done: (error?: unknown) => void };

/** Writes what has gathered while the last fsync was underway, with one write and one fsync. */
class Writer {
  readonly #file: FileHandle;
  #gathered: Waiting[] = [];
  #writing: Promise<void> | null = null;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  append(line: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const done = (error?: unknown) => (error === undefined ? resolve() : reject(error));
      this.#gathered.push({ line, done });
      this.#writing ??= this.#writeOut();
    });
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.#file.close();
  }

  async #writeOut(): Promise<void> {
    while (this.#gathered.length > 0) {
      const round = this.#gathered;
      this.#gathered = [];
      const error = await this.#write(round.map(({ line }) => line).join(''));
      for (const { done } of round) done(error);
    }
    this.#writing = null;
  }

  async #write(text: string): Promise<unknown> {
    try {
      await this.#file.appendFile(text);
      await this.#file.datasync();
      return undefined;
    } catch (error) {
      return error;
    }
  }
}
