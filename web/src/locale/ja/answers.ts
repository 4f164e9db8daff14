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
  losing_other: 'このままでは出力できない受注が{{count, number}}件あります',
  losses: '出力できない値',
  leaveOut: '{{out, number}}件を除いて、{{count, number}}件をダウンロード',
  charactersLead:
    'Shift_JISにない文字です。代わりに書く文字を決めると保存し、次回からそのまま置き換えます。受注の内容は変わりません。',
  character: '「{{character}}」（{{codePoint}}、{{orders}}）の代わり',
  dropped: '空欄のままにすると、この文字を書きません。',
  replace: '置き換えを保存して出力する',
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
