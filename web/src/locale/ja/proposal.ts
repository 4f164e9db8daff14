/** 別の担当者の確認 (F59) in Japanese. */
export const jaProposal = {
  own: 'あなたの操作（{{what}} {{yen}}）は、別の担当者の確認を待っています。',
  others: '{{by}}さんの操作（{{what}} {{yen}}）が、別の担当者の確認を待っています。',
  lead: '一人で行える金額の上限を超えるため、まだ実行していません。F-REGIにも送っていません。',
  times: '操作 {{at}}　確認の期限 {{until}}',
  outcome: '確認されると、次のとおりになります。',
  agree: '内容を確認したので実行する',
  word: '差し戻す理由',
  wordWanted: '差し戻す理由を入力してください。',
  decline: '差し戻す',
  notOwn: '操作した本人は確認できません。別の担当者に依頼してください。',
  withdraw: '操作を取り下げる',
} as const;
