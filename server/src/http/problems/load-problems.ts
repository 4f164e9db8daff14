/** The problems of too much work at once, or in all (jobs/, files.ts). */
export const LOAD_PROBLEMS = {
  import_underway: {
    status: 409,
    ja: 'この店舗では、別のファイルを読み込んでいます。終わってから、もう一度送ってください。このファイルは読み込んでいません。',
    en: 'Another file of this shop is being read. Send this one again afterwards; nothing of it was imported.',
  },
  too_heavy: {
    status: 413,
    ja: '件数が多すぎて処理できませんでした。期間やファイルを分けて、もう一度お試しください。登録は行っていません。',
    en: 'The work is too large. Split the file, or choose a shorter period. Nothing was imported.',
  },
  work_interrupted: {
    status: 503,
    ja: '処理が途中で止まりました。もう一度お試しください。途中までの内容は登録されません。同じファイルをもう一度送っても、二重に取り込まれることはありません。',
    en: 'The work was cut off; try again. Renkei keeps nothing by halves, and never imports the same file twice.',
  },
  busy: {
    status: 503,
    ja: 'サーバーが混み合っています。少し待ってから、もう一度お試しください。今回の内容は受け付けていません。',
    en: 'The server has too much work of this kind. Try again later; nothing of this request was begun.',
  },
} as const;
