import { type ReasonFacts, says } from './words.ts';

/** O6: reasons not to take a 入金日, or not before a person has confirmed the day. */
export const PAID_ON_REFUSED = {
  paid_on_same: {
    ja: says('入金日は変わっていません。', '別の日付を指定してください。'),
    en: says('The payment date is the same as before.', 'Choose another date.'),
    remedies: [],
  },
  paid_on_after_today: {
    ja: says('入金日が今日より後の日付です。', '日付を確認してください。'),
    en: says('The payment date lies after today.', 'Check the date.'),
    remedies: [],
  },
  paid_on_before_order: {
    ja: says('入金日が受注日より前の日付です。', '日付を確認してください。'),
    en: says('The payment date lies before the day of the order.', 'Check the date.'),
    remedies: [],
  },
  paid_on_closed: {
    ja: says(
      '入金日が、照合で締めた期間に入っています。',
      '締めた照合の内容は変わりません。経理の担当者に確認してください。',
    ),
    en: says(
      'The payment date lies in a period that is closed.',
      'The closed reconciliation does not change. Ask your bookkeeper.',
    ),
    remedies: [],
  },
  former_paid_on_closed: {
    ja: says(
      '変更前の入金日が、照合で締めた期間に入っています。',
      '締めた照合の内容は変わりません。経理の担当者に確認してください。',
    ),
    en: says(
      'The former payment date lies in a period that is closed.',
      'The closed reconciliation does not change. Ask your bookkeeper.',
    ),
    remedies: [],
  },
} as const satisfies Readonly<Record<string, ReasonFacts>>;
