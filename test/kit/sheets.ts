import { expect } from 'vitest';
import type { IncomingOrder } from '../../core/src/domain/order/place-order.ts';
import { parseOrdersCsv } from '../../server/src/csv/orders/parse-orders.ts';
import { COLUMNS, type ColumnName } from '../../server/src/csv/text/columns.ts';
import { formatRow } from '../../server/src/csv/text/rows.ts';

/** A row of a file as futureshop writes it: none of Renkei's own columns. */
const ROW = {
  orderNumber: '100000394011',
  placedAt: '2012/11/08 19:28:26',
  billed: '9,115',
  items: '9,350',
  tax: '0',
  wrapping: '0',
  shipping: '500',
  paymentFee: '0',
  coolFee: '0',
  otherFee: '0',
  paymentMethod: 'クレジットカード',
  convenienceNumber: '',
  channel: 'PC',
  customerMessage: '',
  memo: '',
  paid: '0',
  paidOn: '',
  lastName: '髙﨑',
  firstName: '花子',
  lastKana: 'タカサキ',
  firstKana: 'ハナコ',
  email: 'hanako@example.jp',
  postalCode: '530-0001',
  prefecture: '大阪府',
  address1: '大阪市北区梅田',
  address2: '0-0-0',
  address3: '',
  phone: '06-0000-0000',
  toLastName: '髙﨑',
  toFirstName: '花子',
  toLastKana: 'タカサキ',
  toFirstKana: 'ハナコ',
  toPostalCode: '530-0001',
  toPrefecture: '大阪府',
  toAddress1: '大阪市北区梅田',
  toAddress2: '0-0-0',
  toAddress3: '',
  toPhone: '06-0000-0000',
  requestedDate: '2012/11/14',
  requestedTime: '午前中',
  instructions: '',
  productCode: 'pen-01',
  branch: '',
  productName: '万年筆',
  options: '',
  variation: '黒',
  optionPrice: '0',
  unitPrice: '9350',
  quantity: '1',
  pointsUsed: '735',
  carrier: 'ヤマト運輸',
  itemsDiscount: '0',
  shippingDiscount: '0',
  authCode: 'A1b2C3',
  seqno: '00000000000000002954',
} as const satisfies Partial<Record<ColumnName, string>>;

export type Cells = Partial<Record<ColumnName, string>>;

/** Returns a file of such rows, each with its changes. Adds the columns that a change names. */
export function fileOf(rows: readonly Cells[], without: readonly ColumnName[] = []): string {
  const named = new Set([...Object.keys(ROW), ...rows.flatMap(Object.keys)] as ColumnName[]);
  const fields = [...named].filter((field) => !without.includes(field));
  const header = fields.map((field) => COLUMNS[field].name);
  const cells = rows.map((row) => {
    const changed: Cells = { ...ROW, ...row };
    return fields.map((field) => changed[field] ?? '');
  });
  return [header, ...cells].map(formatRow).join('');
}

/** An order other than that of ROW. */
export const OTHER = { orderNumber: '100000394012', seqno: '00000000000000002955' };

/** Returns the order of a file that has exactly one order and no error. */
export function only(rows: readonly Cells[], without: readonly ColumnName[] = []): IncomingOrder {
  const { orders, errors } = parseOrdersCsv(fileOf(rows, without));
  expect(errors).toEqual([]);
  const [found, ...others] = orders;
  if (found === undefined || others.length > 0) throw new Error('there should be one order');
  return found.order;
}

/** Returns the numbers of a file's good orders, and its errors without the cells' values. */
export function read(rows: readonly Cells[]) {
  const { orders, errors: found, invalid } = parseOrdersCsv(fileOf(rows));
  const errors = found.map(({ line, column, message }) => ({ line, column, message }));
  return { orders: orders.map(({ order }) => order.orderNumber), errors, invalid };
}
