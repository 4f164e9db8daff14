import { readFile } from 'node:fs/promises';
import type { AskMark, Mark } from '@renkei/core/ports/marks.ts';
import { z } from 'zod';

/** The contents of a file of marks, one JSON line each. */

const markSchema = z.strictObject({
  shopId: z.string(),
  n: z.int().min(0),
  hash: z.string().nullable(),
  at: z.number(),
  restored: z.boolean().optional(),
});

const askSchema = z.strictObject({
  shopId: z.string(),
  what: z.enum(['step', 'mail', 'revocation']),
  id: z.string(),
  n: z.int().min(1),
  at: z.number(),
});
askSchema satisfies z.ZodType<AskMark>;

/** The number of leading asks that no longer count, because a seal or a person vouches for them. */
const settledSchema = z.strictObject({ settled: z.int().min(1) });

const lineSchema = z.union([askSchema, markSchema, settledSchema]);
export type MarkLine = z.infer<typeof lineSchema>;

/** The file of marks cannot be used; the message tells why, and the remedy. */
export class AnchorError extends Error {
  constructor(file: string, problem: string) {
    super(
      `${file}: ${problem}\n  Put the file back from a copy, or move it away if it is lost:` +
        ' then nobody can tell whether this database has been restored to the past.',
    );
    this.name = 'AnchorError';
  }
}

export type MarksRead = {
  /** The last seal of each shop. */
  readonly seals: readonly Mark[];
  readonly asked: readonly AskMark[];
  /** True if the last line has no end: its writer died, or is still writing it. */
  readonly isCutOff: boolean;
  readonly bytes: number;
};

/**
 * Reads a file of marks; a missing file is empty. Throws AnchorError if it is not a file of marks.
 */
export async function readMarks(file: string): Promise<MarksRead> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw new AnchorError(file, error.message);
  });
  const lines = text.split('\n');
  const rest = lines.pop() ?? ''; // after the last line's end: nothing, or a line cut off
  const seals = new Map<string, Mark>();
  const asked: AskMark[] = [];
  for (const [index, text] of lines.entries()) {
    const line = parseLine(text);
    if (line === null) throw new AnchorError(file, `line ${index + 1} is not a mark`);
    if ('settled' in line) asked.splice(0, line.settled);
    else if ('what' in line) asked.push(line);
    else seals.set(line.shopId, line);
  }
  return { seals: [...seals.values()], asked, isCutOff: rest !== '', bytes: text.length };
}

function parseLine(text: string): MarkLine | null {
  try {
    return lineSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
