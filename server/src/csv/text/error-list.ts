import { type Bilingual, SAYS } from './messages.ts';

/** An error at one place of a CSV file. */
export type CsvError = {
  /** The line of the file on which the row begins, from 1. */
  readonly line: number;
  /**
   * The column's name in the layout or the file; null if the error concerns the row or the file.
   */
  readonly column: string | null;
  readonly message: Bilingual;
};

/** The most errors to report for one file. */
export const CSV_ERRORS_MAX = 1_000;

/** Collects errors. It counts them all and keeps the first {@link CSV_ERRORS_MAX}. */
export class ErrorList {
  readonly #kept: CsvError[] = [];
  #count = 0;

  add(line: number, column: string | null, message: Bilingual): void {
    this.#count += 1;
    if (this.#kept.length < CSV_ERRORS_MAX) this.#kept.push({ line, column, message });
  }

  addAll(others: ErrorList): void {
    const before = this.#count;
    for (const { line, column, message } of others.sorted()) this.add(line, column, message);
    this.#count = before + others.count();
  }

  count(): number {
    return this.#count;
  }

  /** By line; if some were left out, the last entry says so. */
  sorted(): readonly CsvError[] {
    const byLine = this.#kept.toSorted((a, b) => a.line - b.line);
    const last = byLine.at(-1);
    if (last === undefined || this.#count === this.#kept.length) return byLine;
    const message = SAYS.tooManyErrors(CSV_ERRORS_MAX);
    return [...byLine, { line: last.line, column: null, message }];
  }
}

/** Returns a list that begins with earlier errors. */
export function errorListOf(found: readonly CsvError[]): ErrorList {
  const list = new ErrorList();
  for (const { line, column, message } of found) list.add(line, column, message);
  return list;
}
