import { COLUMNS, FIELDS } from '../text/columns.ts';
import { EXPORT_FIELDS } from './fields.ts';
import type { Layout } from './layout.ts';

/** futureshop 形式: the layout that the import reads back, one row for each product. */
export const FUTURESHOP: Layout = {
  per: 'line',
  columns: FIELDS.map((key) => ({
    name: COLUMNS[key].name,
    cell: ({ cells }) => cells[key] ?? '',
  })),
  forSpreadsheets: true,
};

/**
 * 頑張れ♪店長！形式: one row for each product. That program's own list of columns is not public; these are
 * the columns that shops give to it, under the names of the list's CSV. 請求金額 is always the billed
 * amount; before deductions the amount is called 合計金額(割引前).
 */
export const GANBARE_TENCHO: Layout = {
  per: 'line',
  columns: [
    'orderNumber',
    'placedAt',
    'channel',
    'status',
    'customerName',
    'customerKana',
    'email',
    'postalCode',
    'prefecture',
    'customerAddress',
    'phone',
    'paymentMethod',
    'paid',
    'paidOn',
    'totalBeforeDeductions',
    'billedAmount',
    'items',
    'shipping',
    'paymentFee',
    'wrapping',
    'coolFee',
    'otherFee',
    'pointsUsed',
    'itemsDiscount',
    'discount',
    'toName',
    'toKana',
    'toPostalCode',
    'toPrefecture',
    'toAddress',
    'toPhone',
    'requestedDate',
    'requestedTime',
    'carrier',
    'trackingNumber',
    'shippedOn',
    'productCode',
    'productName',
    'variation',
    'unitPrice',
    'quantity',
    'lineAmount',
    'customerMessage',
    'memo',
  ].map((key) => {
    const field = EXPORT_FIELDS.get(key);
    if (field === undefined) throw new Error(`unknown field ${key}`);
    return field;
  }),
  forSpreadsheets: true,
};
