import { COLUMNS, type ColumnName, fieldsOf } from '../text/columns.ts';
import type { ErrorList } from '../text/error-list.ts';
import { SAYS } from '../text/messages.ts';
import type { CsvRow } from '../text/rows.ts';
import type { Sheet } from '../text/table.ts';

/** Checks that the order's columns are the same on each of its rows. */
export function checkSameness(
  rows: readonly CsvRow[],
  { places }: Sheet<ColumnName>,
  errors: ErrorList,
): void {
  const [first, ...others] = rows;
  if (first === undefined) return;
  for (const field of fieldsOf('order')) {
    const place = places.get(field);
    if (place === undefined) continue;
    for (const { line, cells } of others) {
      if (cells[place] === first.cells[place]) continue;
      const isLost = field === 'orderNumber' && cells[place] === '';
      const message = isLost ? SAYS.blank() : SAYS.differsInOrder(first.line);
      errors.add(line, COLUMNS[field].name, message, cells[place] || undefined);
    }
  }
}

/** Returns the rows that equal the row above, cell by cell. */
export function repeatedRows(rows: readonly CsvRow[]): readonly CsvRow[] {
  return rows.filter((row, index) => {
    const above = rows[index - 1];
    return above?.cells.every((cell, at) => cell === row.cells[at]) ?? false;
  });
}
