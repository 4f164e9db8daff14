/** The screen that the link of an invitation leads to, in Japanese. */
export const jaInvitation = {
  title: '招待',
  lead: '{{name}} さん、{{shop}} に {{role}} として招待されています。',
  email: 'ログインには {{email}} とパスワードを使います。',
  password: 'パスワードを決めてください',
  passwordHint: '12文字以上',
  signIn: '{{email}} のアカウントがあります。ログインして参加してください。',
  handsOver:
    '{{email}} のアカウントは、メールアドレスの確認がまだのものです。このリンクで確認できました。ここで決めるパスワードが以前のものに替わり、二段階認証は設定し直しになります。以前のログインはすべて終了します。',
  accept: '参加する',
} as const;
