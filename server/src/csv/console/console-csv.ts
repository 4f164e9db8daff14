import type { Observed } from '@renkei/core/domain/drift/sighted.ts';
import {
  keysOf,
  TRANSACTION_STATE,
  type TransactionState,
} from '@renkei/core/domain/order/states.ts';
import { type Instant, type JstDate, jstDateOf } from '@renkei/core/domain/values/jst.ts';
import { type CsvError, ErrorList, errorListOf } from '../text/error-list.ts';
import { SAYS } from '../text/messages.ts';
import { createRowReader, type RowReader } from '../text/row-reader.ts';
import { readTable, type TableColumn, type TableKind } from '../text/table.ts';
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
  seqno: { name: '取引番号', required: true },
  slipId: { name: '伝票番号', required: true },
  state: { name: 'ステータス', required: true, aliases: ['取引状態', 'F-REGIステータス'] },
  amount: { name: '金額', required: true, aliases: ['取引金額'] },
  authCode: { name: '承認番号' },
  authorizedAt: { name: '承認日時' },
  capturedAt: { name: '売上日時' },
  cancelledAt: { name: '取消日時' },
  shop: { name: '店舗', required: true, aliases: ['SHOPID', '店舗ID'] },
} as const satisfies Record<string, TableColumn>;
type ConsoleColumn = keyof typeof COLUMNS;

const CONSOLE: TableKind<ConsoleColumn> = {
  columns: COLUMNS,
  rowsMax: 200_000,
  empty: TELLS.noTransactions(),
  remedy: TELLS.exportList(),
  isNoCard: (field) => field === 'seqno' || field === 'slipId',
};

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
  const errors = new ErrorList();
  const read = readTable(text, [CONSOLE], errors);
  if (read.kind === 'refused') return { observed: [], rows: 0, errors: errors.sorted() };
  const { sheet, rows } = read;
  const seen = new Map<string, number>();
  const observed = rows.flatMap((row) => {
    const wrong = errorListOf(row.faults);
    const found = row.isWhole ? readRow(createRowReader(row, sheet, wrong), expected) : null;
    const earlier = seen.get(found?.seqno ?? '');
    if (found !== null && earlier !== undefined) {
      wrong.add(row.line, COLUMNS.seqno.name, TELLS.repeated(earlier), found.seqno);
    }
    if (found !== null) seen.set(found.seqno, row.line);
    errors.addAll(wrong);
    return found === null || wrong.count() > 0 ? [] : [found];
  });
  return { observed, rows: rows.length, errors: errors.sorted() };
}

function readRow(reader: RowReader<ConsoleColumn>, expected: Expected): Observed {
  const { text, required, optional, wrong } = reader;
  const momentOf = (column: ConsoleColumn): Instant | null => {
    const at = Date.parse(optional(column, DATE_TIME, ''));
    if (at > expected.exportedAt) wrong(column, TELLS.laterThanExport());
    return Number.isNaN(at) ? null : at;
  };
  if (!isOfShop(foldCell(text('shop')), expected.fregiShopId)) {
    wrong('shop', TELLS.otherShop(expected.fregiShopId));
  }
  const found: Observed = {
    seqno: required('seqno', SEQNO),
    slipId: required('slipId', SLIP_ID),
    state: required('state', STATE),
    amount: required('amount', AMOUNT),
    authCode: optional('authCode', AUTH_CODE, null),
    authorizedAt: momentOf('authorizedAt'),
    capturedAt: momentOf('capturedAt'),
    cancelledAt: momentOf('cancelledAt'),
  };
  if (isOutside(found, expected)) {
    wrong('authorizedAt', TELLS.otherPeriod(expected.from, expected.to));
  }
  return found;
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
