import { type ReasonFacts, says } from './words.ts';

/** Refusals that last until a person has typed the confirmation (S2). */
export const CONFIRMING_REFUSED = {
  confirmation_required: {
    ja: says(
      '金額または件数が、店舗の設定した確認の上限に達しています。まだ何も実行していません。',
      '内容を確かめ、表示された数字を入力して、もう一度実行してください。',
    ),
    en: says(
      'The amount or the number of orders reaches the shop’s limit for a typed confirmation. Nothing has been done yet.',
      'Check the amounts, type the digits shown, and send it again.',
    ),
    remedies: [],
  },
} as const satisfies Record<string, ReasonFacts>;
