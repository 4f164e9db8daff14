import { ORDER_STATUS, TRANSACTION_STATE } from '@renkei/core/domain/order/states.ts';
import { COLUMNS, type CsvColumn, FIELDS } from '../text/columns.ts';
import type { OutColumn, OutRow } from './layout.ts';

/** The fields for free layouts: each with its name and the part of an order it describes. */
export type ExportField = OutColumn & { readonly of: CsvColumn['of'] };

/** The fields that futureshop's own layout does not have. */
const MORE: Readonly<Record<string, ExportField>> = {
  status: { name: 'ステータス', of: 'order', cell: ({ order }) => ORDER_STATUS[order.status].ja },
  transactionState: {
    name: 'F-REGIステータス',
    of: 'order',
    cell({ order: { transactionState } }) {
      return transactionState === null ? '' : TRANSACTION_STATE[transactionState].ja;
    },
  },
  customerName: { name: '氏名', of: 'order', cell: ({ order }) => order.details.customer.name },
  customerKana: { name: 'フリガナ', of: 'order', cell: ({ order }) => order.details.customer.kana },
  customerAddress: {
    name: '住所',
    of: 'order',
    cell: ({ order }) => order.details.customer.address,
  },
  // 請求金額 has one meaning here, whatever else is ticked; the amount before deductions has its own
  // name.
  totalBeforeDeductions: {
    name: '合計金額(割引前)',
    of: 'order',
    cell: ({ cells }) => cells.total ?? '',
  },
  billedAmount: { name: '請求金額', of: 'order', cell: ({ cells }) => cells.billed ?? '' },
  toName: { name: 'お届け先氏名', of: 'destination', cell: ({ destination }) => destination.name },
  toKana: {
    name: 'お届け先フリガナ',
    of: 'destination',
    cell: ({ destination }) => destination.kana,
  },
  toAddress: {
    name: 'お届け先住所',
    of: 'destination',
    cell: ({ destination }) => destination.address,
  },
  lineAmount: {
    name: '小計',
    of: 'line',
    cell: ({ lines }) => String(sumOf(lines, ({ unitPrice, quantity }) => unitPrice * quantity)),
  },
};

function sumOf<T>(items: readonly T[], amount: (item: T) => number): number {
  return items.reduce((sum, item) => sum + amount(item), 0);
}

/** Every field by its key: those of futureshop's layout, and Renkei's own. */
export const EXPORT_FIELDS: ReadonlyMap<string, ExportField> = new Map([
  ...FIELDS.map((key): [string, ExportField] => {
    const { name, of } = COLUMNS[key];
    return [key, { name, of, cell: ({ cells }: OutRow) => cells[key] ?? '' }];
  }),
  ...Object.entries(MORE),
]);
