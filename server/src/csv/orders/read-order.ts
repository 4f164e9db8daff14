import { type PlaceOrder, placeOrderSchema } from '@renkei/contract/orders/place-order.ts';
import type { IncomingOrder } from '@renkei/core/domain/order/place-order.ts';
import { COLUMNS, type ColumnName, type OrderReader } from '../text/columns.ts';
import { ErrorList, errorListOf } from '../text/error-list.ts';
import { joinParts } from '../text/joined.ts';
import { SAYS } from '../text/messages.ts';
import { createRowReader } from '../text/row-reader.ts';
import type { Sheet, TableRow } from '../text/table.ts';
import { CHANNEL_KIND, DATE_TIME, ORDER_NUMBER, TYPE } from '../text/values.ts';
import { checkSums, howLinesAddUp, readAmountCells } from './amounts.ts';
import { checkContacts } from './check-contacts.ts';
import { checkSameness, repeatedRows } from './check-rows.ts';
import type { PaymentMethods } from './payment-kind.ts';
import { type DestinationRead, readDestinations, readProduct } from './read-destinations.ts';
import { readPayment } from './read-payment.ts';
import { listIssues } from './schema-issues.ts';

export type OrderRead =
  | { readonly kind: 'read'; readonly order: IncomingOrder; readonly warnings: ErrorList }
  | {
      readonly kind: 'refused';
      readonly errors: ErrorList;
      /** The 決済方法 of which nobody has told the 決済種別; null if that is not what is missing. */
      readonly unknownMethod: string | null;
    };

/** Reads one order from all of its rows; refuses it if any of them has an error. */
export function readOrder(
  all: readonly TableRow[],
  sheet: Sheet<ColumnName>,
  methods: PaymentMethods,
): OrderRead {
  const errors = errorListOf(all.flatMap(({ faults }) => faults));
  const rows = all.filter(({ isWhole }) => isWhole);
  checkSameness(rows, sheet, errors);

  const readers = rows.map((row) => createRowReader(row, sheet, errors));
  const [first] = readers;
  const refused = (unknownMethod: string | null = null): OrderRead => {
    return { kind: 'refused', errors, unknownMethod };
  };
  if (first === undefined || rows.length < all.length) return refused();
  const cells = readAmountCells(first);
  const products = readers.map(readProduct);
  const addUp = howLinesAddUp(products, cells.items);
  if (addUp === 'not') {
    for (const { line } of repeatedRows(rows)) errors.add(line, null, SAYS.repeatedRow());
  }
  const destinations = readDestinations(products, addUp === 'with_options');
  const warnings = new ErrorList();
  checkContacts(first, 'customer', warnings);
  for (const reader of readers) {
    const isFirst = destinations.some(({ line }) => line === reader.line);
    if (isFirst) checkContacts(reader, 'destination', warnings);
  }
  const head = readHead(first);
  const payment = readPayment(first, cells.billed, methods);
  if (payment.kind === 'unknown_method') return refused(payment.method);
  if (payment.kind === 'wrong' || errors.count() > 0) return refused();
  const sums = checkSums(cells);
  if (sums.kind === 'wrong') {
    first.wrong(sums.field, sums.message);
    return refused();
  }
  const details = readDetails(first, destinations);
  const candidate: PlaceOrder = { ...head, ...payment.payment, amounts: sums.amounts, details };
  const parsed = placeOrderSchema.safeParse(candidate);
  if (parsed.success) return { kind: 'read', order: parsed.data, warnings };
  const cellAt = (line: number, field: ColumnName) =>
    readers.find((reader) => reader.line === line)?.text(field) ?? '';
  listIssues(parsed.error.issues, { line: first.line, destinations, cellAt }, errors);
  return refused();
}

function readHead({ required, optional }: OrderReader) {
  return {
    orderNumber: required('orderNumber', ORDER_NUMBER),
    type: optional('type', TYPE, 'regular'),
    channel: optional('channel', CHANNEL_KIND, 'pc'),
    placedAt: required('placedAt', DATE_TIME),
  } as const;
}

function readDetails(
  reader: OrderReader,
  destinations: readonly DestinationRead[],
): PlaceOrder['details'] {
  return {
    customer: readCustomer(reader),
    destinations: destinations.map(({ destination }) => destination),
    customerMessage: reader.text('customerMessage'),
    memo: readMemo(reader, destinations),
  };
}

function readCustomer({ text }: OrderReader): PlaceOrder['details']['customer'] {
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
function readMemo(reader: OrderReader, destinations: readonly DestinationRead[]): string {
  const asked = destinations
    .filter(({ instructions }) => instructions !== '')
    .map(({ instructions }) => `${COLUMNS.instructions.name}：${instructions}`);
  const memo = reader.text('memo');
  return memo === '' ? asked.join('\n') : [memo, ...asked].join('\n');
}
