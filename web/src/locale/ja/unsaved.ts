/** Unsaved changes in Japanese: leaving them, and another person's newer changes. */
export const jaUnsaved = {
  leave: '保存していない変更があります',
  leaveHint: 'このまま移動すると、入力した内容は失われます。',
  leaveAnyway: '保存せずに移動する',
  stay: '編集を続ける',
  overtaken: '他の人が先に変更しました。',
  overtakenRemedy:
    '最新の内容を読み込みました。入力した内容は残っています。確認してから、もう一度登録してください。',
  becomes: 'から',
  nothing: '（なし）',
  unsaved: '保存していない変更があります。',
} as const;
