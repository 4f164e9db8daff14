/** S2: the confirmation that the server asks for after the press. */
export const jaConfirm = {
  label: '確認のため {{value}} と入力してください',
  wrong: '一致しません。「{{value}}」と入力してください。',
  button: '確認して実行',
};
