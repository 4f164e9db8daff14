import { YEN_MAX } from '@renkei/core/domain/values/yen.ts';
import { type Bilingual, FILE_SAYS } from './file-messages.ts';

export type { Bilingual };

const count = (value: number): string => value.toLocaleString('ja-JP');

/** Every sentence of the CSV import: the error, and its remedy. */
export const SAYS = {
  ...FILE_SAYS,
  // The row
  ragged: (found: number, expected: number) => ({
    ja: `列の数が${count(found)}です。見出し行と同じ${count(expected)}にしてください（値の中の「,」や改行は「"」で囲みます）。`,
    en: `The row has ${found} cells, the header ${expected}. Quote values with commas or breaks.`,
  }),
  repeatedRow: () => ({
    ja: 'すぐ上の行と同じ内容です。二重になっている場合は削除してください。',
    en: 'The row equals the row above. Delete one if it is a duplicate.',
  }),
  differsInOrder: (line: number) => ({
    ja: `同じ受注の${line}行目と値が異なります。同じ値にそろえてください。`,
    en: `The value differs from line ${line} of the same order. Make them the same.`,
  }),
  orderRepeated: (line: number) => ({
    ja: `この受注は${line}行目にもあります。1つの受注の行は続けて並べ、二重の場合は削除してください。`,
    en: `Line ${line} has the same order. Keep its rows together, and each only once.`,
  }),
  orderExists: (columns: readonly string[]) => ({
    ja: `この受注コードは、別の内容ですでに登録されています。異なる項目：${columns.join('、')}。上書きはしません。`,
    en: `This order number exists with other content, in ${columns.join(', ')}. Nothing is overwritten.`,
  }),
  transactionTaken: () => ({
    ja: 'この取引番号は、別の受注で使われています。',
    en: 'This transaction number belongs to another order.',
  }),
  itemsGap: (gap: number) => ({
    ja: `商品の合計が商品合計金額と${count(Math.abs(gap))}円異なります（${gap > 0 ? '商品が不足' : '商品が超過'}）。取り込みますが、明細の行が欠けていないか確認してください。`,
    en: `The products come to ${count(Math.abs(gap))} yen ${gap > 0 ? 'less' : 'more'} than 商品合計金額. The order is imported; check whether rows are missing.`,
  }),
  fromFuture: () => ({
    ja: '未来の日時です。日時と、パソコンの時計を確認してください。',
    en: 'This time lies in the future. Check it, and the clock of the device.',
  }),
  // The cell
  blank: () => ({
    ja: '空欄です。値を入力してください。',
    en: 'The cell is empty. Fill it in.',
  }),
  notOrderNumber: () => ({
    ja: '受注コードは半角数字12桁で入力してください。例：100000394011',
    en: 'Write the order number in 12 digits, such as 100000394011.',
  }),
  spreadsheetNumber: () => ({
    ja: '表計算ソフトで開いて保存したため、元の値が失われています。元のファイルを使ってください。',
    en: 'A spreadsheet has changed the value. Use the original file.',
  }),
  ruinedPhone: () => ({
    ja: '電話番号の先頭の0か後ろの桁が、表計算ソフトで失われています。元のファイルを使ってください。',
    en: 'A spreadsheet has taken digits of the phone number away. Use the original file.',
  }),
  ruinedPostalCode: () => ({
    ja: '郵便番号が7桁ではありません。表計算ソフトで桁が失われています。元のファイルを使ってください。',
    en: 'The postal code has fewer than 7 digits: a spreadsheet took them away. Use the original file.',
  }),
  notPhone: () => ({
    ja: '国内の電話番号ではありません。取り込みますが、送り状を作る前にお届け先を確認してください。',
    en: 'This is no phone number of Japan. The order is imported; check it before labels are made.',
  }),
  notPostalCode: () => ({
    ja: '国内の郵便番号（7桁）ではありません。取り込みますが、送り状を作る前にお届け先を確認してください。',
    en: 'This is no postal code of Japan. The order is imported; check it before labels are made.',
  }),
  notAmount: () => ({
    ja: '金額は整数（円）で入力してください。例：9,115',
    en: 'Write the amount as a whole number of yen, such as 9,115.',
  }),
  fraction: () => ({
    ja: '金額に小数があります。円未満を除いて入力してください。',
    en: 'The amount has a fraction. Write whole yen.',
  }),
  negative: () => ({
    ja: '金額が負の数です。割引とポイントも0以上の数で入力してください。',
    en: 'The amount is negative. Write discounts and points, too, as 0 or more.',
  }),
  tooMuch: () => ({
    ja: `金額が上限（${count(YEN_MAX)}円）を超えています。金額を確認してください。`,
    en: `The amount is above the limit (${count(YEN_MAX)} yen). Check it.`,
  }),
  notDateTime: () => ({
    ja: '日時は YYYY/MM/DD HH:MM:SS で入力してください。例：2012/11/08 19:28:26',
    en: 'Write the time as YYYY/MM/DD HH:MM:SS, such as 2012/11/08 19:28:26.',
  }),
  notDate: () => ({
    ja: '日付は2000年から2100年までを YYYY/MM/DD で入力してください。例：2012/11/14',
    en: 'Write a date from 2000 to 2100 as YYYY/MM/DD, such as 2012/11/14.',
  }),
  notQuantity: () => ({
    ja: '数量は1以上の整数で入力してください。',
    en: 'Write the quantity as a whole number, 1 or more.',
  }),
  notOneOf: (values: readonly string[]) => ({
    ja: `次のいずれかを入力してください：${values.join('、')}`,
    en: `Write one of these: ${values.join(', ')}.`,
  }),
  unreadableCharacter: () => ({
    ja: '読み取れない文字（外字、文字化け、制御文字）があります。別の文字に置き換えてください。',
    en: 'A character cannot be read (private, damaged or a control character). Replace it.',
  }),
  cardNumber: () => ({
    ja: 'カード番号と思われる数字が含まれています。カード番号は取り込めません。削除してください。',
    en: 'The cell seems to hold a card number. Renkei never accepts card numbers: remove it.',
  }),
  tooLong: (max: number) => ({
    ja: `${count(max)}文字を超えています。短くしてください。`,
    en: `The text has more than ${count(max)} characters. Shorten it.`,
  }),
  tooBig: (max: number) => ({
    ja: `${count(max)}以下の数を入力してください。`,
    en: `Write a number up to ${count(max)}.`,
  }),
  tooManyParts: (max: number) => ({
    ja: `1つの受注に含められる数（${count(max)}）を超えています。受注を分けてください。`,
    en: `One order has more than ${count(max)} of these. Split the order.`,
  }),
  wrong: (detail: Bilingual) => ({
    ja: `値が正しくありません（${detail.ja}）。値を確認してください。`,
    en: `The value is wrong (${detail.en}). Check it.`,
  }),
  // The order
  sumDiffers: (billed: number, sums: readonly number[]) => ({
    ja: `請求合計金額${count(billed)}円が、内訳の計算（${sums.map(count).join('円または')}円）と一致しません。金額を確認してください。`,
    en:
      `The billed amount is ${count(billed)} yen, but its parts come to ` +
      `${sums.map(count).join(' or ')} yen. Check the amounts.`,
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
    ja: `総合計金額${count(total)}円が、内訳の計算（${count(sum)}円）と一致しません。金額を確認してください。`,
    en: `The total is ${count(total)} yen, its parts come to ${count(sum)}. Check the amounts.`,
  }),
  alreadyPaid: () => ({
    ja: '入金済の受注です。取り込めるのは未入金の受注だけです。この受注の行を除いてください。',
    en: 'The order is paid, and only unpaid orders are imported. Remove its rows.',
  }),
  unknownMethod: () => ({
    ja: 'この決済方法の決済種別がまだ決まっていません。CSV取込の画面で決済種別を選ぶと、次回からはその種別で取り込みます。',
    en: 'Nobody has said yet of which kind this payment method is. Choose the kind on the import screen; Renkei keeps the answer.',
  }),
  exportOrders: () => ({
    ja: '受注データ取得項目設定で項目をチェックし、出力し直してください。',
    en: 'Tick it in the export settings and export again.',
  }),
  notSeqno: () => ({
    ja: 'F-REGI取引番号は半角数字20桁で入力してください。',
    en: 'Write F-REGI’s transaction number in 20 digits.',
  }),
  notAuthCode: () => ({
    ja: 'F-REGI承認番号は半角英数字6文字以内で入力してください。',
    en: 'Write F-REGI’s approval number in up to 6 letters and digits.',
  }),
  notSlipId: () => ({
    ja: 'F-REGI伝票番号は半角英数字とハイフン20文字以内で入力してください。',
    en: 'Write F-REGI’s slip number in up to 20 letters, digits and hyphens.',
  }),
  halfOfTransaction: () => ({
    ja: 'F-REGI取引番号とF-REGI承認番号は、両方とも入力するか、両方とも空欄にしてください。',
    en: 'Write both F-REGI’s transaction number and approval number, or leave both empty.',
  }),
  transactionOfOtherKind: () => ({
    ja: 'カード決済ではない受注にF-REGI取引番号があります。取引が残っていないかF-REGI管理画面で確認してください。',
    en: 'The order is not paid by card but has a transaction. Check it in F-REGI’s console.',
  }),
  seqnoRepeated: (line: number) => ({
    ja: `同じF-REGI取引番号が${line}行目の受注にもあります。正しい番号をF-REGI管理画面で確認してください。`,
    en: `The order on line ${line} has the same transaction. Check both in F-REGI’s console.`,
  }),
  // Labels
  noLabelPhone: () => ({
    ja: '国内の電話番号ではないため、送り状に印刷できません。この受注は手書きか運送会社の画面で作ってください。',
    en: 'No phone number of Japan. Make this label by hand, or in the carrier’s program.',
  }),
  noLabelPostalCode: () => ({
    ja: '国内の郵便番号（7桁）ではないため、送り状に印刷できません。この受注は手書きか運送会社の画面で作ってください。',
    en: 'No postal code of Japan. Make this label by hand, or in the carrier’s program.',
  }),
  noSuchTime: () => ({
    ja: 'お届け希望時間が、この運送会社の時間帯のどれかに決まりません。この受注は運送会社の画面で時間帯を選んでください。',
    en: 'The wished time is none of the carrier’s. Choose the time in the carrier’s program.',
  }),
  notToBeShipped: () => ({
    ja: '通常処理または処理済みの受注ではないため、送り状を作りません。ステータスを確認してください。',
    en: 'The order is neither in process nor completed, so it gets no label. Check its status.',
  }),
  // Shipping results
  noShipments: () => ({
    ja: 'ファイルに発送の行がありません。受注コードと送り状番号を含むファイルを選んでください。',
    en: 'The file has no shipments. Choose one with order numbers and tracking numbers.',
  }),
  teachColumns: () => ({
    ja: '下で列を選ぶと、次回からその名前の列を読みます。',
    en: 'Choose the column below: Renkei reads columns of that name from then on.',
  }),
  notTracking: () => ({
    ja: '送り状番号ではありません。運送会社が付けた番号を、半角英数字とハイフン（8〜40文字）で入力してください。',
    en: 'This is no tracking number. Write the carrier’s number in 8 to 40 letters, digits and hyphens.',
  }),
  notDestination: () => ({
    ja: 'お届け先番号は1から99までの整数で入力してください。',
    en: 'Write the destination’s number, from 1 to 99.',
  }),
  noSuchOrder: () => ({
    ja: 'この受注コードの受注はありません。番号を確認してください。',
    en: 'There is no order with this number. Check it.',
  }),
  noSuchDestination: (count: number) => ({
    ja: `この受注のお届け先は${count}件です。お届け先番号を確認してください。`,
    en: `The order has ${count} destinations. Check the destination’s number.`,
  }),
  shipmentDiffers: (line: number) => ({
    ja: `同じお届け先の${line}行目と、発送日または配送サービスが異なります。同じ値にそろえてください。`,
    en: `Line ${line} has the same destination with another day or carrier. Make them the same.`,
  }),
  shippedLongAgo: () => ({
    ja: '発送日が受注日より前か、1年以上前です。日付を確認してください。',
    en: 'The day lies before the order, or more than a year ago. Check it.',
  }),
  shippedOtherwise: (known: string) => ({
    ja: `すでに発送済で、別の送り状番号（${known || 'なし'}）が登録されています。上書きはしません。受注詳細で訂正してください。`,
    en: `It is shipped already, with another number (${known || 'none'}). Correct it at the order.`,
  }),
  refusedBecause: (ja: string, en: string) => ({ ja, en }),
} as const satisfies Record<string, (...facts: never[]) => Bilingual>;
