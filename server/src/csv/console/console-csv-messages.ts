/** The errors of a file from F-REGI's console, beyond those of any CSV. */
export const TELLS = {
  noTransactions: () => ({
    ja: 'ファイルに取引がありません。F-REGI管理画面で期間を確かめて、出力し直してください。',
    en: 'The file has no transactions. Check the period in F-REGI’s console, and export again.',
  }),
  exportList: () => ({
    ja: 'F-REGI管理画面の取引一覧を、見出し行ごと出力してください。',
    en: 'Export the console’s list of transactions with its header row.',
  }),
  otherShop: (shopId: string) => ({
    ja: `別の店舗の取引です（この店舗のF-REGI店舗IDは${shopId}）。店舗を切り替えるか、ファイルを確かめてください。`,
    en: `The transaction is another shop’s (this shop is ${shopId} at F-REGI). Check shop and file.`,
  }),
  otherPeriod: (from: string | null, to: string | null) => ({
    ja: `選んだ期間（${from}〜${to}）の取引ではありません。期間を確かめるか、出力し直してください。`,
    en: `The transaction is outside the chosen period (${from} to ${to}). Check, or export again.`,
  }),
  laterThanExport: () => ({
    ja: 'ファイルを出力した日時より後の日時です。出力日時を確かめてください。',
    en: 'This time is later than the file’s export. Check the time of the export.',
  }),
  repeated: (line: number) => ({
    ja: `同じ取引番号が${line}行目にもあります。1つだけ残してください。`,
    en: `Line ${line} has the same transaction. Keep one of them.`,
  }),
} as const;
