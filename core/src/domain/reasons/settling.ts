import { type ReasonFacts, says } from './words.ts';

/** O3: reasons not to record an amount as settled otherwise. */
export const SETTLING_REFUSED = {
  not_settleable: {
    ja: says(
      '差額の精算は、クレジットカード決済、またはF-REGIのお支払いで入金済の受注に記録します。',
      '先に入金済にするか、決済方法を確認してください。',
    ),
    en: says(
      'Only an order that is paid by card, or at the store, takes a settlement by other means.',
      'Mark the order paid first, or check its payment method.',
    ),
    remedies: ['reload'],
  },
  nothing_open: {
    ja: says(
      'この受注に、精算する差額はありません。',
      '請求金額・売上金額と、記録済みの精算を確認してください。',
    ),
    en: says(
      'This order has no open amount in that direction.',
      'Check the billed, captured and recorded amounts.',
    ),
    remedies: ['reload'],
  },
  exceeds_open: {
    ja: says(
      '差額を超える金額は記録できません。',
      '1円以上、残っている差額以下の金額を入力してください。',
    ),
    en: says(
      'The amount exceeds the open amount.',
      'Enter at least 1 yen and at most the open amount.',
    ),
    remedies: ['reload'],
  },
  too_many_settlements: {
    ja: says(
      '1件の受注に記録できる精算は50件までです。',
      '残りの金額は、まとめて別の帳簿に記録してください。',
    ),
    en: says('An order holds at most 50 settlements.', 'Record the rest elsewhere, as one sum.'),
    remedies: [],
  },
  no_such_settlement: {
    ja: says('指定された精算の記録がありません。', '最新の内容を読み込んで選び直してください。'),
    en: says('There is no such settlement.', 'Load the latest, and choose again.'),
    remedies: ['reload'],
  },
  settlement_corrected: {
    ja: says('この精算の記録は、すでに取り消されています。', '最新の内容を読み込んでください。'),
    en: says('This settlement has already been taken back.', 'Load the latest.'),
    remedies: ['reload'],
  },
} as const satisfies Record<string, ReasonFacts>;
