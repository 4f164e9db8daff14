type ResetFacts = { readonly name: string; readonly link: string; readonly minutes: number };

/** Writes the mail that lets a person set a forgotten password, in both languages. */
export function writeReset({ name, link, minutes }: ResetFacts) {
  const subject = 'パスワードの再設定 / Set another password (Renkei)';
  const body = [
    `${name} 様`,
    '',
    'Renkei 受注管理のパスワードの再設定が依頼されました。',
    `次のリンクを開いて、新しいパスワードを決めてください。${minutes}分間有効で、一度だけ使えます。`,
    '',
    link,
    '',
    '心当たりがない場合は、このメールを破棄してください。パスワードは変わりません。',
    '',
    'Somebody asked to set another password for your account at Renkei.',
    `Open the link above to choose one. It works once, within ${minutes} minutes.`,
    'If you did not ask for it, delete this mail: your password stays.',
    '',
  ].join('\n');
  return { subject, body };
}
