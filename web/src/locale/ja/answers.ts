/** What a file cannot tell, and a person answers once. */
export const jaAnswers = {
  title: 'ファイルの読み替え',
  lead: 'ファイルからは判断できないことに、この店舗が一度答えた内容です。削除すると、次の取込でもう一度たずねます。',
  none: '読み替えはまだありません。',
  of: '対象',
  asked: 'ファイルの語',
  answer: '読み替え',
  remove: '削除',
  nothing: '（書かない）',
  choose: '選択してください',
  saveAndCheck: '保存して、もう一度確認する',
  methods_other: '決済種別の決まっていない決済方法が{{count, number}}件あります',
  methodsLead:
    '決済種別を選ぶと保存し、次回からはたずねません。分からない場合は、そのままにしてください。その受注は取り込みません。',
  method: '{{method}}（{{orders}}）',
  columns: 'どの列が何かを選んでください',
  columnsLead: '選んだ列の名前を保存し、次回からは同じ名前の列をそのまま読みます。',
  kind: {
    payment_method: '決済方法→決済種別',
    shipment_column: '発送結果の列',
    character: '文字の置き換え',
  },
  part: {
    order: '受注コード',
    destination: 'お届け先番号',
    tracking: '送り状番号',
    shippedOn: '発送日',
    carrier: '配送サービス',
  },
} as const;
