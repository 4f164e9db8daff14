import type { IncomingOrder } from '@renkei/core/domain/order/place-order.ts';
import { COLUMNS, type ColumnName } from '../text/columns.ts';
import { type CsvError, ErrorList } from '../text/error-list.ts';
import { SAYS } from '../text/messages.ts';
import { readTable, type Sheet, type TableKind, type TableRow } from '../text/table.ts';
import { foldCell } from '../text/values.ts';
import type { PaymentMethods } from './payment-kind.ts';
import { readOrder } from './read-order.ts';

/** The most rows of one file, without its header. */
const CSV_ROWS_MAX = 100_000;

export type ParsedOrders = {
  /** The good orders in the file's sequence, each with its first line. */
  readonly orders: readonly { readonly order: IncomingOrder; readonly line: number }[];
  /** By line; at most CSV_ERRORS_MAX of them, and a last one that says so. */
  readonly errors: readonly CsvError[];
  /** Cells of good orders that a person should look at, by line. */
  readonly warnings: readonly CsvError[];
  /** The number of rows read, and of orders left out. */
  readonly rows: number;
  readonly invalid: number;
  /** Each 決済方法 of which nobody has told the 決済種別, with the number of its orders. */
  readonly unknownMethods: ReadonlyMap<string, number>;
};

export type OrderFileOptions = {
  /** The shop's own table of payment methods. */
  readonly methods?: PaymentMethods;
  readonly rowsMax?: number;
};

/**
 * Reads orders from a text in the layout of {@link COLUMNS}. Leaves out an order with an error in
 * any of its rows as a whole, and lists the errors. A file that is too long, or not in this layout,
 * gives no orders.
 */
export function parseOrdersCsv(
  text: string,
  { methods = new Map(), rowsMax = CSV_ROWS_MAX }: OrderFileOptions = {},
): ParsedOrders {
  const errors = new ErrorList();
  const table = readTable(text, [{ ...ORDERS, rowsMax }], errors);
  const warnings = new ErrorList();
  const unknownMethods = new Map<string, number>();
  if (table.kind === 'refused') {
    const told = { errors: errors.sorted(), warnings: [] };
    return { ...told, orders: [], rows: 0, invalid: 0, unknownMethods };
  }
  const { sheet, rows } = table;
  const found: FoundOrder[] = [];
  for (const group of groupRows(rows, sheet)) {
    const read = readOrder(group.rows, sheet, methods);
    if (read.kind === 'refused') {
      errors.addAll(read.errors);
      const { unknownMethod: method } = read;
      if (method !== null) unknownMethods.set(method, (unknownMethods.get(method) ?? 0) + 1);
    } else warnings.addAll(read.warnings);
    const order = read.kind === 'read' ? read.order : null;
    found.push({ orderNumber: group.orderNumber, line: lineOf(group), order });
  }
  const { orders, invalid } = leaveOutRepeated(found, errors);
  const told = { errors: errors.sorted(), warnings: warnings.sorted() };
  return { ...told, orders, rows: rows.length, invalid, unknownMethods };
}

const ORDERS: TableKind<ColumnName> = {
  columns: COLUMNS,
  rowsMax: CSV_ROWS_MAX,
  empty: SAYS.noOrders(),
  remedy: SAYS.exportOrders(),
  // The number to pay with at a store has 13 digits.
  isNoCard: (field, cell) => field === 'convenienceNumber' && /^\d{13}$/.test(foldCell(cell)),
};

/** Adjacent rows of one order, as far as the 受注コード tells. */
type RowGroup = { readonly orderNumber: string; readonly rows: TableRow[] };

function* groupRows(rows: Iterable<TableRow>, sheet: Sheet<ColumnName>): Generator<RowGroup> {
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
function orderNumberOf({ cells, isWhole }: TableRow, { places }: Sheet<ColumnName>): string | null {
  const cell = foldCell(cells[places.get('orderNumber') ?? -1] ?? '');
  const isTorn = !isWhole && !/^\d{12}$/.test(cell);
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
