import type { Destination, OrderDetails } from '@renkei/core/domain/order/order-details.ts';
import type { IncomingOrder } from '@renkei/core/domain/order/place-order.ts';
import { CHANNEL, ORDER_TYPE, PAYMENT_KIND } from '@renkei/core/domain/order/states.ts';
import { AUTHENTICATION, NOT_TOLD } from '@renkei/core/domain/transaction/authentication.ts';
import { type JstDate, jstDateOf } from '@renkei/core/domain/values/jst.ts';
import { COLUMNS, type ColumnName, FIELDS } from '../text/columns.ts';
import { bestFit, encodeCp932, unwritableIn } from '../text/cp932.ts';
import type { CsvEncoding } from '../text/decode.ts';
import { splitParts } from '../text/joined.ts';
import { formatRow, guardFormula } from '../text/rows.ts';
import { amountCellsOf } from './amounts.ts';

/** An order for a file; `paidOn` if it has been paid meanwhile. */
export type OutgoingOrder = IncomingOrder & { readonly paidOn?: JstDate | null };

/** A cell that the encoding cannot hold, with the characters it lacks. */
type CsvLoss = {
  readonly orderNumber: string;
  readonly column: string;
  readonly characters: readonly string[];
};

export type Formatted =
  | { readonly kind: 'formatted'; readonly bytes: Uint8Array }
  | { readonly kind: 'refused'; readonly losses: readonly CsvLoss[] };

/**
 * Writes orders in the layout of {@link COLUMNS}, with CRLF and guarded against formulas: in UTF-8
 * with a BOM, which Excel needs, or in CP932 with look-alikes replaced as Windows does. If CP932
 * lacks a character, the function lists it and writes nothing: never a silent `?`.
 *
 * Read back, the orders are the same, to the second. The file leaves out only a token or a customer
 * number whose card still awaits authorization.
 */
export function formatOrdersCsv(
  orders: readonly OutgoingOrder[],
  encoding: CsvEncoding,
): Formatted {
  const fit = encoding === 'cp932' ? bestFit : (text: string) => text;
  const rows = orders.flatMap((order) =>
    rowsOf(order).map((cells) => cells.map((cell) => guardFormula(fit(cell)))),
  );
  const header = FIELDS.map((field) => COLUMNS[field].name);
  const text = [header, ...rows].map(formatRow).join('');
  if (encoding === 'utf-8') {
    return { kind: 'formatted', bytes: new TextEncoder().encode(`\ufeff${text}`) };
  }
  const { bytes, unwritable } = encodeCp932(text);
  if (unwritable.length === 0) return { kind: 'formatted', bytes };
  return { kind: 'refused', losses: orders.flatMap(findLosses) };
}

/** Lists one loss for each column of an order, whatever the number of its rows. */
function findLosses(order: OutgoingOrder): readonly CsvLoss[] {
  const rows = rowsOf(order);
  return FIELDS.flatMap((field, index) => {
    const text = rows.map((cells) => cells[index] ?? '').join('');
    const characters = unwritableIn(bestFit(text));
    const { orderNumber } = order;
    return characters.length === 0 ? [] : { orderNumber, column: COLUMNS[field].name, characters };
  });
}

/** The cells of one row, by field; absent ones are empty. */
export type Cells = Partial<Record<ColumnName, string>>;

function rowsOf(order: OutgoingOrder): readonly string[][] {
  return cellsOf(order).map((cells) => FIELDS.map((field) => cells[field] ?? ''));
}

/** Returns one row for each product, in the sequence of destinations and lines. */
export function cellsOf(order: OutgoingOrder): readonly Cells[] {
  const ofOrder: Cells = {
    ...headOf(order),
    ...amountCellsOf(order.amounts),
    ...customerOf(order.details.customer),
    ...transactionOf(order),
  };
  const rows = order.details.destinations.flatMap((destination, index) => {
    const ofDestination = { ...destinationOf(destination), destinationNumber: String(index + 1) };
    return destination.lines.map((line) => ({ ...ofOrder, ...ofDestination, ...lineOf(line) }));
  });
  return rows.map((cells, index) => ({ ...cells, lineNumber: String(index + 1) }));
}

function headOf(order: OutgoingOrder): Cells {
  const { paidOn = null, details } = order;
  return {
    orderNumber: order.orderNumber,
    type: ORDER_TYPE[order.type].ja,
    placedAt: formatDateTime(order.placedAt),
    paymentMethod: order.paymentMethod,
    paymentKind: PAYMENT_KIND[order.paymentKind].ja,
    channel: CHANNEL[order.channel].ja,
    customerMessage: details.customerMessage,
    memo: details.memo,
    paid: paidOn === null ? '0' : '1',
    paidOn: formatDate(paidOn),
  };
}

function customerOf(customer: OrderDetails['customer']): Cells {
  const [lastName = '', firstName = ''] = splitParts(customer.name, 2);
  const [lastKana = '', firstKana = ''] = splitParts(customer.kana, 2);
  const [address1 = '', address2 = '', address3 = ''] = splitParts(customer.address, 3);
  const { email, postalCode, prefecture, phone } = customer;
  return {
    lastName,
    firstName,
    lastKana,
    firstKana,
    address1,
    address2,
    address3,
    email,
    postalCode,
    prefecture,
    phone,
  };
}

function destinationOf(destination: Destination): Cells {
  const [toLastName = '', toFirstName = ''] = splitParts(destination.name, 2);
  const [toLastKana = '', toFirstKana = ''] = splitParts(destination.kana, 2);
  const [toAddress1 = '', toAddress2 = '', toAddress3 = ''] = splitParts(destination.address, 3);
  return {
    toLastName,
    toFirstName,
    toLastKana,
    toFirstKana,
    toAddress1,
    toAddress2,
    toAddress3,
    toPostalCode: destination.postalCode,
    toPrefecture: destination.prefecture,
    toPhone: destination.phone,
    trackingNumber: destination.trackingNumber,
    requestedDate: formatDate(destination.requestedDate),
    requestedTime: destination.requestedTime,
    shippedOn: formatDate(destination.shippedOn),
    carrier: destination.carrier,
  };
}

function lineOf(line: Destination['lines'][number]): Cells {
  return {
    productCode: line.productCode,
    productName: line.name,
    variation: line.variation,
    optionPrice: '0',
    unitPrice: String(line.unitPrice),
    quantity: String(line.quantity),
    taxRate: String(line.taxRate),
  };
}

function transactionOf({ transaction }: OutgoingOrder): Cells {
  if (transaction?.kind !== 'authorized') return {};
  const { seqno, authCode, amount, slipId = '', authorizedAt } = transaction;
  const { authentication: told = NOT_TOLD } = transaction;
  const authentication = told === NOT_TOLD ? '' : AUTHENTICATION[told].ja;
  const at = authorizedAt === undefined ? '' : formatDateTime(authorizedAt);
  return {
    seqno,
    authCode,
    authorizedAmount: String(amount),
    slipId,
    authorizedAt: at,
    authentication,
  };
}

/** Returns a JST date as `YYYY/MM/DD`, or an empty text for null. */
export function formatDate(on: JstDate | null): string {
  return on?.replaceAll('-', '/') ?? '';
}

const JST_OFFSET_MS = 9 * 60 * 60 * 1000;

/** Returns an ISO instant as `YYYY/MM/DD HH:MM:SS` in Japan. */
function formatDateTime(instant: string): string {
  const at = Date.parse(instant);
  const time = new Date(at + JST_OFFSET_MS).toISOString().slice(11, 19);
  return `${formatDate(jstDateOf(at))} ${time}`;
}
