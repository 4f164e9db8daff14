import { type ReasonFacts, says } from './words.ts';

/** Reasons of an authorization for which F-REGI asks the cardholder to confirm (Y2). */
export const CARDHOLDER = {
  cardholder_confirms: {
    ja: says(
      'お客様の本人認証（3Dセキュア）を待っています。まだ承認されていません。',
      'お客様がカード会社の画面で認証を終えると承認されます。期限までに終わらない場合は、承認されずに終了します。',
    ),
    en: says(
      'F-REGI waits for the cardholder to confirm (3-D Secure). Nothing is authorized yet.',
      'F-REGI authorizes the card after the confirmation. Without it in time, nothing is authorized.',
    ),
    remedies: ['see_operation'],
  },
  cardholder_not_confirmed: {
    ja: says(
      'お客様の本人認証（3Dセキュア）が期限までに完了しなかったため、承認されていません。',
      'お客様にもう一度カードを入力していただくか、別の決済方法を案内してください。',
    ),
    en: says(
      'The cardholder did not confirm in time (3-D Secure), so nothing was authorized.',
      'Have the customer enter a card again, or offer another payment method.',
    ),
    remedies: ['change_method', 'ask_customer'],
  },
  cardholder_absent: {
    ja: says(
      'F-REGIが本人認証（3Dセキュア）を求めました。登録カードの承認にはお客様が立ち会わないため、承認されていません。',
      'お客様に別のカード、または別の決済方法を案内してください。',
    ),
    en: says(
      'F-REGI asked for the cardholder (3-D Secure), who is not there when Renkei charges a registered card. Nothing was authorized.',
      'Offer another card, or another payment method.',
    ),
    remedies: ['change_method', 'ask_customer'],
  },
} as const satisfies Record<string, ReasonFacts>;
