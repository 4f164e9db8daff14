import type { OrderFilterField, OrderFiltersOf } from '@renkei/contract';

/** Each filter of the list has its name here; each filter of yes and no has two words. */
type FilterWords = Readonly<Record<string, unknown>> & {
  readonly names: Readonly<Record<OrderFilterField, string>>;
  readonly choices: Readonly<
    Record<OrderFiltersOf<'flag'>, { readonly true: string; readonly false: string }>
  >;
};

/** 詳細検索 in Japanese: every filter of the list, and the word of each filter that is on. */
export const jaFilters = {
  title: '詳細検索',
  search: '検索する',
  clear: '条件をすべて外す',
  active: '絞り込み中の条件',
  told: '{{name}}：{{value}}',
  remove: '「{{filter}}」の条件を外す',
  names: {
    q: '受注コード・検索語',
    placedOn: '受注日',
    paidOn: '入金日',
    shippedOn: '発送日',
    requestedOn: 'お届け希望日',
    billed: '請求金額',
    kinds: '決済種別',
    statuses: 'ステータス',
    types: '受注種別',
    channels: '受注経路',
    transactionState: 'F-REGIステータス',
    authentication: '本人認証',
    paid: '入金状況',
    shipped: '発送状況',
    tracked: '送り状番号',
    multipleDestinations: '複数お届け先',
    withMessage: '通信事項',
    amountDiffers: '承認金額と請求金額',
    openAmount: '入金済の差額',
    paymentMailSent: '入金確認メール',
    inDoubt: '結果確認中・要確認',
    captureWithinDays: '承認期限',
  },
  any: '指定しない',
  choices: {
    paid: { true: '入金済', false: '未入金' },
    shipped: { true: '発送済', false: '未発送' },
    tracked: { true: '登録あり', false: '登録なし' },
    multipleDestinations: { true: '複数', false: '1か所' },
    withMessage: { true: 'あり', false: 'なし' },
    amountDiffers: { true: '異なる', false: '同じ' },
    openAmount: { true: '未精算', false: 'なし' },
    paymentMailSent: { true: '送信済', false: '未送信' },
    inDoubt: { true: 'あり', false: 'なし' },
  },
  from: '{{name}}（開始）',
  to: '{{name}}（終了）',
  least: '{{name}}（下限）',
  most: '{{name}}（上限）',
  range: '{{from}}〜{{to}}',
  qHint:
    '受注コードは、改行・カンマ・スペース区切りでまとめて貼り付けられます。氏名・フリガナ・電話・メール・F-REGI取引番号でも検索できます。',
  codes_other: '受注コード {{count, number}}件',
  tooLong:
    '検索できるのは{{max, number}}文字までです（今は{{count, number}}文字）。分けて検索してください。',
  daysHint: '期限まで何日以内かを、0〜{{max}}の数字で入力します。期限切れも含みます。',
  within: '{{days}}日以内',
  yenWrong: '0〜{{max, number}}の整数を円で入力してください。',
  daysWrong: '0〜{{max}}の整数を入力してください。',
  dateWrong: '日付は 2026/11/24 のように入力してください。',
  dateOrder: '終了は、開始と同じかそれより後の日付にしてください。',
  yenOrder: '上限は、下限以上の金額にしてください。',
} as const satisfies FilterWords;
