import type { Observed } from '@renkei/core/domain/drift/sighted.ts';
import {
  keysOf,
  TRANSACTION_STATE,
  type TransactionState,
} from '@renkei/core/domain/order/states.ts';
import { type Instant, type JstDate, jstDateOf } from '@renkei/core/domain/values/jst.ts';
import { CSV_ERRORS_MAX, type CsvError } from '../text/error-list.ts';
import { type Bilingual, SAYS } from '../text/messages.ts';
import { type CsvRow, readRows, unguardFormula } from '../text/rows.ts';
import {
  AMOUNT,
  AUTH_CODE,
  type CellKind,
  DATE_TIME,
  foldCell,
  SEQNO,
  SLIP_ID,
} from '../text/values.ts';
import { TELLS } from './console-csv-messages.ts';

/**
 * The list of transactions that F-REGI's console exports. Its layout is not published (protocol
 * §14.13): these are the columns that the console is known to show, found by name and in any order;
 * unknown columns are ignored.
 */
const COLUMNS = {
  seqno: ['取引番号'],
  slipId: ['伝票番号'],
  state: ['ステータス', '取引状態', 'F-REGIステータス'],
  amount: ['金額', '取引金額'],
  authCode: ['承認番号'],
  authorizedAt: ['承認日時'],
  capturedAt: ['売上日時'],
  cancelledAt: ['取消日時'],
  shop: ['店舗', 'SHOPID', '店舗ID'],
} as const satisfies Record<string, readonly [string, ...string[]]>;
type ConsoleColumn = keyof typeof COLUMNS;

const REQUIRED: readonly ConsoleColumn[] = ['seqno', 'slipId', 'state', 'amount', 'shop'];
const ROWS_MAX = 200_000;

/** The expected contents of the file, from the person who imports it. */
export type Expected = {
  readonly fregiShopId: string;
  /** The business dates that the file should cover; null if they do not matter. */
  readonly from: JstDate | null;
  readonly to: JstDate | null;
  /** The UTC instant of the export: nothing in the file can be later. */
  readonly exportedAt: Instant;
};

export type ConsoleCsv = {
  readonly observed: readonly Observed[];
  readonly rows: number;
  readonly errors: readonly CsvError[];
};

/** Reads the file; reports errors by line and column, and guesses nothing. */
export function parseConsoleCsv(text: string, expected: Expected): ConsoleCsv {
  const errors: CsvError[] = [];
  const add = (line: number, column: string | null, message: Bilingual) => {
    if (errors.length < CSV_ERRORS_MAX) errors.push({ line, column, message });
  };
  const rows = readAll(text, add);
  const [head, ...body] = rows;
  if (head === undefined) {
    add(1, null, TELLS.noTransactions());
    return { observed: [], rows: 0, errors };
  }
  const places = placesOf(head, add);
  if (places === null) return { observed: [], rows: body.length, errors };
  if (isCutOff(text, head, body)) add(body.at(-1)?.line ?? head.line, null, TELLS.cutOff());

  const seen = new Map<string, number>();
  const observed: Observed[] = [];
  for (const row of body.slice(0, ROWS_MAX)) {
    if (row.cells.length !== head.cells.length) {
      add(row.line, null, SAYS.ragged(row.cells.length, head.cells.length));
      continue;
    }
    const found = readRow(row, places, expected, add);
    if (found === null) continue;
    const earlier = seen.get(found.seqno);
    if (earlier !== undefined) add(row.line, '取引番号', TELLS.repeated(earlier));
    seen.set(found.seqno, row.line);
    observed.push(found);
  }
  if (body.length > ROWS_MAX) add(body[ROWS_MAX]?.line ?? 1, null, SAYS.tooManyRows(ROWS_MAX));
  if (body.length === 0) add(head.line, null, TELLS.noTransactions());
  return { observed, rows: body.length, errors };
}

type Add = (line: number, column: string | null, message: Bilingual) => void;
type ConsolePlaces = ReadonlyMap<ConsoleColumn, { readonly name: string; readonly place: number }>;

function readAll(text: string, add: Add): CsvRow[] {
  const rows: CsvRow[] = [];
  for (const row of readRows(text)) {
    if (!('broken' in row)) {
      rows.push(row);
      continue;
    }
    const { line, broken } = row;
    // The console closes every quote: an open one means that the rest did not arrive.
    if (broken === 'quote_not_closed') add(line, null, TELLS.cutOff());
    else if (broken === 'text_after_quote') add(line, null, SAYS.textAfterQuote());
    else add(line, null, SAYS.tooManyCells(1_000));
  }
  return rows;
}

/** Returns the place of each column; null after reporting a missing one. */
function placesOf({ line, cells }: CsvRow, add: Add): ConsolePlaces | null {
  const names = cells.map((cell) => foldCell(cell));
  const places = new Map<ConsoleColumn, { name: string; place: number }>();
  for (const column of keysOf(COLUMNS)) {
    const aliases: readonly string[] = COLUMNS[column];
    const found = names.flatMap((name, place) => (aliases.includes(name) ? [place] : []));
    const [place] = found;
    const name = COLUMNS[column][0];
    if (found.length > 1) add(line, name, SAYS.repeatedColumn());
    if (place !== undefined) places.set(column, { name: names[place] ?? name, place });
    else if (REQUIRED.includes(column)) add(line, name, TELLS.missingColumn());
  }
  return REQUIRED.every((column) => places.has(column)) ? places : null;
}

/**
 * True if the file ends within a row: no line break at its end, and a last row that is too short.
 */
function isCutOff(text: string, head: CsvRow, body: readonly CsvRow[]): boolean {
  const last = body.at(-1);
  return last !== undefined && !/[\r\n]$/.test(text) && last.cells.length < head.cells.length;
}

function readRow(
  row: CsvRow,
  places: ConsolePlaces,
  expected: Expected,
  add: Add,
): Observed | null {
  let good = true;
  const wrong = (column: ConsoleColumn, message: Bilingual) => {
    good = false;
    add(row.line, places.get(column)?.name ?? COLUMNS[column][0], message);
  };
  const cellOf = (column: ConsoleColumn) => {
    const found = places.get(column);
    return found === undefined ? '' : foldCell(unguardFormula(row.cells[found.place] ?? ''));
  };
  function required<T>(column: ConsoleColumn, kind: CellKind<T>): T {
    const cell = cellOf(column);
    const read = cell === '' ? { wrong: SAYS.blank() } : kind.parse(cell);
    if ('value' in read) return read.value;
    wrong(column, read.wrong);
    return kind.standIn;
  }
  const momentOf = (column: ConsoleColumn): Instant | null => {
    if (cellOf(column) === '') return null;
    const at = Date.parse(required(column, DATE_TIME));
    if (at > expected.exportedAt) wrong(column, TELLS.laterThanExport());
    return Number.isNaN(at) ? null : at;
  };
  if (!isOfShop(cellOf('shop'), expected.fregiShopId)) {
    wrong('shop', TELLS.otherShop(expected.fregiShopId));
  }
  const found: Observed = {
    seqno: required('seqno', SEQNO),
    slipId: required('slipId', SLIP_ID),
    state: required('state', STATE),
    amount: required('amount', AMOUNT),
    authCode: cellOf('authCode') === '' ? null : required('authCode', AUTH_CODE),
    authorizedAt: momentOf('authorizedAt'),
    capturedAt: momentOf('capturedAt'),
    cancelledAt: momentOf('cancelledAt'),
  };
  if (isOutside(found, expected)) {
    wrong('authorizedAt', TELLS.otherPeriod(expected.from, expected.to));
  }
  return good ? found : null;
}

/** The shop's number at F-REGI, five digits, followed by its name. */
function isOfShop(cell: string, fregiShopId: string): boolean {
  return /^\d{5}(?!\d)/.exec(cell)?.[0] === fregiShopId;
}

/** True if nothing in the file about a transaction happened in the period. */
function isOutside(found: Observed, { from, to }: Expected): boolean {
  if (from === null || to === null) return false;
  const moments = [found.authorizedAt, found.capturedAt, found.cancelledAt];
  const days = moments.flatMap((at) => (at === null ? [] : [jstDateOf(at)]));
  return days.length > 0 && !days.some((day) => day >= from && day <= to);
}

const LABELS = new Map(
  keysOf(TRANSACTION_STATE).map((state) => [foldCell(TRANSACTION_STATE[state].ja), state]),
);

/** F-REGIステータス, by the manual's words. */
const STATE: CellKind<TransactionState> = {
  parse(text) {
    const value = LABELS.get(text);
    if (value !== undefined) return { value };
    return { wrong: SAYS.notOneOf(keysOf(TRANSACTION_STATE).map((s) => TRANSACTION_STATE[s].ja)) };
  },
  standIn: 'authorized',
};
