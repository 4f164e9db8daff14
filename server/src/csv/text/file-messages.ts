/** One sentence in both languages. */
export type Bilingual = { readonly ja: string; readonly en: string };

const count = (value: number): string => value.toLocaleString('ja-JP');

/** The most names of a file's columns in a message. */
const NAMES_TOLD = 12;
const listed = (names: readonly string[], comma: string): string => {
  const told = names.filter((name) => name !== '').map((name) => name.slice(0, 30));
  const more = told.length > NAMES_TOLD ? `${comma}…` : '';
  return `${told.slice(0, NAMES_TOLD).join(comma) || '—'}${more}`;
};

/** The sentences about a file as a whole: its encoding, its header, its size. */
export const FILE_SAYS = {
  fileTooLarge: (bytes: number) => ({
    ja: `ファイルが大きすぎます（${count(bytes / 1024 / 1024)} MiBまで）。期間を分けて出力してください。`,
    en: `The file is too large (up to ${count(bytes / 1024 / 1024)} MiB). Export shorter periods.`,
  }),
  utf16: () => ({
    ja: '文字コードがUTF-16です。Shift_JIS（CP932）またはUTF-8で保存してください。',
    en: 'The file is in UTF-16. Save it in Shift_JIS (CP932) or UTF-8.',
  }),
  otherEncoding: (ja: string, en: string) => ({
    ja: `文字コードが${ja}です。Shift_JIS（CP932）またはUTF-8で出力し直してください。`,
    en: `The file is in ${en}. Export it in Shift_JIS (CP932) or UTF-8.`,
  }),
  html: () => ({
    ja: 'CSVではなく、Webページ（HTML）です。ログイン画面が保存されたと考えられます。ログインし直して、もう一度ダウンロードしてください。',
    en: 'The file is a web page (HTML), probably that of a sign-in. Sign in, and download it again.',
  }),
  excel: () => ({
    ja: 'CSVではなく、Excelのブックです。受注システムや運送会社のソフトが出力したCSVをそのまま選んでください。',
    en: 'The file is an Excel workbook. Choose the CSV itself, as the program wrote it.',
  }),
  zip: () => ({
    ja: 'CSVではなく、圧縮ファイルです。展開して、中のCSVを選んでください。',
    en: 'The file is an archive. Unpack it, and choose the CSV inside.',
  }),
  pdf: () => ({
    ja: 'CSVではなく、PDFです。CSVで出力し直してください。',
    en: 'The file is a PDF. Export it as CSV.',
  }),
  notDecodable: (tried: readonly string[], line: number) => ({
    ja: `${count(line)}行目に、文字コード（${tried.join('、')}）として読めない文字があります。Shift_JIS（CP932）またはUTF-8で出力し直してください。`,
    en: `Line ${count(line)} cannot be read as ${tried.join(' or ')}. Export the file in CP932 or UTF-8.`,
  }),
  cutOff: () => ({
    ja: 'ファイルが途中で切れています。もう一度ダウンロードしてください。',
    en: 'The file is cut off. Download it again.',
  }),
  noOrders: () => ({
    ja: 'ファイルに受注がありません。見出し行と1件以上の受注を含むファイルを選んでください。',
    en: 'The file has no orders. Choose a file with a header row and at least one order.',
  }),
  /** `remedy`: where such a file comes from, and how to have the column in it. */
  missingColumn: (names: readonly string[], remedy: Bilingual, found: readonly string[]) => ({
    ja: `「${names.join('」「')}」の列がありません。${remedy.ja}ファイルにある列：${listed(found, '、')}`,
    en: `The column ${names.join(' or ')} is missing. ${remedy.en} The file has: ${listed(found, ', ')}`,
  }),
  repeatedColumn: (names: readonly string[]) =>
    names.length > 1
      ? {
          ja: `同じ内容の列が2つ以上あります（「${names.join('」「')}」）。1つだけ残してください。`,
          en: `The columns ${names.join(' and ')} hold the same. Keep only one of them.`,
        }
      : {
          ja: `「${names.join('')}」の列が2つ以上あります。1つだけ残してください。`,
          en: `The header has ${names.join('')} more than once. Keep only one of them.`,
        },
  quoteNotClosed: () => ({
    ja: '引用符「"」が閉じていないため、ここから先は読めません（ファイルが途中で切れていることもあります）。出力し直すか、「"」を補ってください。',
    en: 'A quote is not closed, perhaps because the file is cut off: nothing can be read from here on. Export it again, or close the quote.',
  }),
  textAfterQuote: () => ({
    ja: '閉じた引用符「"」の後に文字があり、ここから先は読めません。値の中の「"」は「""」と書いてください。',
    en: 'Text follows a closing quote; nothing can be read from here on. Double quotes in a value.',
  }),
  tooManyCells: (max: number) => ({
    ja: `列が多すぎます（${count(max)}列まで）。必要な項目だけをチェックし、出力し直してください。`,
    en: `There are too many columns (up to ${count(max)}). Tick only what is needed.`,
  }),
  tooManyRows: (max: number) => ({
    ja: `行が多すぎます（${count(max)}行まで）。期間を分けて出力してください。`,
    en: `There are too many rows (up to ${count(max)}). Export shorter periods.`,
  }),
  tooManyErrors: (max: number) => ({
    ja: `エラーが${count(max)}件を超えたため、以降は省略しました。ここまでを直して、もう一度確認してください。`,
    en: `There are more than ${count(max)} errors; the rest is left out. Correct these first.`,
  }),
} as const satisfies Record<string, (...facts: never[]) => Bilingual>;
