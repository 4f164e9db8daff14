import { type PlaceOrder, placeOrderSchema } from '@renkei/contract/orders/place-order.ts';
import type { IncomingOrder } from '@renkei/core/domain/order/place-order.ts';
import { COLUMNS, type Sheet } from '../text/columns.ts';
import { ErrorList } from '../text/error-list.ts';
import { joinParts } from '../text/joined.ts';
import { SAYS } from '../text/messages.ts';
import { createRowReader, type RowReader } from '../text/row-reader.ts';
import type { BrokenRow, CsvRow } from '../text/rows.ts';
import { CHANNEL_KIND, DATE_TIME, ORDER_NUMBER, TYPE } from '../text/values.ts';
import { type AmountCells, checkSums, howLinesAddUp, readAmountCells } from './amounts.ts';
import { checkCells, checkSameness, checkShape, repeatedRows } from './check-rows.ts';
import { type DestinationRead, readDestinations, readProduct } from './read-destinations.ts';
import { readPayment } from './read-payment.ts';
import { listIssues } from './schema-issues.ts';

export type OrderRead =
  | { readonly kind: 'read'; readonly order: IncomingOrder }
  | { readonly kind: 'refused'; readonly errors: ErrorList };

/** Reads one order from all of its rows; refuses it if any of them has an error. */
export function readOrder(all: readonly (CsvRow | BrokenRow)[], sheet: Sheet): OrderRead {
  const errors = new ErrorList();
  const rows = checkShape(all, sheet, errors);
  for (const row of rows) checkCells(row, sheet, errors);
  checkSameness(rows, sheet, errors);

  const readers = rows.map((row) => createRowReader(row, sheet, errors));
  const [first] = readers;
  if (first === undefined || rows.length < all.length) return { kind: 'refused', errors };
  const cells = readAmountCells(first);
  const products = readers.map(readProduct);
  const addUp = howLinesAddUp(products, cells.items);
  if (addUp === 'not') {
    for (const { line } of repeatedRows(rows)) errors.add(line, null, SAYS.repeatedRow());
  }
  const destinations = readDestinations(products, addUp === 'with_options');
  const candidate = readCandidate(first, cells, destinations, errors);
  if (errors.count() > 0) return { kind: 'refused', errors };

  const parsed = placeOrderSchema.safeParse(candidate);
  if (parsed.success) return { kind: 'read', order: parsed.data };
  listIssues(parsed.error.issues, { line: first.line, destinations }, errors);
  return { kind: 'refused', errors };
}

/** Returns the order for the contract; null if its sums or its payment are wrong. */
function readCandidate(
  reader: RowReader,
  cells: AmountCells,
  destinations: readonly DestinationRead[],
  errors: ErrorList,
): PlaceOrder | null {
  const { line, text, required, optional } = reader;
  const head = {
    orderNumber: required('orderNumber', ORDER_NUMBER),
    type: optional('type', TYPE, 'regular'),
    channel: optional('channel', CHANNEL_KIND, 'pc'),
    placedAt: required('placedAt', DATE_TIME),
  } as const;
  const payment = readPayment(reader, cells.billed, errors);
  if (payment === null || errors.count() > 0) return null;
  const sums = checkSums(cells);
  if (sums.kind === 'wrong') {
    errors.add(line, COLUMNS[sums.field].name, sums.message);
    return null;
  }
  const details = {
    customer: readCustomer(reader),
    destinations: destinations.map(({ destination }) => destination),
    customerMessage: text('customerMessage'),
    memo: readMemo(reader, destinations),
  };
  return { ...head, ...payment, amounts: sums.amounts, details };
}

function readCustomer({ text }: RowReader): PlaceOrder['details']['customer'] {
  return {
    name: joinParts([text('lastName'), text('firstName')]),
    kana: joinParts([text('lastKana'), text('firstKana')]),
    phone: text('phone'),
    postalCode: text('postalCode'),
    prefecture: text('prefecture'),
    address: joinParts([text('address1'), text('address2'), text('address3')]),
    email: text('email'),
  };
}

/** The layout has no place for a customer's delivery wishes, so they go into the memo. */
function readMemo(reader: RowReader, destinations: readonly DestinationRead[]): string {
  const asked = destinations
    .filter(({ instructions }) => instructions !== '')
    .map(({ instructions }) => `${COLUMNS.instructions.name}：${instructions}`);
  const memo = reader.text('memo');
  return memo === '' ? asked.join('\n') : [memo, ...asked].join('\n');
}
