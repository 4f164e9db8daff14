import { COLUMNS, type ColumnName, type Sheet } from './columns.ts';
import type { ErrorList } from './error-list.ts';
import { SAYS } from './messages.ts';
import { type CsvRow, unguardFormula } from './rows.ts';
import { type CellKind, foldCell } from './values.ts';

/** Reads the cells of one row; adds errors to the list with line and column. */
export type RowReader = {
  readonly line: number;
  /** Returns the text of a cell; empty if the file lacks the column. */
  text(field: ColumnName): string;
  required<T>(field: ColumnName, kind: CellKind<T>): T;
  /** Returns `blank` if the cell is blank or the file lacks the column. */
  optional<T, B>(field: ColumnName, kind: CellKind<T>, blank: B): T | B;
};

export function createRowReader(row: CsvRow, { places }: Sheet, errors: ErrorList): RowReader {
  const { line, cells } = row;

  function text(field: ColumnName): string {
    const place = places.get(field);
    return place === undefined ? '' : unguardFormula(cells[place] ?? '');
  }

  function required<T>(field: ColumnName, kind: CellKind<T>): T {
    const cell = foldCell(text(field));
    const read = cell === '' ? { wrong: SAYS.blank() } : kind.parse(cell);
    if ('value' in read) return read.value;
    errors.add(line, COLUMNS[field].name, read.wrong);
    return kind.standIn;
  }

  function optional<T, B>(field: ColumnName, kind: CellKind<T>, blank: B): T | B {
    return foldCell(text(field)) === '' ? blank : required(field, kind);
  }

  return { line, text, required, optional };
}
