import type { CardTransaction, Issue } from '../ledger/entities.ts';
import type { Ledger } from '../ledger/ledger.ts';

/** The ways to pay of the redirect payment, and the state of an issue (protocol §10). */
export type Way = {
  /** The name in PAYTYPESPECIFY. */
  readonly group: string;
  readonly ja: string;
  readonly en: string;
  /** The least and the greatest amount, in yen. */
  readonly amounts: readonly [number, number];
  /** compsettleinfo's words for it: pay type and its name. */
  readonly types: readonly (readonly [type: string, name: string])[];
};

export const WAYS: readonly Way[] = [
  {
    group: '10',
    ja: 'クレジットカード',
    en: 'Card',
    amounts: [2, 9_999_999],
    types: [['11', 'クレジットカード']],
  },
  {
    group: '20',
    ja: 'コンビニ',
    en: 'Convenience store',
    amounts: [300, 299_999],
    types: [
      ...([
        ['21', 'セブン-イレブン'],
        ['22', 'ローソン'],
        ['23', 'ファミリーマート'],
      ] as const),
      ...([
        ['24', 'セイコーマート'],
        ['26', 'ミニストップ'],
        ['27', 'マイペイメント'],
      ] as const),
    ],
  },
  {
    group: '30',
    ja: '電子マネー（Edy）',
    en: 'Edy',
    amounts: [50, 50_000],
    types: [
      ['31', 'CyberEdy'],
      ['32', 'MobileEdy'],
    ],
  },
  {
    group: '50',
    ja: 'Pay-easy',
    en: 'Pay-easy',
    amounts: [2, 9_999_999],
    types: [['50', 'Pay-easy']],
  },
  {
    group: '60',
    ja: 'キャリア決済',
    en: 'Carrier',
    amounts: [2, 100_000],
    types: [
      ['61', 'd払い'],
      ['62', 'au'],
      ['63', 'SoftBank'],
    ],
  },
  {
    group: '71',
    ja: 'PayPay',
    en: 'PayPay',
    amounts: [2, 1_000_000],
    types: [['71', 'PayPay']],
  },
  {
    group: '72',
    ja: '楽天ペイ',
    en: 'Rakuten',
    amounts: [2, 9_999_999],
    types: [['72', '楽天ペイ']],
  },
];
/** MobileEdy begins at a hundred yen, CyberEdy at fifty. */
const MOBILE_EDY_MIN = 100;

/** The ways to charge a card, as PAYMODESPECIFY names them. */
export const PAY_MODES: Readonly<Record<string, string>> = {
  '10': '一括払い',
  '60': '2回払い',
  '61': '分割払い',
  '80': 'リボ払い',
};

/** Returns the ways that an issue offers for its amount. */
export function waysOf({ payTypes, amount }: Pick<Issue, 'payTypes' | 'amount'>): Way[] {
  return WAYS.filter(({ group, amounts: [least, most] }) => {
    const isOffered = payTypes.length === 0 || payTypes.includes(group);
    return isOffered && amount >= least && amount <= most;
  }).map((way) => ({
    ...way,
    types: way.types.filter(([type]) => type !== '32' || amount >= MOBILE_EDY_MIN),
  }));
}

/** 発行の状態: 1 to 7, and its Japanese name (protocol §10.4). */
export const ISSUE_STATUS = {
  '1': { ja: '発行受付', en: 'Issued' },
  '2': { ja: '発行取消', en: 'Cancelled' },
  '3': { ja: '決済開始', en: 'Begun' },
  '4': { ja: '決済完了', en: 'Completed' },
  '5': { ja: '決済中断', en: 'Broken off' },
  '6': { ja: '決済完了後取消', en: 'Cancelled after completion' },
  '7': { ja: '有効期限切れ', en: 'Expired' },
} as const;
export type IssueStatus = keyof typeof ISSUE_STATUS;

/**
 * Returns the present state of an issue. It is inferred that a cancelled payment makes it 6
 * (protocol §16).
 */
export function statusOf(issue: Issue, ledger: Ledger, now: number): IssueStatus {
  const isOpen = issue.status === 'issued' || issue.status === 'begun';
  if (isOpen && now > issue.expiresAt) return '7';
  switch (issue.status) {
    case 'issued':
      return '1';
    case 'cancelled':
      return '2';
    case 'begun':
      return '3';
    case 'broken_off':
      return '5';
    case 'completed':
      return isPaymentGone(issue, ledger) ? '6' : '4';
    default:
      return issue.status satisfies never;
  }
}

/** True if the payment, and every transaction that it was changed to, is cancelled. */
function isPaymentGone({ seqno, shopId, id }: Issue, ledger: Ledger): boolean {
  if (seqno === null || !ledger.transactions.has(seqno)) return false;
  const isGone = ({ state }: CardTransaction) =>
    state === 'voided' || state.startsWith('refunded_');
  return ledger.ofSlip(shopId, id).every(isGone);
}
