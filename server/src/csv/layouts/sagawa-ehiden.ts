import {
  addressOf,
  always,
  BLANK,
  collected,
  inPieces,
  phone,
  postalCode,
  slipKey,
  slipKind,
  timeOf,
  trackingNumber,
  wide,
} from './labels.ts';
import type { CellOf, Layout } from './layout.ts';

/**
 * 佐川急便 e飛伝, its layout of 74 columns, one row for each parcel. Addresses have three parts of 16
 * characters, names have two; longer values are reported and never cut off.
 */
const PART = 16;
const PART_BYTES = 32;
const address =
  (index: number): CellOf =>
  (row) =>
    inPieces(addressOf(row), [PART, PART, PART])[index] ?? '';
const senderAddress =
  (index: number): CellOf =>
  ({ shipper }) =>
    inPieces(wide(shipper.address), [PART, PART])[index] ?? '';
const name =
  (index: number): CellOf =>
  ({ destination }) =>
    inPieces(wide(destination.name), [PART, PART])[index] ?? '';
const senderName =
  (index: number): CellOf =>
  ({ shipper }) =>
    inPieces(wide(shipper.name), [PART, PART])[index] ?? '';
const product =
  (index: number): CellOf =>
  ({ lines }) =>
    wide([...(lines[index]?.name ?? '')].slice(0, PART).join(''));

/** 配達指定時間帯: the carrier's whole list. */
const deliveryTime = timeOf({
  '8-12': '01',
  '12-14': '12',
  '14-16': '14',
  '16-18': '16',
  '18-20': '18',
  '18-21': '04',
  '19-21': '19',
});

const compact = (date: string | null): string => date?.replaceAll('-', '') ?? '';

const COLUMNS: readonly (readonly [name: string, cell: CellOf, bytesMax?: number])[] = [
  ['お届け先コード取得区分', BLANK],
  ['お届け先コード', BLANK],
  ['お届け先電話番号', phone, 14],
  ['お届け先郵便番号', postalCode, 8],
  ['お届け先住所１', address(0), PART_BYTES],
  ['お届け先住所２', address(1), PART_BYTES],
  ['お届け先住所３', address(2), PART_BYTES],
  ['お届け先名称１', name(0), PART_BYTES],
  ['お届け先名称２', name(1), PART_BYTES],
  ['お客様管理番号', ({ order, cells }) => slipKey(order.orderNumber, cells.destinationNumber), 16],
  ['お客様コード', ({ shipper }) => shipper.sagawaCustomerCode, 12],
  ['部署ご担当者コード取得区分', BLANK],
  ['部署ご担当者コード', BLANK],
  ['部署ご担当者名称', BLANK],
  ['荷送人電話番号', BLANK],
  ['ご依頼主コード取得区分', BLANK],
  ['ご依頼主コード', BLANK],
  ['ご依頼主電話番号', ({ shipper }) => shipper.phone, 14],
  ['ご依頼主郵便番号', ({ shipper }) => shipper.postalCode, 8],
  ['ご依頼主住所１', senderAddress(0), PART_BYTES],
  ['ご依頼主住所２', senderAddress(1), PART_BYTES],
  ['ご依頼主名称１', senderName(0), PART_BYTES],
  ['ご依頼主名称２', senderName(1), PART_BYTES],
  ['荷姿', BLANK],
  ...[0, 1, 2, 3, 4].map(
    (index) => [`品名${'１２３４５'[index]}`, product(index), PART_BYTES] as const,
  ),
  ['荷札荷姿', BLANK],
  ...['１', '２', '３', '４', '５', '６', '７', '８', '９', '１０', '１１'].map(
    (number) => [`荷札品名${number}`, BLANK] as const,
  ),
  ['出荷個数', always('1')],
  ['スピード指定', always('000')],
  ['クール便指定', always('001')],
  ['配達日', ({ destination }) => compact(destination.requestedDate)],
  ['配達指定時間帯', deliveryTime],
  ['配達指定時間（時分）', BLANK],
  ['代引金額', collected(({ amount }) => String(amount)), 7],
  ['消費税', collected(({ tax }) => String(tax)), 6],
  ['決済種別', collected(() => '0')],
  ['保険金額', BLANK],
  ['指定シール１', BLANK],
  ['指定シール２', BLANK],
  ['指定シール３', BLANK],
  ['営業所受取', BLANK],
  ['SRC区分', BLANK],
  ['営業所受取営業所コード', BLANK],
  ['元着区分', slipKind(() => '1')],
  ['メールアドレス', BLANK],
  ['ご不在時連絡先', BLANK],
  ['出荷日', ({ today }) => compact(today)],
  ['お問い合せ送り状No.', trackingNumber, 12],
  ['出荷場印字区分', BLANK],
  ['集約解除指定', BLANK],
  ...['０１', '０２', '０３', '０４', '０５', '０６', '０７', '０８', '０９', '１０'].map(
    (number) => [`編集${number}`, BLANK] as const,
  ),
];

export const SAGAWA_EHIDEN: Layout = {
  per: 'destination',
  columns: COLUMNS.map(([column, cell, bytesMax]) => ({
    name: column,
    cell,
    ...(bytesMax === undefined ? {} : { bytesMax }),
  })),
  forSpreadsheets: false,
};
