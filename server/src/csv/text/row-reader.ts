import type { ErrorList } from './error-list.ts';
import { type Bilingual, SAYS } from './messages.ts';
import { type CsvRow, unguardFormula } from './rows.ts';
import type { Sheet } from './table.ts';
import { type CellKind, foldCell } from './values.ts';

/** Reads the cells of one row; adds errors to the list with line, column and value. */
export type RowReader<Field extends string> = {
  readonly line: number;
  /** Returns the text of a cell; empty if the file lacks the column. */
  text(field: Field): string;
  required<T>(field: Field, kind: CellKind<T>): T;
  /** Returns `blank` if the cell is blank or the file lacks the column. */
  optional<T, B>(field: Field, kind: CellKind<T>, blank: B): T | B;
  /** Adds an error of a cell. */
  wrong(field: Field, message: Bilingual): void;
};

export function createRowReader<Field extends string>(
  row: CsvRow,
  { places, names, columns }: Sheet<Field>,
  errors: ErrorList,
): RowReader<Field> {
  const { line, cells } = row;

  function text(field: Field): string {
    const place = places.get(field);
    return place === undefined ? '' : textOf(cells[place] ?? '');
  }

  function wrong(field: Field, message: Bilingual): void {
    const name = names[places.get(field) ?? -1] ?? columns[field].name;
    errors.add(line, name, message, text(field) || undefined);
  }

  function required<T>(field: Field, kind: CellKind<T>): T {
    const cell = foldCell(text(field)).replace(TEXT_MARK, '');
    const read = cell === '' ? { wrong: SAYS.blank() } : kind.parse(cell);
    if ('value' in read) return read.value;
    wrong(field, read.wrong);
    return kind.standIn;
  }

  function optional<T, B>(field: Field, kind: CellKind<T>, blank: B): T | B {
    return foldCell(text(field)) === '' ? blank : required(field, kind);
  }

  return { line, text, required, optional, wrong };
}

/** A person types an apostrophe before a number so that a spreadsheet keeps its digits. */
const TEXT_MARK = /^'(?=\d)/;

/**
 * Returns the text of a cell: without the guard against formulas, and without `="…"`, by which
 * programs keep a spreadsheet from changing a number.
 */
function textOf(cell: string): string {
  return KEPT_TEXT.exec(cell)?.[1] ?? unguardFormula(cell);
}

const KEPT_TEXT = /^="([^"]*)"$/;
