import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { LedgerEvent } from './events.ts';

/**
 * Keeps the ledger's events on disk, one JSON line per command. A line is on disk (fsync) before
 * its request is answered; commands that come together share one fsync. A line that a kill has torn
 * was never answered; the next start drops it. One process per directory.
 */
export type Journal = {
  readonly past: readonly LedgerEvent[];
  /** Resolves once these events, and all earlier ones, are on disk. */
  append(events: readonly LedgerEvent[]): Promise<void>;
  /** Resolves once all earlier events are on disk. */
  settled(): Promise<void>;
  close(): Promise<void>;
};

/** In memory only, for tests that throw the ledger away. */
export function openMemoryJournal(): Journal {
  const done = () => Promise.resolve();
  return { past: [], append: done, settled: done, close: done };
}

/** Opens the journal of a directory; makes the directory if it does not exist. */
export async function openJournal(directory: string): Promise<Journal> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const path = join(directory, 'ledger.jsonl');
  const file = await open(path, 'a+', 0o600);
  try {
    await syncDirectory(directory);
    const { past, length } = await readPast(file, path);
    if ((await file.stat()).size > length) await file.truncate(length);
    const writer = new Writer(file);
    return {
      past,
      append: (events) => writer.append(`${JSON.stringify(events)}\n`),
      settled: () => writer.settled(),
      close: () => writer.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** A new file survives a power cut only once its directory is on disk, too. */
async function syncDirectory(directory: string): Promise<void> {
  // Windows cannot open directories and does not need this.
  if (process.platform === 'win32') return;
  const handle = await open(directory, 'r');
  await handle.sync().finally(() => handle.close());
}

/** Reads the events of all whole lines, and the length of these lines in bytes. */
async function readPast(
  file: FileHandle,
  path: string,
): Promise<{ past: LedgerEvent[]; length: number }> {
  const past: LedgerEvent[] = [];
  let length = 0;
  let lines = 0;
  let torn: Buffer[] = [];
  for await (const chunk of file.createReadStream({ start: 0, autoClose: false })) {
    let from = 0;
    for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, from)) {
      const line = Buffer.concat([...torn, chunk.subarray(from, end)]);
      torn = [];
      from = end + 1;
      lines += 1;
      length += line.length + 1;
      for (const event of parseLine(line, lines, path)) past.push(event);
    }
    if (from < chunk.length) torn.push(chunk.subarray(from));
  }
  return { past, length };
}

function parseLine(line: Buffer, number: number, path: string): LedgerEvent[] {
  try {
    return JSON.parse(line.toString('utf8'));
  } catch (cause) {
    throw new Error(`${path} is damaged at line ${number}`, { cause });
  }
}

type WaitingLine = { readonly line: string; readonly done: (error?: unknown) => void };

/** Writes the lines gathered during the last fsync, with one write and one fsync. */
class Writer {
  readonly #file: FileHandle;
  #gathered: WaitingLine[] = [];
  #writing: Promise<void> | null = null;
  #failure: { readonly error: unknown } | null = null;

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

  settled(): Promise<void> {
    if (this.#writing === null && this.#failure === null) return Promise.resolve();
    return this.append('');
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

  /**
   * After a failed write nobody knows the contents of the file, and the ledger in memory is ahead
   * of it. So it writes nothing more: a half line can only be the last one.
   */
  async #write(text: string): Promise<unknown> {
    if (this.#failure !== null) return this.#failure.error;
    if (text === '') return undefined;
    try {
      await this.#file.appendFile(text);
      await this.#file.datasync();
      return undefined;
    } catch (error) {
      this.#failure = { error };
      return error;
    }
  }
}
