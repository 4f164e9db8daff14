import type { IncomingOrder } from '@renkei/core/domain/place-order.ts';
import { COLUMNS, findColumns, type Sheet } from '../text/columns.ts';
import { type CsvError, ErrorList } from '../text/error-list.ts';
import { SAYS } from '../text/messages.ts';
import { type BrokenRow, type CsvRow, readRows } from '../text/rows.ts';
import { foldCell } from '../text/values.ts';
import { brokenMessage, looksLikeCard } from './check-rows.ts';
import { readOrder } from './read-order.ts';

/** The most rows that one file may have, its header not counted. */
export const CSV_ROWS_MAX = 100_000;

export type ParsedOrders = {
  /** The good orders in the file's sequence, each with the line on which it begins. */
  readonly orders: readonly { readonly order: IncomingOrder; readonly line: number }[];
  /** By line; at most CSV_ERRORS_MAX of them and a last one that says so. */
  readonly errors: readonly CsvError[];
  /** How many rows were read, and how many orders were left out. */
  readonly rows: number;
  readonly invalid: number;
};

/**
 * Reads orders from a text in the layout of {@link COLUMNS}. An order with anything wrong in any of
 * its rows is left out as a whole, and what is wrong is listed. A file that cannot be read as this
 * layout, or that is too long, gives no orders.
 */
export function parseOrdersCsv(text: string, rowsMax = CSV_ROWS_MAX): ParsedOrders {
  const errors = new ErrorList();
  const all = readRows(text);
  const sheet = readHeader(all.next().value ?? null, errors);
  if (sheet === null) return nothing(errors, 0);

  const rows = takeRows(all, rowsMax + 1);
  if (rows.length === 0) errors.add(1, null, SAYS.empty());
  const beyond = rows[rowsMax];
  if (beyond !== undefined) {
    errors.add(beyond.line, null, SAYS.tooManyRows(rowsMax));
    return nothing(errors, rows.length);
  }
  const found: FoundOrder[] = [];
  for (const group of groupRows(rows, sheet)) {
    const read = readOrder(group.rows, sheet);
    if (read.kind === 'refused') errors.addAll(read.errors);
    const order = read.kind === 'read' ? read.order : null;
    found.push({ orderNumber: group.orderNumber, line: lineOf(group), order });
  }
  const { orders, invalid } = leaveOutRepeated(found, errors);
  return { orders, errors: errors.sorted(), rows: rows.length, invalid };
}

/** The file may be far longer than what is taken from it. */
function takeRows(rows: Iterator<CsvRow | BrokenRow>, most: number): (CsvRow | BrokenRow)[] {
  const taken: (CsvRow | BrokenRow)[] = [];
  while (taken.length < most) {
    const next = rows.next();
    if (next.done) break;
    taken.push(next.value);
  }
  return taken;
}

function nothing(errors: ErrorList, rows: number): ParsedOrders {
  return { orders: [], errors: errors.sorted(), rows, invalid: 0 };
}

function readHeader(row: CsvRow | BrokenRow | null, errors: ErrorList): Sheet | null {
  if (row === null) errors.add(1, null, SAYS.empty());
  else if ('broken' in row) errors.add(row.line, null, brokenMessage(row));
  else if (row.cells.some(looksLikeCard)) errors.add(row.line, null, SAYS.cardNumber());
  else {
    const header = findColumns(row.cells);
    if (header.kind === 'found') return header.sheet;
    for (const name of header.missing) errors.add(row.line, name, SAYS.missingColumn());
    for (const name of header.repeated) errors.add(row.line, name, SAYS.repeatedColumn());
  }
  return null;
}

/** Rows that stand together and tell of one order, as far as the 受注コード says so. */
type RowGroup = { readonly orderNumber: string; readonly rows: (CsvRow | BrokenRow)[] };

function* groupRows(rows: Iterable<CsvRow | BrokenRow>, sheet: Sheet): Generator<RowGroup> {
  let group: RowGroup | null = null;
  for (const row of rows) {
    const orderNumber = orderNumberOf(row, sheet);
    if (group !== null && (orderNumber === null || orderNumber === group.orderNumber)) {
      group.rows.push(row);
      continue;
    }
    if (group !== null) yield group;
    group = { orderNumber: orderNumber ?? '', rows: [row] };
  }
  if (group !== null) yield group;
}

/**
 * Null where a row does not tell its order: it is broken, or a torn piece of a row, or blank there.
 * It may belong to the order above, which is then left out with it.
 */
function orderNumberOf(row: CsvRow | BrokenRow, { places, names }: Sheet): string | null {
  if ('broken' in row) return null;
  const cell = foldCell(row.cells[places.get('orderNumber') ?? -1] ?? '');
  const isTorn = row.cells.length !== names.length && !/^\d{12}$/.test(cell);
  return isTorn || cell === '' ? null : cell;
}

function lineOf({ rows }: RowGroup): number {
  return rows[0]?.line ?? 1;
}

type FoundOrder = {
  readonly orderNumber: string;
  readonly line: number;
  /** Null where something in its rows was wrong. */
  readonly order: IncomingOrder | null;
};

/**
 * An order that stands in two places, or two orders with one transaction: nobody can tell which of
 * the two is right, so both are left out.
 */
function leaveOutRepeated(
  found: readonly FoundOrder[],
  errors: ErrorList,
): Pick<ParsedOrders, 'orders' | 'invalid'> {
  const wrong = new Set<FoundOrder>();
  const byNumber = new Map<string, FoundOrder>();
  const bySeqno = new Map<string, FoundOrder>();
  for (const one of found) {
    const { orderNumber, line, order } = one;
    if (order === null) wrong.add(one);
    const sameNumber = first(byNumber, orderNumber, one);
    if (sameNumber !== one) {
      errors.add(line, COLUMNS.orderNumber.name, SAYS.orderRepeated(sameNumber.line));
      wrong.add(one).add(sameNumber);
    }
    const paid = order?.transaction;
    if (paid?.kind !== 'authorized' || sameNumber !== one) continue;
    const sameSeqno = first(bySeqno, paid.seqno, one);
    if (sameSeqno !== one) {
      errors.add(line, COLUMNS.seqno.name, SAYS.seqnoRepeated(sameSeqno.line));
      wrong.add(one).add(sameSeqno);
    }
  }
  const orders = found.flatMap((one) =>
    one.order === null || wrong.has(one) ? [] : [{ order: one.order, line: one.line }],
  );
  const invalid = new Set([...wrong].map(({ orderNumber }) => orderNumber)).size;
  return { orders, invalid };
}

/** Whoever was first under a key: `one` itself, if nobody was there. */
function first(known: Map<string, FoundOrder>, key: string, one: FoundOrder): FoundOrder {
  const earlier = known.get(key);
  if (earlier === undefined) known.set(key, one);
  return earlier ?? one;
}
