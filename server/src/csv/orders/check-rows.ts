import { hasCardData } from '../../fregi/scrub.ts';
import { COLUMNS, fieldsOf, type Sheet } from '../text/columns.ts';
import type { ErrorList } from '../text/error-list.ts';
import { type Bilingual, SAYS } from '../text/messages.ts';
import { type BrokenRow, CSV_CELLS_MAX, type CsvRow } from '../text/rows.ts';
import { foldCell } from '../text/values.ts';

/** Returns the rows with a cell for each column of the header; lists the others as errors. */
export function checkShape(
  rows: readonly (CsvRow | BrokenRow)[],
  { names }: Sheet,
  errors: ErrorList,
): CsvRow[] {
  const whole: CsvRow[] = [];
  for (const row of rows) {
    if ('broken' in row) {
      errors.add(row.line, null, brokenMessage(row));
    } else if (row.cells.length !== names.length) {
      errors.add(row.line, null, SAYS.ragged(row.cells.length, names.length));
    } else {
      whole.push(row);
    }
  }
  return whole;
}

export function brokenMessage({ broken }: BrokenRow): Bilingual {
  if (broken === 'too_many_cells') return SAYS.tooManyCells(CSV_CELLS_MAX);
  return broken === 'quote_not_closed' ? SAYS.quoteNotClosed() : SAYS.textAfterQuote();
}

/** Reports a card number or unreadable text in any column, known or not. */
export function checkCells(row: CsvRow, sheet: Sheet, errors: ErrorList): void {
  const payoutNumber = sheet.places.get('convenienceNumber');
  for (const [index, cell] of row.cells.entries()) {
    const isPayoutNumber = index === payoutNumber && /^\d{13}$/.test(foldCell(cell));
    const column = sheet.names[index]?.slice(0, NAME_MAX) || null;
    if (!isPayoutNumber && hasCardData(cell)) errors.add(row.line, column, SAYS.cardNumber());
    if (UNREADABLE.test(cell)) errors.add(row.line, column, SAYS.unreadableCharacter());
  }
}

/** The most characters of a foreign column's name in a message. */
const NAME_MAX = 50;

/** Control characters but tab and line breaks, private use (外字), half surrogate pairs, U+FFFD. */
const UNREADABLE = /(?![\t\n\r])\p{Cc}|\p{Co}|\p{Cs}|\ufffd/u;

/** Checks that the order's columns are the same on each of its rows. */
export function checkSameness(rows: readonly CsvRow[], { places }: Sheet, errors: ErrorList): void {
  const [first, ...others] = rows;
  if (first === undefined) return;
  for (const field of fieldsOf('order')) {
    const place = places.get(field);
    if (place === undefined) continue;
    for (const { line, cells } of others) {
      if (cells[place] === first.cells[place]) continue;
      const isLost = field === 'orderNumber' && cells[place] === '';
      const message = isLost ? SAYS.blank() : SAYS.differsInOrder(first.line);
      errors.add(line, COLUMNS[field].name, message);
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
