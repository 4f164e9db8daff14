import type { ErrorCode } from '../error-codes.ts';
import type { LedgerActor, NoticeKind } from '../ledger/entities.ts';
import type { BothLanguages } from '../said.ts';

/** The words for people for what the ledger and the lists name in code. */
export const ACTORS: Readonly<Record<LedgerActor, BothLanguages>> = {
  shop: { ja: '店舗', en: 'shop' },
  console: { ja: '管理画面', en: 'console' },
  batch: { ja: '自動処理', en: 'batch' },
  seed: { ja: '投入データ', en: 'seed' },
  customer: { ja: 'お客様', en: 'customer' },
};

export const NOTICES: Readonly<Record<NoticeKind, BothLanguages>> = {
  authorization: { ja: '承認結果通知', en: 'authorization' },
  completion: { ja: '決済完了通知', en: 'completion' },
  bulk: { ja: '一括売上結果通知', en: 'bulk charge' },
};

export const MARKS: Readonly<Record<ErrorCode['mark'], BothLanguages>> = {
  confirmed: { ja: '確認済み', en: 'confirmed' },
  inferred: { ja: '推定', en: 'inferred' },
  invented: { ja: '独自', en: 'invented' },
};

const DEEDS: Readonly<Record<string, BothLanguages>> = {
  authm: { ja: '承認処理', en: 'authorization' },
  sale: { ja: '売上処理', en: 'capture' },
  authcancel: { ja: '承認取消', en: 'void' },
  salecancel: { ja: '売上取消', en: 'refund' },
  authchange: { ja: '承認金額変更', en: 'change of the amount' },
  salechange: { ja: '売上金額変更', en: 'change of the captured amount' },
  salem: { ja: '月次売上処理', en: 'monthly charge' },
  payment_page: { ja: 'リダイレクト決済', en: 'payment page' },
  transmission: { ja: '伝送', en: 'transmission' },
  seed: { ja: 'データ投入', en: 'put in' },
  drift: { ja: '差異の作成', en: 'drift' },
};

/** Returns the name of a deed to a transaction; a deed without a name here stands for itself. */
export function deedName(what: string, language: keyof BothLanguages): string {
  return DEEDS[what]?.[language] ?? what;
}
