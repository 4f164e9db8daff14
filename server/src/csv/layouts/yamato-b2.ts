import { formatDate } from '../orders/format-orders.ts';
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
  toCollect,
  trackingNumber,
  wide,
} from './labels.ts';
import type { CellOf, Layout } from './layout.ts';

/**
 * ヤマトB2クラウド, its basic layout of 95 columns, one row for each parcel. Values that do not fit (住所 32
 * characters, アパートマンション名 16, 氏名 16 …) are reported and never cut off; only names of products are
 * shortened, as usual on labels.
 */
const [ADDRESS, BUILDING] = [32, 16] as const;
const addressPart =
  (index: number): CellOf =>
  (row) =>
    inPieces(addressOf(row), [ADDRESS, BUILDING])[index] ?? '';
const senderPart =
  (index: number): CellOf =>
  ({ shipper }) =>
    inPieces(wide(shipper.address), [ADDRESS, BUILDING])[index] ?? '';

const product =
  (index: number): CellOf =>
  ({ lines }) => {
    const line = lines[index];
    if (line === undefined) return '';
    const more = index === 1 && lines.length > 2 ? ` 他${lines.length - 2}点` : '';
    const name = [...`${line.name} ${line.variation}`.trim()].slice(0, 20 - more.length).join('');
    return wide(`${name}${more}`);
  };
const productCode =
  (index: number): CellOf =>
  ({ lines }) =>
    (lines[index]?.productCode ?? '').replace(/[^\w-]/g, '').slice(0, 30);

/** 0: 発払い. 2: コレクト. */
const kindOfSlip = slipKind((row) => (toCollect(row) === null ? '0' : '2'));

/** 配達時間帯: the carrier's whole list. */
const deliveryTime = timeOf({
  '8-12': '0812',
  '14-16': '1416',
  '16-18': '1618',
  '18-20': '1820',
  '19-21': '1921',
});

const NAMED: readonly (readonly [name: string, cell: CellOf, bytesMax?: number])[] = [
  ['お客様管理番号', ({ cells, order }) => slipKey(order.orderNumber, cells.destinationNumber), 50],
  ['送り状種類', kindOfSlip],
  ['クール区分', always('0')],
  ['伝票番号', trackingNumber, 12],
  ['出荷予定日', ({ today }) => formatDate(today)],
  ['お届け予定日', ({ destination }) => formatDate(destination.requestedDate)],
  ['配達時間帯', deliveryTime],
  ['お届け先コード', BLANK],
  ['お届け先電話番号', phone, 15],
  ['お届け先電話番号枝番', BLANK],
  ['お届け先郵便番号', postalCode, 8],
  ['お届け先住所', addressPart(0), 64],
  ['お届け先アパートマンション名', addressPart(1), 32],
  ['お届け先会社・部門１', BLANK],
  ['お届け先会社・部門２', BLANK],
  ['お届け先名', ({ destination }) => wide(destination.name), 32],
  ['お届け先名(ｶﾅ)', BLANK],
  ['敬称', always('様')],
  ['ご依頼主コード', BLANK],
  ['ご依頼主電話番号', ({ shipper }) => shipper.phone, 15],
  ['ご依頼主電話番号枝番', BLANK],
  ['ご依頼主郵便番号', ({ shipper }) => shipper.postalCode, 8],
  ['ご依頼主住所', senderPart(0), 64],
  ['ご依頼主アパートマンション', senderPart(1), 32],
  ['ご依頼主名', ({ shipper }) => wide(shipper.name), 32],
  ['ご依頼主名(ｶﾅ)', BLANK],
  ['品名コード１', productCode(0), 30],
  ['品名１', product(0), 50],
  ['品名コード２', productCode(1), 30],
  ['品名２', product(1), 50],
  ['荷扱い１', BLANK],
  ['荷扱い２', BLANK],
  ['記事', ({ order }) => `受注 ${order.orderNumber}`, 44],
  ['ｺﾚｸﾄ代金引換額（税込)', collected(({ amount }) => String(amount)), 7],
  ['内消費税額等', collected(({ tax }) => String(tax)), 7],
  ['止置き', always('0')],
  ['営業所コード', BLANK],
  ['発行枚数', always('1')],
  ['個数口表示フラグ', always('1')],
  ['請求先顧客コード', ({ shipper }) => shipper.yamatoCustomerCode, 12],
  ['請求先分類コード', BLANK],
  ['運賃管理番号', ({ shipper }) => shipper.yamatoFareNumber, 2],
  ['クロネコwebコレクトデータ登録', always('0')],
];

/** Services that our labels never use; the layout needs their columns nevertheless. */
const UNUSED: readonly string[] = [
  'クロネコwebコレクト加盟店番号',
  'クロネコwebコレクト申込受付番号１',
  'クロネコwebコレクト申込受付番号２',
  'クロネコwebコレクト申込受付番号３',
  'お届け予定ｅメール利用区分',
  'お届け予定ｅメールe-mailアドレス',
  '入力機種',
  'お届け予定ｅメールメッセージ',
  'お届け完了ｅメール利用区分',
  'お届け完了ｅメールe-mailアドレス',
  'お届け完了ｅメールメッセージ',
  'クロネコ収納代行利用区分',
  '予備',
  '収納代行請求金額(税込)',
  '収納代行内消費税額等',
  '収納代行請求先郵便番号',
  '収納代行請求先住所',
  '収納代行請求先住所（アパートマンション名）',
  '収納代行請求先会社・部門名１',
  '収納代行請求先会社・部門名２',
  '収納代行請求先名(漢字)',
  '収納代行請求先名(カナ)',
  '収納代行問合せ先名(漢字)',
  '収納代行問合せ先郵便番号',
  '収納代行問合せ先住所',
  '収納代行問合せ先住所（アパートマンション名）',
  '収納代行問合せ先電話番号',
  '収納代行管理番号',
  '収納代行品名',
  '収納代行備考',
  '複数口くくりキー',
  '検索キータイトル1',
  '検索キー1',
  '検索キータイトル2',
  '検索キー2',
  '検索キータイトル3',
  '検索キー3',
  '検索キータイトル4',
  '検索キー4',
  '検索キータイトル5',
  '検索キー5',
  '予備',
  '予備',
  '投函予定メール利用区分',
  '投函予定メールe-mailアドレス',
  '投函予定メールメッセージ',
  '投函完了メール（お届け先宛）利用区分',
  '投函完了メール（お届け先宛）e-mailアドレス',
  '投函完了メール（お届け先宛）メールメッセージ',
  '投函完了メール（ご依頼主宛）利用区分',
  '投函完了メール（ご依頼主宛）e-mailアドレス',
  '投函完了メール（ご依頼主宛）メールメッセージ',
];

export const YAMATO_B2: Layout = {
  per: 'destination',
  columns: [
    ...NAMED.map(([name, cell, bytesMax]) => ({
      name,
      cell,
      ...(bytesMax === undefined ? {} : { bytesMax }),
    })),
    ...UNUSED.map((name) => ({ name, cell: BLANK })),
  ],
  forSpreadsheets: false,
};
