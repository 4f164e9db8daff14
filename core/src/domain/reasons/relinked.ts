import { type ReasonFacts, says } from './words.ts';

/** Reasons not to link an order to a transaction, or not to cancel it (A2, A3, O1). */
export const RELINK_REFUSED = {
  other_slip: {
    ja: says('この取引は、別の伝票番号のものです。', 'この受注の伝票番号の取引を選んでください。'),
    en: says(
      'The transaction belongs to another slip.',
      'Choose a transaction of this order’s own slip.',
    ),
    remedies: ['reload', 'check_at_gateway'],
  },
  transaction_of_another_order: {
    ja: says(
      'この取引は、同じ伝票番号の別の受注のものです。',
      'この受注からは操作できません。その受注を開いて操作してください。',
    ),
    en: says(
      'The transaction belongs to another order of the same slip.',
      'Open that order, and change the transaction there.',
    ),
    remedies: ['reload'],
  },
  transaction_perhaps_of_another_order: {
    ja: says(
      'この取引は、同じ伝票番号の別の受注のものである可能性があります。',
      'F-REGIに照会するか、その受注の画面から操作してください。',
    ),
    en: says(
      'The transaction may belong to another order of the same slip.',
      'Look at F-REGI again, or act from that order’s page.',
    ),
    remedies: ['look_again', 'check_at_gateway'],
  },
  linked_already: {
    ja: says('受注はすでにこの取引に結び付いています。', '操作は不要です。'),
    en: says('The order is linked to this transaction already.', 'There is nothing to do.'),
    remedies: ['reload'],
  },
  file_unconfirmed: {
    ja: says(
      'この取引の「売上済」は、一人が取り込んだCSVだけによるものです。',
      '別の担当者が同じCSVを取り込むか、F-REGIに照会してから操作してください。',
    ),
    en: says(
      'Only one person’s CSV says that this transaction is captured.',
      'Have a second person import the same CSV, or look at F-REGI, before you link the order to it.',
    ),
    remedies: ['look_again'],
  },
  not_live: {
    ja: says(
      'この取引はF-REGIで取り消されているか、失敗しています。',
      '承認済または売上済の取引を選んでください。',
    ),
    en: says(
      'The transaction was cancelled or failed at F-REGI.',
      'Choose a transaction that is authorized or captured.',
    ),
    remedies: ['reload', 'check_at_gateway'],
  },
  not_captured_there: {
    ja: says(
      'この取引は売上済ではないため、金額を記録できません。',
      '金額を記録せずに結び直してください。入金済にすると請求金額で売上処理されます。',
    ),
    en: says(
      'The transaction is not captured, so the order cannot take over its amount.',
      'Link the order without the amount; marking it paid captures the billed amount.',
    ),
    remedies: ['reload'],
  },
} as const satisfies Record<string, ReasonFacts>;
