import { PAYMENT_KIND } from '../domain/states.ts';
import { YEN_MAX } from '../domain/yen.ts';

/** One sentence in both languages. */
export type Bilingual = { readonly ja: string; readonly en: string };

/** What is wrong at one place of a CSV file. */
export type CsvError = {
  /** The line of the file on which the row begins, from 1. */
  readonly line: number;
  /** The column's name as the layout has it; null where the row or the file is meant. */
  readonly column: string | null;
  readonly message: Bilingual;
};

const count = (value: number): string => value.toLocaleString('ja-JP');
const kinds = Object.values(PAYMENT_KIND);

/** Every sentence that the CSV import can say. */
export const SAYS = {
  // The file
  fileTooLarge: (bytes: number) => ({
    ja: `ファイルが大きすぎます（${count(bytes / 1024 / 1024)} MiBまで）。期間を分けて出力してください。`,
    en: `The file is too large (up to ${count(bytes / 1024 / 1024)} MiB). Export shorter periods.`,
  }),
  utf16: () => ({
    ja: '文字コードがUTF-16です。Shift_JIS（CP932）またはUTF-8で保存してください。',
    en: 'The file is in UTF-16. Save it in Shift_JIS (CP932) or UTF-8.',
  }),
  notDecodable: (tried: readonly string[]) => ({
    ja: `文字コード（${tried.join('、')}）として読めない文字が含まれています。`,
    en: `The file has bytes that cannot be read as ${tried.join(' or ')}.`,
  }),
  empty: () => ({ ja: 'ファイルに行がありません。', en: 'The file has no rows.' }),
  missingColumn: () => ({
    ja: 'この列がありません。受注データ取得項目設定で項目をチェックし、出力し直してください。',
    en: 'This column is missing. Tick it in the export settings and export again.',
  }),
  repeatedColumn: () => ({
    ja: 'この列が2つ以上あります。',
    en: 'This column stands more than once in the header.',
  }),
  quoteNotClosed: () => ({
    ja: '引用符「"」が閉じていません。ここから先は読めません。',
    en: 'A quote is not closed. Nothing can be read from here on.',
  }),
  textAfterQuote: () => ({
    ja: '閉じた引用符「"」の後に文字があります。ここから先は読めません。',
    en: 'There is text after a closing quote. Nothing can be read from here on.',
  }),
  tooManyRows: (max: number) => ({
    ja: `行が多すぎます（${count(max)}行まで）。期間を分けて出力してください。`,
    en: `There are too many rows (up to ${count(max)}). Export shorter periods.`,
  }),
  tooManyErrors: (max: number) => ({
    ja: `エラーが${count(max)}件を超えたため、以降は省略しました。`,
    en: `There are more than ${count(max)} errors; the others are left out.`,
  }),
  // The row
  ragged: (found: number, expected: number) => ({
    ja: `列の数が${found}です。見出し行と同じ${expected}でなければなりません。`,
    en: `The row has ${found} cells; the header has ${expected}.`,
  }),
  repeatedRow: () => ({
    ja: 'すぐ上の行と同じ内容です。二重になっている場合は削除してください。',
    en: 'The row is the same as the one above. Delete it if it stands there twice.',
  }),
  differsInOrder: (line: number) => ({
    ja: `同じ受注の${line}行目と値が異なります。`,
    en: `The value differs from line ${line} of the same order.`,
  }),
  orderRepeated: (line: number) => ({
    ja: `この受注は${line}行目にもあります。1つの受注の行は続けて並べ、二重の場合は削除してください。`,
    en: `The order stands on line ${line} too. Keep its rows together, and each only once.`,
  }),
  // The cell
  blank: () => ({ ja: '空欄です。', en: 'The cell is empty.' }),
  notOrderNumber: () => ({
    ja: '受注コードは半角数字12桁です。',
    en: 'An order number has 12 digits.',
  }),
  spreadsheetNumber: () => ({
    ja: '表計算ソフトで開いて保存したため、桁が失われています。元のファイルを使ってください。',
    en: 'A spreadsheet has shortened the number. Use the original file.',
  }),
  notAmount: () => ({
    ja: '金額は整数（円）で入力してください。例：9,115',
    en: 'An amount is a whole number of yen, such as 9,115.',
  }),
  fraction: () => ({
    ja: '金額に小数があります。円未満は扱えません。',
    en: 'The amount has a fraction; there is nothing below one yen.',
  }),
  negative: () => ({ ja: '金額が負の数です。', en: 'The amount is negative.' }),
  tooMuch: () => ({
    ja: `金額が上限（${count(YEN_MAX)}円）を超えています。`,
    en: `The amount is above the limit (${count(YEN_MAX)} yen).`,
  }),
  notDateTime: () => ({
    ja: '日時は YYYY/MM/DD HH:MM:SS です。例：2012/11/08 19:28:26',
    en: 'A time is YYYY/MM/DD HH:MM:SS, such as 2012/11/08 19:28:26.',
  }),
  notDate: () => ({
    ja: '日付は YYYY/MM/DD です。例：2012/11/14',
    en: 'A date is YYYY/MM/DD, such as 2012/11/14.',
  }),
  notQuantity: () => ({ ja: '数量は1以上の整数です。', en: 'A quantity is 1 or more.' }),
  notOneOf: (values: readonly string[]) => ({
    ja: `次のいずれかです：${values.join('、')}`,
    en: `It is one of: ${values.join(', ')}.`,
  }),
  unreadableCharacter: () => ({
    ja: '読み取れない文字（外字、文字化け、制御文字）が含まれています。',
    en: 'There is a character that cannot be read (private, damaged or a control character).',
  }),
  cardNumber: () => ({
    ja: 'カード番号と思われる数字が含まれています。カード番号は取り込めません。削除してください。',
    en: 'There is what looks like a card number. Card numbers are never taken in: remove it.',
  }),
  tooLong: (max: number) => ({ ja: `${max}文字までです。`, en: `Up to ${max} characters.` }),
  tooBig: (max: number) => ({ ja: `${count(max)}までです。`, en: `Up to ${count(max)}.` }),
  tooManyParts: (max: number) => ({
    ja: `1つの受注に含められる数（${max}）を超えています。`,
    en: `There are more than ${max} of them in one order.`,
  }),
  wrong: (detail: string) => ({ ja: `値が正しくありません（${detail}）。`, en: detail }),
  // The order
  sumDiffers: (billed: number, sum: number) => ({
    ja: `請求合計金額${count(billed)}円が、内訳の計算（${count(sum)}円）と一致しません。`,
    en: `The billed amount is ${count(billed)} yen, but its parts come to ${count(sum)} yen.`,
  }),
  billedBeforeDeductions: (billed: number, due: number) => ({
    ja:
      `請求合計金額${count(billed)}円が、ポイントと割引を引く前の金額です（引くと${count(due)}円）。` +
      '頑張れ♪店長!形式ではなく、FutureShop2形式で出力してください。',
    en:
      `The billed amount of ${count(billed)} yen is the one before points and discounts ` +
      `(after: ${count(due)} yen). Export in the FutureShop2 layout.`,
  }),
  totalDiffers: (total: number, sum: number) => ({
    ja: `総合計金額${count(total)}円が、内訳の計算（${count(sum)}円）と一致しません。`,
    en: `The total is ${count(total)} yen, but its parts come to ${count(sum)} yen.`,
  }),
  alreadyPaid: () => ({
    ja: '入金済の受注です。取り込めるのは未入金の受注だけです。',
    en: 'The order is paid. Only unpaid orders are imported.',
  }),
  unknownMethod: () => ({
    ja:
      '決済方法から決済種別を判断できません。「決済種別」列を追加し、次のいずれかを入力してください：' +
      kinds.map(({ ja }) => ja).join('、'),
    en: 'The payment kind cannot be told from the method. Add a column 決済種別 that names it.',
  }),
  otherGateway: () => ({
    ja: 'F-REGI以外の決済サービスの決済方法のようです。「決済種別」列で種別を指定してください。',
    en: 'The method seems to belong to another gateway. Name the kind in a column 決済種別.',
  }),
  notSeqno: () => ({
    ja: 'F-REGI取引番号は半角数字20桁です。',
    en: 'F-REGI’s transaction number has 20 digits.',
  }),
  notAuthCode: () => ({
    ja: 'F-REGI承認番号は半角英数字6文字までです。',
    en: 'F-REGI’s approval number has up to 6 letters and digits.',
  }),
  halfOfTransaction: () => ({
    ja: 'F-REGI取引番号とF-REGI承認番号は、両方とも入力するか、両方とも空欄にしてください。',
    en: 'F-REGI’s transaction number and approval number come together, or not at all.',
  }),
  transactionOfOtherKind: () => ({
    ja: 'カード決済ではない受注にF-REGI取引番号があります。取引が残っていないかF-REGI管理画面で確認してください。',
    en: 'The order is not paid by card but has a transaction. Check it in F-REGI’s console.',
  }),
  seqnoRepeated: (line: number) => ({
    ja: `同じF-REGI取引番号が${line}行目の受注にもあります。`,
    en: `The order on line ${line} has the same transaction number.`,
  }),
} as const satisfies Record<string, (...facts: never[]) => Bilingual>;
