import { mkdir, open, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { Seal } from './chain.ts';

/** The last seal of a shop that was written outside of the database. */
export type Mark = {
  readonly shopId: string;
  /** 0 and null: the shop has no seal. */
  readonly n: number;
  readonly hash: string | null;
  /** UTC, milliseconds since 1970. */
  readonly at: number;
  /** True where a person has accepted a database that was older: the count goes back to `n`. */
  readonly restored?: boolean | undefined;
};

/** The file of marks cannot be used: why, and what to do. */
export class AnchorError extends Error {
  constructor(file: string, problem: string) {
    super(
      `${file}: ${problem}\n  Put the file back from a copy, or move it away if it is lost:` +
        ' then nobody can tell whether this database has been restored to the past.',
    );
    this.name = 'AnchorError';
  }
}

const markSchema = z.strictObject({
  shopId: z.string(),
  n: z.int().min(0),
  hash: z.string().nullable(),
  at: z.number(),
  restored: z.boolean().optional(),
});

const LONG_BYTES = 8 * 1024 * 1024;

/**
 * The high-water mark: a file outside of the database to which each seal is appended, one JSON
 * line each. A database that lacks what stands here is older than it was. The last line of a shop
 * counts; a file that has grown long is shortened to those.
 */
export class Anchor {
  readonly file: string;
  readonly #marks: Map<string, Mark>;

  private constructor(file: string, marks: Map<string, Mark>) {
    this.file = file;
    this.#marks = marks;
  }

  /** Reads the file; one that is not there is empty. Throws AnchorError where it is not ours. */
  static async open(file: string): Promise<Anchor> {
    const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw new AnchorError(file, error.message);
    });
    const lines = text.split('\n');
    const last = lines.pop() ?? ''; // what follows the last line's end: nothing, or a line cut off
    const marks = new Map<string, Mark>();
    for (const [index, line] of lines.entries()) {
      const mark = parseMark(line);
      if (mark === null) throw new AnchorError(file, `line ${index + 1} is no seal`);
      marks.set(mark.shopId, mark);
    }
    const anchor = new Anchor(file, marks);
    if (last !== '' || text.length > LONG_BYTES) await anchor.#rewrite();
    return anchor;
  }

  get marks(): readonly Mark[] {
    return [...this.#marks.values()];
  }

  /** Appends seals, durably before it resolves. */
  async append(seals: readonly (Mark | Seal)[]): Promise<void> {
    if (seals.length === 0) return;
    const marks = seals.map(markOf);
    await mkdir(dirname(this.file), { recursive: true, mode: 0o700 });
    const file = await open(this.file, 'a', 0o600);
    try {
      await file.writeFile(linesOf(marks));
      await file.datasync();
    } finally {
      await file.close();
    }
    for (const mark of marks) this.#marks.set(mark.shopId, mark);
    if ((await stat(this.file)).size > LONG_BYTES) await this.#rewrite();
  }

  async #rewrite(): Promise<void> {
    const next = `${this.file}.next`;
    await writeFile(next, linesOf(this.marks), { mode: 0o600, flush: true });
    await rename(next, this.file);
  }
}

function markOf({ shopId, n, hash, at, ...more }: Mark | Seal): Mark {
  const restored = 'restored' in more && more.restored === true;
  return { shopId, n, hash, at, ...(restored ? { restored } : {}) };
}

function linesOf(marks: readonly Mark[]): string {
  return marks.map((mark) => `${JSON.stringify(mark)}\n`).join('');
}

function parseMark(line: string): Mark | null {
  try {
    return markSchema.parse(JSON.parse(line));
  } catch {
    return null;
  }
}
