import type { IncomingOrder } from '@renkei/core/domain/order/place-order.ts';
import { hasCardData } from '../../fregi/scrub.ts';
import { COLUMNS, findColumns, type Sheet } from '../text/columns.ts';
import { type CsvError, ErrorList } from '../text/error-list.ts';
import { SAYS } from '../text/messages.ts';
import { type BrokenRow, type CsvRow, readRows } from '../text/rows.ts';
import { foldCell } from '../text/values.ts';
import { brokenMessage } from './check-rows.ts';
import { readOrder } from './read-order.ts';

/** The most rows of one file, without its header. */
export const CSV_ROWS_MAX = 100_000;

export type ParsedOrders = {
  /** The good orders in the file's sequence, each with its first line. */
  readonly orders: readonly { readonly order: IncomingOrder; readonly line: number }[];
  /** By line; at most CSV_ERRORS_MAX of them, and a last one that says so. */
  readonly errors: readonly CsvError[];
  /** The number of rows read, and of orders left out. */
  readonly rows: number;
  readonly invalid: number;
};

/**
 * Reads orders from a text in the layout of {@link COLUMNS}. Leaves out an order with an error in
 * any of its rows as a whole, and lists the errors. A file that is too long, or not in this layout,
 * gives no orders.
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

/** Takes at most `most` rows; the file may be far longer. */
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
  else if (row.cells.some(hasCardData)) errors.add(row.line, null, SAYS.cardNumber());
  else {
    const header = findColumns(row.cells);
    if (header.kind === 'found') return header.sheet;
    for (const name of header.missing) errors.add(row.line, name, SAYS.missingColumn());
    for (const name of header.repeated) errors.add(row.line, name, SAYS.repeatedColumn());
  }
  return null;
}

/** Adjacent rows of one order, as far as the 受注コード tells. */
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
 * Returns null if a row does not name its order: the row is broken, torn or blank there. It may
 * belong to the order above, which is then left out with it.
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
  /** Null if there was an error in its rows. */
  readonly order: IncomingOrder | null;
};

/**
 * Leaves out both of two orders with the same number or the same transaction, because nobody can
 * tell which is right.
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

/** Returns the first order under a key, which is `one` if there was none. */
function first(known: Map<string, FoundOrder>, key: string, one: FoundOrder): FoundOrder {
  const earlier = known.get(key);
  if (earlier === undefined) known.set(key, one);
  return earlier ?? one;
}
