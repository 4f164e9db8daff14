import type { Locale } from '@renkei/core/domain/reasons/index.ts';
import { type Bilingual, SAYS } from './messages.ts';

/** An error at one place of a CSV file. */
export type CsvError = {
  /** The line of the file on which the row begins, from 1. */
  readonly line: number;
  /**
   * The column's name in the layout or the file; null if the error concerns the row or the file.
   */
  readonly column: string | null;
  /** The cell, for a person to find it; absent if the error concerns no cell, or a card number. */
  readonly value?: string;
  readonly message: Bilingual;
};

/** An error as a report of the API tells it, in one language. */
export type ToldError = {
  readonly line: number;
  readonly column: string | null;
  readonly value: string | null;
  readonly message: string;
};

export function tellErrors(errors: readonly CsvError[], locale: Locale): ToldError[] {
  return errors.map(({ line, column, value = null, message }) => {
    return { line, column, value, message: message[locale] };
  });
}

/** The most characters of a cell in a report. */
const VALUE_MAX = 60;

/** The most errors to report for one file. */
const CSV_ERRORS_MAX = 1_000;

/** Collects errors. It counts them all and keeps the first {@link CSV_ERRORS_MAX}. */
export class ErrorList {
  readonly #kept: CsvError[] = [];
  #count = 0;

  add(line: number, column: string | null, message: Bilingual, value?: string): void {
    this.#count += 1;
    if (this.#kept.length >= CSV_ERRORS_MAX) return;
    if (value === undefined) this.#kept.push({ line, column, message });
    else this.#kept.push({ line, column, value: value.slice(0, VALUE_MAX), message });
  }

  addAll(others: ErrorList): void {
    const before = this.#count;
    for (const { line, column, message, value } of others.sorted()) {
      this.add(line, column, message, value);
    }
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
  for (const { line, column, message, value } of found) list.add(line, column, message, value);
  return list;
}
