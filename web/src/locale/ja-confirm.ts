/** S2: what is typed when the server wants a confirmation that was not asked for before. */
export const jaConfirm = {
  label: '確認のため {{value}} と入力してください',
  wrong: '一致しません。「{{value}}」と入力してください。',
  button: '確認して実行',
};
