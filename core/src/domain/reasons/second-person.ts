import { type ReasonFacts, says } from './words.ts';

/** F59: why a command waits for a second person, and why an answer to it is refused. */
export const SECOND_PERSON = {
  second_person_awaited: {
    ja: says(
      '一人で行える金額の上限を超えるため、別の担当者の確認を待っています。F-REGIにはまだ何も送っていません。',
      '別の担当者が確認すると実行されます。',
    ),
    en: says(
      'The amount is above the limit for one person, so this waits for a second person. F-REGI has not been told anything yet.',
      'It is carried out once a second person agrees.',
    ),
    remedies: ['see_proposal'],
  },
  proposal_waiting: {
    ja: says(
      'この受注には、別の担当者の確認を待っている操作がすでにあります。',
      '先にその操作を確認するか、取り下げてください。',
    ),
    en: says(
      'A command on this order waits for a second person already.',
      'Have that command agreed to, or withdrawn, first.',
    ),
    remedies: ['see_proposal'],
  },
  no_proposal: {
    ja: says('確認を待っているこの操作は、もうありません。', '最新の内容を読み込んでください。'),
    en: says('This command does not wait for a second person any more.', 'Load the latest.'),
    remedies: ['reload'],
  },
  own_proposal: {
    ja: says('操作した本人は確認できません。', '別の担当者に依頼してください。'),
    en: says('Nobody can agree to their own command.', 'Ask a second person to agree.'),
    remedies: [],
  },
  too_new_to_agree: {
    ja: says(
      '店舗に加わってからの日数が足りないため、この操作を確認できません。',
      '以前から店舗にいる担当者に依頼してください。',
    ),
    en: says(
      'You have not worked in the shop for long enough to agree to this command.',
      'Ask somebody who has.',
    ),
    remedies: [],
  },
  proposal_expired: {
    ja: says(
      '確認の期限を過ぎたため、この操作は実行できません。',
      '必要であれば、もう一度操作してください。',
    ),
    en: says(
      'The time to agree to this command is over.',
      'Give the command again, if it is needed.',
    ),
    remedies: ['reload'],
  },
  proposal_overtaken: {
    ja: says(
      '確認を待っている間に受注が変更されたため、この操作は実行できません。',
      '変更内容を確認し、必要であれば、もう一度操作してください。',
    ),
    en: says(
      'The order has changed since this command was given, so it cannot be carried out.',
      'Check the changes, and give the command again if it is needed.',
    ),
    remedies: ['reload'],
  },
  word_wanted: {
    ja: says('差し戻しの理由がありません。', '理由を入力してください。'),
    en: says('The reason for declining is missing.', 'Enter a reason.'),
    remedies: [],
  },
} as const satisfies Record<string, ReasonFacts>;
