import { open, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';

const erasedSchema = z.strictObject({
  shopId: z.string(),
  kind: z.enum(['order', 'application']),
  /** The order's number, or the application's code. */
  name: z.string(),
  /** The UTC instant, in milliseconds since 1970. */
  at: z.number(),
});
export type Erased = z.infer<typeof erasedSchema>;

/**
 * The list of erased customers outside of the database, beside the marks: one JSON line for each
 * order or application, and no person's data. A restored backup has those people again; by this
 * list they are erased again (decision 26).
 */
export class ErasureList {
  readonly #own: string;
  readonly #others: readonly string[];

  /** `others`: the lists of other servers on the same database, only read. */
  constructor(own: string, others: readonly string[] = []) {
    this.#own = own;
    this.#others = others;
  }

  /** Appends durably. Begins a new line first, because a crash may have left half of one. */
  async append(erased: readonly Erased[]): Promise<void> {
    const file = await open(this.#own, 'a', 0o600);
    try {
      await file.write(`\n${erased.map((one) => JSON.stringify(one)).join('\n')}\n`);
      await file.datasync();
    } finally {
      await file.close();
    }
  }

  /** Reads all lists. Skips half lines: their erasures were listed again. */
  async read(): Promise<Erased[]> {
    const texts = await Promise.all([this.#own, ...this.#others].map(readList));
    return texts.flatMap((text) => text.split('\n').flatMap(parseLine));
  }
}

/** Returns the list beside the files of marks: each server has its own where it keeps its marks. */
export function erasureListBeside(seals: string, others: readonly string[]): ErasureList {
  const [own, ...more] = [seals, ...others].map((file) => join(dirname(file), 'erasures.jsonl'));
  return new ErasureList(
    own ?? '',
    [...new Set(more)].filter((file) => file !== own),
  );
}

async function readList(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
}

function parseLine(line: string): Erased[] {
  try {
    return line === '' ? [] : [erasedSchema.parse(JSON.parse(line))];
  } catch {
    return [];
  }
}
