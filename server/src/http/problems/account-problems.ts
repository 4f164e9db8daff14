/** Problems of a person's own account, in both languages. */
export const ACCOUNT_PROBLEMS = {
  code_refused: {
    status: 401,
    ja: '確認コードが正しくないか、使用済みです。新しいコードを入力してください。',
    en: 'The code is wrong, or was used before; type a new one.',
  },
  directory_unreachable: {
    status: 503,
    ja: '会社のアカウントのサーバーに接続できません。しばらくしてから試すか、パスワードでログインしてください。',
    en: 'The company’s directory is out of reach; try later, or sign in by password.',
  },
  passkey_refused: {
    status: 401,
    ja: 'パスキーを確認できませんでした。もう一度試すか、パスワードでログインしてください。',
    en: 'The passkey could not be verified; try again, or sign in by password.',
  },
  passkey_unusable: {
    status: 422,
    ja: 'パスキーを追加できませんでした。もう一度最初から追加してください。',
    en: 'The passkey was not added; begin again.',
  },
  passkey_gone: {
    status: 404,
    ja: 'このパスキーはすでに削除されています。',
    en: 'The passkey is already removed.',
  },
  password_wrong: {
    status: 422,
    ja: '現在のパスワードが違います。',
    en: 'The current password is wrong.',
  },
  password_simple: {
    status: 422,
    ja: '5種類以上の文字を使ったパスワードにしてください。',
    en: 'Choose a password with at least five different characters.',
  },
  password_common: {
    status: 422,
    ja: 'よく使われ、流出が知られているパスワードです。別のパスワードにしてください。',
    en: 'This password is common and known from breaches; choose another.',
  },
  password_personal: {
    status: 422,
    ja: 'メールアドレス・氏名・店舗名から推測できるパスワードです。別のパスワードにしてください。',
    en: 'This password can be guessed from the mail address, a name or the shop; choose another.',
  },
  reset_gone: {
    status: 404,
    ja: 'このリンクは、期限が切れたか、使用済みか、新しいものに替わっています。もう一度メールを送ってください。',
    en: 'This link has expired, was used, or was replaced by a newer one. Ask for another mail.',
  },
  no_mail_server: {
    status: 409,
    ja: 'このサーバーはメールを送信できません。サーバーの管理者に、パスワードの再設定（npm run admin -- reset-password）を依頼してください。',
    en: 'This server sends no mail. Ask its administrator to set a password (npm run admin -- reset-password).',
  },
  session_gone: {
    status: 404,
    ja: 'このログインは、すでに終了しています。',
    en: 'This session has already ended.',
  },
  second_factor_wanted: {
    status: 403,
    ja: 'この店舗は、全員に二段階認証を求めています。アカウントの画面で二段階認証を有効にするか、パスキーを追加してパスキーでログインすると、利用できます。',
    en: 'This shop demands two-step sign-in of everybody. Turn it on at the screen Account, or add a passkey there and sign in by it.',
  },
  second_factor_first: {
    status: 409,
    ja: '全員に求める前に、ご自身の二段階認証を有効にするか、パスキーでログインしてください。',
    en: 'Turn your own two-step sign-in on, or sign in by passkey, before you demand it of everybody.',
  },
  second_factor_on: {
    status: 409,
    ja: '二段階認証はすでに有効です。',
    en: 'Two-step sign-in is already on.',
  },
} as const;
