/**
 * Reads and writes rows of CSV (RFC 4180). The generator is our own, because every error names the
 * physical line on which its row begins, and because a file of 64 MiB must not be held twice.
 */
export type CsvRow = {
  /** The line of the file on which the row begins, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
};

/** A defect that makes the rest of the file unreadable; nothing follows it. */
export type BrokenRow = {
  readonly line: number;
  readonly broken: 'quote_not_closed' | 'text_after_quote' | 'too_many_cells';
};

/** The most cells of one row: a file of commas is not a table. */
export const CSV_CELLS_MAX = 1_000;

/** The characters between two cells: the comma, and those of files that are called CSV all the same. */
export type Separator = ',' | ';' | '\t';

/**
 * Yields the rows of a CSV text: commas, doubled quotes inside quotes, line breaks inside quotes,
 * lines that end in CRLF, LF or CR. Skips empty rows.
 */
export function* readRows(text: string, separator: Separator = ','): Generator<CsvRow | BrokenRow> {
  let at = 0;
  let line = 1;
  while (at < text.length) {
    const begins = line;
    const cells: string[] = [];
    for (let more = true; more; ) {
      const cell = readCell(text, at, separator);
      if ('broken' in cell) return yield { line, broken: cell.broken };
      if (cells.push(cell.value) > CSV_CELLS_MAX) return yield { line, broken: 'too_many_cells' };
      line += cell.lineBreaks;
      more = text[cell.end] === separator;
      at = more ? cell.end + 1 : cell.end;
    }
    at = afterLineBreak(text, at);
    line += 1;
    if (cells.some((cell) => cell !== '')) yield { line: begins, cells };
  }
}

type ParsedCell =
  | { readonly value: string; readonly end: number; readonly lineBreaks: number }
  | { readonly broken: BrokenRow['broken'] };

const PLAIN_CELL = { ',': /[^,\r\n]*/y, ';': /[^;\r\n]*/y, '\t': /[^\t\r\n]*/y } as const;
const LINE_BREAK = /\r\n|\n|\r/g;

function readCell(text: string, from: number, separator: Separator): ParsedCell {
  if (text[from] === '"') return readQuotedCell(text, from + 1, separator);
  const plain = PLAIN_CELL[separator];
  plain.lastIndex = from;
  const value = plain.exec(text)?.[0] ?? '';
  return { value, end: from + value.length, lineBreaks: 0 };
}

function readQuotedCell(text: string, from: number, separator: Separator): ParsedCell {
  let quote = text.indexOf('"', from);
  while (quote !== -1 && text[quote + 1] === '"') quote = text.indexOf('"', quote + 2);
  if (quote === -1) return { broken: 'quote_not_closed' };
  const next = text[quote + 1];
  if (next !== undefined && !`${separator}\r\n`.includes(next))
    return { broken: 'text_after_quote' };

  const raw = text.slice(from, quote);
  const lineBreaks = raw.match(LINE_BREAK)?.length ?? 0;
  return { value: raw.replaceAll('""', '"'), end: quote + 1, lineBreaks };
}

function afterLineBreak(text: string, at: number): number {
  if (text[at] === '\r' && text[at + 1] === '\n') return at + 2;
  return at + 1;
}

/** Formats one row, with its CRLF. Quotes cells only if needed. */
export function formatRow(cells: readonly string[]): string {
  return `${cells.map(formatCell).join(',')}\r\n`;
}

function formatCell(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/**
 * Guards a cell that a spreadsheet would run as a formula (`=`, `+`, `-`, `@`, their full-width
 * forms, tab, line break) with an apostrophe in front, as OWASP ASVS 1.2.10 asks.
 * {@link unguardFormula} removes exactly that one.
 */
export function guardFormula(cell: string): string {
  return GUARDED.test(cell) ? `'${cell}` : cell;
}

export function unguardFormula(cell: string): string {
  return cell.startsWith("'") && GUARDED.test(cell) ? cell.slice(1) : cell;
}

/** Guarded cells are guarded again, so that removing one apostrophe is exact. */
const GUARDED = /^'*[=+\-@\t\r\n＝＋－＠]/;
