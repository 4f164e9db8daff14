import { hasCardData } from '../../fregi/scrub.ts';
import type { CsvError, ErrorList } from './error-list.ts';
import { foldHeader, guessSeparator, SEPARATOR_LINE } from './header.ts';
import { type Bilingual, SAYS } from './messages.ts';
import { type BrokenRow, CSV_CELLS_MAX, type CsvRow, readRows } from './rows.ts';

/**
 * The one reader of every file that comes in: header, shape of rows, characters, the end. An import
 * names its columns, and decides only what the cells mean.
 */
export type TableColumn = {
  readonly name: string;
  readonly required?: true;
  /** Other names of the column. */
  readonly aliases?: readonly string[];
};

export type TableKind<Field extends string> = {
  readonly columns: Readonly<Record<Field, TableColumn>>;
  /** The most rows, without the header. */
  readonly rowsMax: number;
  /** Said of a file without a row. */
  readonly empty: Bilingual;
  /** Where such a file comes from, and how to have a missing column in it. */
  readonly remedy: Bilingual;
  /** True for a cell whose digits may look like a card's, and are surely none. */
  readonly isNoCard?: (field: Field | undefined, cell: string) => boolean;
};

/** The header of a file: its width is the number of `names`. */
export type Sheet<Field extends string> = {
  /** The place of each found column: field → index of its cell. */
  readonly places: ReadonlyMap<Field, number>;
  /** Every column name in the file, ignored ones included. */
  readonly names: readonly string[];
  readonly columns: Readonly<Record<Field, TableColumn>>;
};

/** A row with what is wrong in it, whatever its cells mean. */
export type TableRow = CsvRow & {
  readonly faults: readonly CsvError[];
  /** True if the row has a cell for each column: only then is it known whose each cell is. */
  readonly isWhole: boolean;
};

export type TableRead<Field extends string> =
  | { readonly kind: 'read'; readonly sheet: Sheet<Field>; readonly rows: readonly TableRow[] }
  /** `unknownHeader`: the names of the file's columns, if a required one is not among them. */
  | { readonly kind: 'refused'; readonly unknownHeader: readonly string[] };

/**
 * Reads a text as a table of the first kind that its header fits. Refuses a file whose header cannot
 * be read, or with too many rows; the errors of the file go to the list, those of a row stay with the
 * row.
 */
export function readTable<Field extends string>(
  text: string,
  kinds: readonly TableKind<Field>[],
  errors: ErrorList,
): TableRead<Field> {
  const all = readRows(text, guessSeparator(text));
  const header = readHeader(nextHeader(all), kinds, errors);
  if (header.kind === 'refused') return header;
  const { sheet, of: kind } = header;
  const rows = takeRows(all, kind.rowsMax + 1);
  const beyond = rows[kind.rowsMax];
  if (beyond !== undefined) {
    errors.add(beyond.line, null, SAYS.tooManyRows(kind.rowsMax));
    return { kind: 'refused', unknownHeader: [] };
  }
  if (rows.length === 0) errors.add(1, null, kind.empty);
  const isOpen = !/[\r\n]$/.test(text);
  const fieldAt = new Map([...sheet.places].map(([field, place]) => [place, field]));
  const checked = rows.map((row, index) =>
    checkRow(row, sheet, fieldAt, kind, isOpen && index === rows.length - 1),
  );
  return { kind: 'read', sheet, rows: checked };
}

/** Excel writes and takes a line before the header that names the separator. */
function nextHeader(rows: Iterator<CsvRow | BrokenRow>): CsvRow | BrokenRow | null {
  const first = rows.next().value ?? null;
  const isSeparatorLine =
    first !== null && 'cells' in first && SEPARATOR_LINE.test(first.cells.join(''));
  return isSeparatorLine ? (rows.next().value ?? null) : first;
}

/** Takes at most `most` rows that are not blank; the file may be far longer. */
function takeRows(rows: Iterable<CsvRow | BrokenRow>, most: number): (CsvRow | BrokenRow)[] {
  const taken: (CsvRow | BrokenRow)[] = [];
  for (const row of rows) {
    const isBlank = 'cells' in row && row.cells.every((cell) => cell.trim() === '');
    if (!isBlank && taken.push(row) >= most) break;
  }
  return taken;
}

type HeaderRead<Field extends string> =
  | { readonly kind: 'found'; readonly sheet: Sheet<Field>; readonly of: TableKind<Field> }
  | Extract<TableRead<Field>, { kind: 'refused' }>;

function readHeader<Field extends string>(
  row: CsvRow | BrokenRow | null,
  kinds: readonly TableKind<Field>[],
  errors: ErrorList,
): HeaderRead<Field> {
  const refused = (message: Bilingual): HeaderRead<Field> => {
    errors.add(row?.line ?? 1, null, message);
    return { kind: 'refused', unknownHeader: [] };
  };
  const [first] = kinds;
  if (first === undefined) throw new Error('a table of no kind');
  if (row === null) return refused(first.empty);
  if ('broken' in row) return refused(brokenMessage(row));
  if (row.cells.some(hasCardData)) return refused(SAYS.cardNumber());
  const names = row.cells.map((cell) => cell.normalize('NFKC').trim());
  const found = kinds.map((of) => ({ of, columns: findColumns(names, of) }));
  const fitting = found.find(({ columns }) => columns.missing.length === 0);
  const { of, columns } = fitting ??
    found.at(-1) ?? { of: first, columns: findColumns(names, first) };
  for (const { name, aliases = [] } of columns.missing) {
    errors.add(row.line, name, SAYS.missingColumn([name, ...aliases], of.remedy, names));
  }
  for (const repeated of columns.repeated) {
    errors.add(row.line, repeated[0] ?? null, SAYS.repeatedColumn(repeated));
  }
  if (columns.missing.length > 0) return { kind: 'refused', unknownHeader: names };
  if (columns.repeated.length > 0) return { kind: 'refused', unknownHeader: [] };
  return { kind: 'found', of, sheet: { places: columns.places, names, columns: of.columns } };
}

type ColumnsFound<Field extends string> = {
  readonly places: ReadonlyMap<Field, number>;
  readonly missing: readonly TableColumn[];
  /** The names of columns that stand for the same. */
  readonly repeated: readonly (readonly string[])[];
};

/**
 * Finds the columns in a header, in any sequence. The column's own name comes before its other names.
 * A column that stands twice, or under two of its other names, is repeated: nobody can tell which of
 * them is right.
 */
function findColumns<Field extends string>(
  names: readonly string[],
  { columns }: TableKind<Field>,
): ColumnsFound<Field> {
  const folded = names.map(foldHeader);
  const places = new Map<Field, number>();
  const missing: TableColumn[] = [];
  const repeated: string[][] = [];
  for (const field of Object.keys(columns) as Field[]) {
    const column = columns[field];
    const own = placesOf([column.name], folded);
    const found = own.length > 0 ? own : placesOf(column.aliases ?? [], folded);
    const [place] = found;
    if (found.length > 1) repeated.push([...new Set(found.map((at) => names[at] ?? ''))]);
    else if (place !== undefined) places.set(field, place);
    else if (column.required) missing.push(column);
  }
  return { places, missing, repeated };
}

function placesOf(names: readonly string[], header: readonly string[]): number[] {
  const wanted = new Set(names.filter((name) => name !== '').map(foldHeader));
  return header.flatMap((name, place) => (wanted.has(name) ? [place] : []));
}

const NO_FAULTS: readonly CsvError[] = [];

function checkRow<Field extends string>(
  row: CsvRow | BrokenRow,
  { names }: Sheet<Field>,
  fieldAt: ReadonlyMap<number, Field>,
  { isNoCard }: TableKind<Field>,
  isOpenEnd: boolean,
): TableRow {
  const { line } = row;
  const torn = (cells: readonly string[], message: Bilingual): TableRow => {
    return { line, cells, isWhole: false, faults: [{ line, column: null, message }] };
  };
  if ('broken' in row) return torn([], brokenMessage(row));
  const { cells } = row;
  if (cells.length !== names.length) {
    const isCutOff = isOpenEnd && cells.length < names.length;
    return torn(cells, isCutOff ? SAYS.cutOff() : SAYS.ragged(cells.length, names.length));
  }
  const faults = cells.flatMap((cell, index): CsvError[] => {
    if (cell === '') return [];
    const column = names[index]?.slice(0, NAME_MAX) || null;
    if (hasCardData(cell) && !isNoCard?.(fieldAt.get(index), cell)) {
      return [{ line, column, message: SAYS.cardNumber() }];
    }
    if (!UNREADABLE.test(cell)) return [];
    return [{ line, column, value: nameUnreadable(cell), message: SAYS.unreadableCharacter() }];
  });
  return { line, cells, isWhole: true, faults: faults.length === 0 ? NO_FAULTS : faults };
}

function brokenMessage({ broken }: BrokenRow): Bilingual {
  if (broken === 'too_many_cells') return SAYS.tooManyCells(CSV_CELLS_MAX);
  return broken === 'quote_not_closed' ? SAYS.quoteNotClosed() : SAYS.textAfterQuote();
}

/** The most characters of a foreign column's name in a message. */
const NAME_MAX = 50;

/** Control characters but tab and line breaks, private use (外字), half surrogate pairs, U+FFFD. */
const UNREADABLE = /(?![\t\n\r])\p{Cc}|\p{Co}|\p{Cs}|\ufffd/u;
const ALL_UNREADABLE = new RegExp(UNREADABLE.source, 'gu');

/** A character that cannot be read is told by its code point. */
function nameUnreadable(cell: string): string {
  return cell.slice(0, NAME_MAX).replace(ALL_UNREADABLE, (character) => {
    const code = character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
    return `[U+${code}]`;
  });
}
