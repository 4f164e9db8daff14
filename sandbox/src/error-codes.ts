import { OBSTACLES, type Obstacle, OPERATIONS } from './ledger/states.ts';

/**
 * エラーコード一覧, as the console shows it. F-REGI's own list is inside its console; this list has the
 * codes that the sandbox answers, and the known facts of other codes (protocol §5).
 */
export type ErrorCode = {
  readonly code: string;
  readonly ja: string;
  readonly en: string;
  /** How sure it is that F-REGI has the code, in this meaning. */
  readonly mark: 'confirmed' | 'inferred' | 'invented';
};

type ErrorCodeRow = readonly [code: string, ja: string, en: string];

const CONFIRMED: readonly ErrorCodeRow[] = [
  ['A1-1-30', 'カード番号が指定されていません', 'card number missing'],
  ['A1-1-31', 'カード番号が正しくありません', 'card number malformed'],
  ['A1-1-40', '有効期限（月）が指定されていません', 'expiry month missing'],
  ['A1-1-41', '有効期限（月）が正しくありません', 'expiry month malformed'],
  ['A1-1-50', '有効期限（年）が指定されていません', 'expiry year missing'],
  ['A1-1-51', '有効期限（年）が正しくありません', 'expiry year malformed'],
  ['A1-1-52', '有効期限が切れています', 'card expired'],
  ['A1-1-81', 'カード種別を判別できません', 'card type not identified'],
  ['A1-1-82', 'カードを承認できません', 'card could not be authorized'],
  ['A1-1-83', 'デビットカードは利用できません', 'debit card not allowed'],
  ['A1-1-84', 'プリペイドカードは利用できません', 'prepaid card not allowed'],
  ['A1-1-85', '海外発行カードは利用できません', 'foreign card not allowed'],
  ['A1-1-130', 'セキュリティコードが指定されていません', 'security code missing'],
  ['A1-1-131', 'セキュリティコードが長すぎます', 'security code too long'],
  ['A1-1-132', 'セキュリティコードが正しくありません', 'security code malformed'],
  ['A1-1-170', 'トークンが正しくありません', 'token invalid'],
  ['A1-1-171', 'トークンの有効期限が切れています', 'token expired'],
  ['A3-1-21', '承認金額変更時の金額が大きすぎます', 'new amount too large'],
  ['A3-1-22', '承認金額変更時の金額が小さすぎます', 'new amount too small'],
  ['S3-1-21', '売上金額変更時の金額が大きすぎます', 'new amount too large'],
  ['S3-1-22', '売上金額変更時の金額が小さすぎます', 'new amount too small'],
  ['S1-1-125', '売上処理期限を超過しています', 'capture deadline passed'],
  ['CSA1-1-107', '洗替利用フラグは指定できません', 'card cleaning is not agreed'],
];

/** Codes of the card network: their meaning is confirmed, the sentences are inferred. */
const NETWORK: readonly ErrorCodeRow[] = [
  ['G05', '無効カード', 'invalid card'],
  ['G12', 'カード使用不可', 'card unusable'],
  ['G30', '取引保留', 'pending'],
  ['G42', '暗証番号エラー', 'PIN error'],
  ['G44', 'セキュリティコードが正しくありません', 'security code wrong'],
  ['G45', 'セキュリティコードがありません', 'security code missing'],
  ['G54', '1日利用回数オーバー', 'daily count exceeded'],
  ['G55', '利用限度額を超えています', 'over the limit'],
  ['G56', '無効カード（取込）', 'card to be seized'],
  ['G60', '事故カード', 'accident card'],
  ['G61', '無効なカードです', 'invalid card'],
  ['G65', '会員番号エラー', 'member number error'],
  ['G67', '商品コードエラー', 'item code error'],
  ['G68', '金額エラー', 'amount error'],
  ['G69', '税送料エラー', 'tax or shipping error'],
  ['G70', 'ボーナス回数エラー', 'bonus count error'],
  ['G71', 'ボーナス月エラー', 'bonus month error'],
  ['G72', 'ボーナス額エラー', 'bonus amount error'],
  ['G73', '支払開始月エラー', 'start month error'],
  ['G74', '分割回数エラー', 'instalment count error'],
  ['G75', '分割金額エラー', 'instalment amount error'],
  ['G76', '初回金額エラー', 'first amount error'],
  ['G77', '業務区分エラー', 'business class error'],
  ['G78', '支払区分エラー', 'payment class error'],
  ['G80', '取消区分エラー', 'cancel class error'],
  ['G81', '取消取扱区分エラー', 'cancel handling class error'],
  ['G83', '有効期限が正しくありません', 'expiry error'],
  ['G84', '承認番号エラー', 'approval number error'],
  ['G85', 'CAFIS代行中エラー', 'stand-in'],
  ['G92', 'カード会社任意エラー', 'card company error'],
  ['G94', 'サイクル通番エラー', 'serial number error'],
  ['G95', 'カード会社がオンライン停止中です', 'card company offline'],
  ['G97', '当該要求拒否', 'request refused'],
  ['G98', '対象業務ではありません', 'out of scope'],
  ['G99', '接続要求自社受付拒否', 'connection refused'],
];

const INVENTED: readonly ErrorCodeRow[] = [
  ['A1-1-11', '伝票番号が正しくありません', 'slip malformed'],
  ['A1-1-12', '伝票番号が重複しています', 'slip used before'],
  ['A1-1-20', '金額が指定されていません', 'amount missing'],
  ['A1-1-21', '金額が大きすぎます', 'amount too large or malformed'],
  ['A1-1-22', '金額が小さすぎます', 'amount too small'],
  ['A1-1-61', '顧客番号が正しくありません', 'customer malformed'],
  ['A1-1-70', 'カード名義が指定されていません', 'holder missing'],
  ['A1-1-71', 'カード名義が正しくありません', 'holder malformed'],
  ['A1-1-91', '支払方法が正しくありません', 'way to pay malformed'],
  ['A1-1-101', '顧客登録フラグが正しくありません', 'MONTHLY malformed'],
  ['A1-1-111', '洗替利用フラグが正しくありません', 'MONTHLYMODE malformed'],
  ['A1-1-141', '同時売上フラグが正しくありません', 'SALETOGETHER malformed'],
  ['A1-1-151', 'メールアドレスが正しくありません', 'mail address malformed'],
  ['A1-1-161', '電話番号が正しくありません', 'telephone malformed'],
  ['A1-1-181', '支払回数が正しくありません', 'count of instalments malformed'],
  ['A1-1-191', 'IPアドレスが正しくありません', 'IP malformed'],
  ['A1-1-201', 'フリー項目が正しくありません', 'FREE malformed'],
  ['S1-1-111', '承認番号が正しくありません', 'approval number wrong'],
  ['A3-1-241', '取消順序は指定できません', 'CANCELFIRST is not agreed'],
  ['S3-1-241', '取消順序は指定できません', 'CANCELFIRST is not agreed'],
  ['C1-1-60', '顧客番号が指定されていません', 'customer missing'],
  ['C1-1-21', '指定された顧客は存在しません', 'no such customer'],
  ['C2-1-60', '顧客番号が指定されていません', 'customer missing'],
  ['C2-1-21', '指定された顧客は存在しません', 'no such customer'],
  ['S4-1-21', '指定された顧客は存在しません', 'no such customer'],
  ['S4-1-91', '売上日が正しくありません', 'SALEDATE malformed'],
  ['S5-1-1', '送信方法が正しくありません', 'not by POST'],
  ['S5-1-30', 'CSVデータが指定されていません', 'CSVDATA missing'],
  ['S5-1-31', 'CSVデータが正しくありません', 'CSVDATA malformed'],
  ['CSA1-1-12', '伝票番号が重複しています', 'slip used before'],
  ['CSA1-1-402', '利用できる決済方法がありません', 'no way to pay this amount'],
  ['CSC1-1-121', '指定された発行データは存在しません', 'no such issue'],
  ['CSC1-1-122', '処理できない状態です', 'not in this state'],
  ['CSM1-1-420', '変更内容がありません', 'nothing is changed'],
  ['CSI1-1-121', '指定された発行データは存在しません', 'no such issue'],
  ['CV1-1-21', '金額が大きすぎます', 'amount too large'],
  ['CV1-1-51', '支払期限が正しくありません', 'term malformed'],
  ['CV1-1-81', 'コンビニが正しくありません', 'no such store'],
];

const STATE_EN: Record<Obstacle, string> = {
  not_found: 'no such transaction',
  captured: 'captured already',
  voided: 'voided already',
  refunded: 'refunded already',
  expired: 'capture deadline passed',
  not_captured: 'not captured',
  not_authorized: 'not authorized',
};

function marked(rows: readonly ErrorCodeRow[], mark: ErrorCode['mark']): ErrorCode[] {
  return rows.map(([code, ja, en]) => ({ code, ja, en, mark }));
}

/** The codes for a transaction's state: every operation has them all. */
function ofStates(): ErrorCode[] {
  return Object.values(OPERATIONS).flatMap(({ name, code }) =>
    (Object.keys(OBSTACLES) as Obstacle[]).map((obstacle): ErrorCode => {
      const { code: last, text } = OBSTACLES[obstacle];
      const ja = `${name}時の指定された取引は${text}`;
      return { code: `${code}-${last}`, ja, en: STATE_EN[obstacle], mark: 'invented' };
    }),
  );
}

const LISTED = [
  ...marked(CONFIRMED, 'confirmed'),
  ...marked(
    NETWORK.map(([code, ja, en]): ErrorCodeRow => [`JCN-${code}`, ja, en]),
    'inferred',
  ),
  ...marked(INVENTED, 'invented'),
];
const KNOWN = new Set(LISTED.map(({ code }) => code));

export const ERROR_CODES: readonly ErrorCode[] = [
  ...LISTED,
  ...ofStates().filter(({ code }) => !KNOWN.has(code)),
];
