/** The edge's refusals about 定期・頒布会申込: code, status and words. */
export const SUBSCRIPTION_PROBLEMS = {
  subscription_exists: {
    status: 409,
    ja: 'この申込コードはすでに登録されています。',
    en: 'An application with this code already exists.',
  },
  subscription_changed: {
    status: 409,
    ja: '画面を開いた後に、この申込は変更されました。変更内容を確認してから、もう一度操作してください。',
    en: 'The application was changed after it was shown. Check the changes, then try again.',
  },
  subscription_ended: {
    status: 409,
    ja: 'この申込は取り消されたか、終了しています。必要な場合は、新しい申込を登録してください。',
    en: 'The application was cancelled, or is finished; make a new one if needed.',
  },
  deliveries_overdue: {
    status: 409,
    ja: '受注を作成する日を過ぎたお届けがあります。先に、作成するか、とばすかを選んでください。',
    en: 'Deliveries are overdue. First decide whether to make or skip them.',
  },
  nothing_overdue: {
    status: 409,
    ja: '受注を作成する日を過ぎたお届けは、ほかの人がすでに処理したため、もうありません。',
    en: 'No delivery is overdue any more: somebody else has settled them.',
  },
  too_many_overdue: {
    status: 409,
    ja: '過ぎた回数が多いため、一度にすべては作成できません。1回分だけ作成するか、とばしてください。',
    en: 'There are too many overdue deliveries to make all of them at once. Make one, or skip them.',
  },
  not_skipped: {
    status: 409,
    ja: '取り消せるお休みはありません。お休みにした日を過ぎているか、その後のお届けの受注が作成されています。',
    en: 'There is no skipped delivery to restore: its day has passed, or a later one has an order.',
  },
} as const;
