import type { RowReader } from './row-reader.ts';
import type { TableColumn } from './table.ts';

/**
 * The layout: futureshop's order CSV with the FutureShop2 items ticked, one row for each product,
 * the order's and the destination's columns repeated on every row. Columns are found by name, in
 * any sequence; columns not listed here are ignored.
 *
 * `own` marks Renkei's own columns, which futureshop does not write: all optional, they keep facts
 * that the layout would lose.
 */
export type CsvColumn = TableColumn & {
  /** The subject of the column; an order's columns are the same on each of its rows. */
  readonly of: 'order' | 'destination' | 'line';
  readonly own?: true;
};

export const COLUMNS = {
  orderNumber: { name: '受注コード', of: 'order', required: true },
  type: { name: '受注種別', of: 'order', own: true },
  placedAt: { name: '注文日時', of: 'order', required: true, aliases: ['受注日時'] },
  billed: { name: '請求合計金額', of: 'order', required: true },
  total: { name: '総合計金額', of: 'order' },
  items: { name: '商品合計金額', of: 'order', required: true },
  tax: { name: '消費税合計', of: 'order', required: true },
  wrapping: { name: '包装手数料', of: 'order', required: true },
  shipping: { name: '送料', of: 'order', required: true },
  paymentFee: { name: '決済手数料', of: 'order', required: true },
  coolFee: { name: 'クール便手数料', of: 'order', required: true },
  otherFee: { name: 'その他手数料', of: 'order', required: true },
  paymentMethod: { name: '決済方法', of: 'order', required: true },
  paymentKind: { name: '決済種別', of: 'order', own: true },
  convenienceStore: { name: 'コンビニ区分', of: 'order' },
  convenienceNumber: { name: 'コンビニ支払番号', of: 'order' },
  channel: { name: '購入経路区分', of: 'order', aliases: ['受注経路'] },
  customerMessage: { name: '通信欄', of: 'order' },
  memo: { name: 'ショップメモ', of: 'order' },
  paid: { name: '入金フラグ', of: 'order' },
  paidOn: { name: '入金確認日', of: 'order' },
  lastName: { name: '氏名(姓)', of: 'order', required: true },
  firstName: { name: '氏名(名)', of: 'order', required: true },
  lastKana: { name: 'フリガナ(姓)', of: 'order' },
  firstKana: { name: 'フリガナ(名)', of: 'order' },
  email: { name: 'メールアドレス', of: 'order', aliases: ['メールアドレス(メイン)'] },
  postalCode: { name: '郵便番号', of: 'order' },
  prefecture: { name: '都道府県区分', of: 'order' },
  address1: { name: '住所1', of: 'order' },
  address2: { name: '住所2', of: 'order' },
  address3: { name: '住所3', of: 'order' },
  phone: { name: '電話番号(メイン)', of: 'order' },
  destinationNumber: { name: 'お届け先番号', of: 'destination', own: true },
  toLastName: { name: 'お届け先氏名(姓)', of: 'destination', required: true },
  toFirstName: { name: 'お届け先氏名(名)', of: 'destination', required: true },
  toLastKana: { name: 'お届け先フリガナ(姓)', of: 'destination' },
  toFirstKana: { name: 'お届け先フリガナ(名)', of: 'destination' },
  toPostalCode: { name: 'お届け先郵便番号', of: 'destination' },
  toPrefecture: { name: 'お届け先都道府県区分', of: 'destination', required: true },
  toAddress1: { name: 'お届け先住所1', of: 'destination', required: true },
  toAddress2: { name: 'お届け先住所2', of: 'destination' },
  toAddress3: { name: 'お届け先住所3', of: 'destination' },
  toPhone: { name: 'お届け先電話番号', of: 'destination' },
  trackingNumber: { name: '送り状番号', of: 'destination' },
  requestedDate: { name: 'お届け希望日', of: 'destination' },
  requestedTime: { name: 'お届け希望時間', of: 'destination' },
  instructions: { name: '詳細指定事項欄', of: 'destination' },
  shippedOn: { name: '発送日', of: 'destination' },
  lineNumber: { name: '明細番号', of: 'line', own: true },
  productCode: { name: '商品番号', of: 'line', required: true },
  branch: { name: '枝番号', of: 'line' },
  productName: { name: '商品名', of: 'line', required: true },
  options: { name: '項目選択肢', of: 'line' },
  variation: { name: 'バリエーション名', of: 'line' },
  optionPrice: { name: 'オプション価格', of: 'line' },
  unitPrice: { name: '販売単価', of: 'line', required: true },
  quantity: { name: '購入数量', of: 'line', required: true },
  taxRate: { name: '消費税率', of: 'line', own: true },
  hasPoints: { name: 'ポイント利用の有無', of: 'order' },
  pointsUsed: { name: 'ポイント利用額', of: 'order', required: true },
  carrier: { name: '配送サービス', of: 'destination' },
  itemsDiscount: { name: '割引合計金額(商品)', of: 'order', required: true },
  shippingDiscount: { name: '割引合計金額(送料)', of: 'order', required: true },
  discount: { name: '値引き', of: 'order', own: true },
  authCode: { name: 'F-REGI承認番号', of: 'order' },
  seqno: { name: 'F-REGI取引番号', of: 'order' },
  authorizedAmount: { name: 'F-REGI承認金額', of: 'order', own: true },
  authorizedAt: { name: 'F-REGI承認日時', of: 'order', own: true },
  slipId: { name: 'F-REGI伝票番号', of: 'order', own: true },
  authentication: { name: '本人認証', of: 'order', own: true },
} as const satisfies Record<string, CsvColumn>;

export type ColumnName = keyof typeof COLUMNS;

/** Reads a row of an order file. */
export type OrderReader = RowReader<ColumnName>;

export const FIELDS = Object.keys(COLUMNS) as ColumnName[];

/** Returns the fields of the order, of a destination, or of a product, in the layout's sequence. */
export function fieldsOf(part: CsvColumn['of']): readonly ColumnName[] {
  return FIELDS.filter((field) => COLUMNS[field].of === part);
}
