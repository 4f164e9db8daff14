import type { Locale } from '@renkei/core/domain/reasons/index.ts';

/** A defect of the audit trail. `chain`: an order's number, or {@link SHOP_LOG}. */
export type AuditFinding = { readonly shopId: string } & (
  | { readonly kind: 'order_missing' | 'journal_missing'; readonly orderNumber: string }
  | {
      readonly kind: 'entry_missing' | 'entry_changed' | 'sealed_missing' | TextsFinding;
      readonly chain: string;
      readonly n: number;
    }
  | { readonly kind: 'replay_differs' | 'actor_differs'; readonly orderNumber: string }
  | { readonly kind: 'operation_changed'; readonly operationId: string }
  | ({ readonly kind: 'record_differs' } & RecordDiffers)
  | { readonly kind: 'replay_failed'; readonly orderNumber: string; readonly error: string }
  | {
      readonly kind: 'seal_missing' | 'seal_changed' | 'seal_other' | 'mark_missing';
      readonly n: number;
    }
);

/** A row that is not as the shop's log says. */
export type RecordDiffers = {
  /** The kind of row and its key, such as `member 7fd1…`; `shop` for the shop itself. */
  readonly record: string;
  /** The name that people know the row by; '' if there is none. */
  readonly named: string;
  /** `unlogged`: no entry tells of the row. `gone`: the log tells of a row that is not there. */
  readonly how: 'unlogged' | 'gone' | 'changed';
  /** The columns that differ, if it is changed. */
  readonly fields: readonly string[];
};

/** The kinds of rows that the shop's log vouches for, in words. */
const RECORDS = {
  shop: { ja: '店舗の契約・設定', en: 'the shop’s contract or settings' },
  member: { ja: '利用者', en: 'the member' },
  run: { ja: '一括処理', en: 'the bulk run' },
  export: { ja: '出力の記録', en: 'the export' },
  import: { ja: '取込の記録', en: 'the import' },
  sighting: { ja: 'F-REGIの照会・CSVの記録', en: 'the sighting' },
  closing: { ja: '締め', en: 'the closing' },
  mail: { ja: '手動のメール', en: 'the mail written by a person' },
  answer: { ja: '要確認への回答', en: 'the answer to 要確認' },
  attention: { ja: '要対応の記録', en: 'the entry of 要対応' },
  application: { ja: '申込の記録', en: 'the entry of an application' },
} as const;

function recordName({ record, named }: RecordDiffers, locale: Locale): string {
  const [kind = '', ...key] = record.split(' ');
  const word = kind in RECORDS ? RECORDS[kind as keyof typeof RECORDS][locale] : kind;
  return [word, ...key, named === '' || kind === 'shop' ? '' : `(${named})`]
    .filter((part) => part !== '')
    .join(' ');
}
/** The texts beside an entry are not as its hash says, are gone, or outlive an erasure. */
type TextsFinding = 'texts_changed' | 'texts_missing' | 'texts_left';

/** Returns a finding as a sentence; the caller names the shop if it looked at several. */
export function describeFinding(finding: AuditFinding, locale: Locale): string {
  return locale === 'ja' ? inJapanese(finding) : inEnglish(finding);
}

const DIFFERS = {
  ja: {
    unlogged: 'は、記録にありません',
    gone: 'は、記録にありますが、ありません',
    changed: 'が、記録と異なります：',
  },
  en: {
    unlogged: 'was never logged',
    gone: 'was logged, but is missing',
    changed: 'is not as logged: ',
  },
} as const;

function fieldsOf({ how, fields }: RecordDiffers): string {
  return how === 'changed' ? fields.join(', ') : '';
}

function inEnglish(found: AuditFinding): string {
  const of = (chain: string) => (/^\d/.test(chain) ? `order ${chain}` : 'the shop’s log');
  switch (found.kind) {
    case 'order_missing':
      return `there is a journal of order ${found.orderNumber}, but not the order`;
    case 'journal_missing':
      return `order ${found.orderNumber} has no journal`;
    case 'entry_missing':
      return `entry ${found.n} of ${of(found.chain)} is missing`;
    case 'entry_changed':
      return `entry ${found.n} of ${of(found.chain)} is not as it was written`;
    case 'texts_changed':
      return `the texts of entry ${found.n} of ${of(found.chain)} are not as they were written`;
    case 'texts_missing':
      return `the texts of entry ${found.n} of ${of(found.chain)} are gone, and no entry says that they were erased`;
    case 'texts_left':
      return `the texts of entry ${found.n} of ${of(found.chain)} are still there after the erasure`;
    case 'sealed_missing':
      return `entry ${found.n} of ${of(found.chain)} was sealed, but is missing`;
    case 'replay_differs':
      return `order ${found.orderNumber} is not what its journal says`;
    case 'actor_differs':
      return `an operation of order ${found.orderNumber} names another person than its journal`;
    case 'operation_changed':
      return `operation ${found.operationId} or one of its steps is not as it was sealed`;
    case 'record_differs':
      return `${recordName(found, 'en')} ${DIFFERS.en[found.how]}${fieldsOf(found)}`;
    case 'replay_failed':
      return `the journal of order ${found.orderNumber} cannot be replayed: ${found.error}`;
    case 'seal_missing':
      return `seal ${found.n} is missing`;
    case 'seal_changed':
      return `seal ${found.n} is not as it was made`;
    case 'seal_other':
      return `seal ${found.n} differs from the seal written outside of the database`;
    case 'mark_missing':
      return `seal ${found.n} was written outside of the database, but is missing`;
    default:
      return found satisfies never;
  }
}

function inJapanese(found: AuditFinding): string {
  const of = (chain: string) => (/^\d/.test(chain) ? `受注 ${chain}` : '店舗の記録');
  switch (found.kind) {
    case 'order_missing':
      return `記録はありますが、受注 ${found.orderNumber} がありません`;
    case 'journal_missing':
      return `受注 ${found.orderNumber} の記録がありません`;
    case 'entry_missing':
      return `${of(found.chain)} の${found.n}番目の記録がありません`;
    case 'entry_changed':
      return `${of(found.chain)} の${found.n}番目の記録が、書かれた時と異なります`;
    case 'texts_changed':
      return `${of(found.chain)} の${found.n}番目の記録の文面が、書かれた時と異なります`;
    case 'texts_missing':
      return `${of(found.chain)} の${found.n}番目の記録の文面が、消去の記録なしに失われています`;
    case 'texts_left':
      return `${of(found.chain)} の${found.n}番目の記録の文面が、消去の後も残っています`;
    case 'sealed_missing':
      return `${of(found.chain)} の${found.n}番目の記録は封印されていますが、ありません`;
    case 'replay_differs':
      return `受注 ${found.orderNumber} の内容が、記録と異なります`;
    case 'actor_differs':
      return `受注 ${found.orderNumber} の処理の操作した人が、記録と異なります`;
    case 'operation_changed':
      return `処理 ${found.operationId} またはそのF-REGIとのやり取りが、封印された時と異なります`;
    case 'record_differs':
      return `${recordName(found, 'ja')} ${DIFFERS.ja[found.how]}${fieldsOf(found)}`;
    case 'replay_failed':
      return `受注 ${found.orderNumber} の記録から内容を再現できません（${found.error}）`;
    case 'seal_missing':
      return `${found.n}番目の封印がありません`;
    case 'seal_changed':
      return `${found.n}番目の封印が、作られた時と異なります`;
    case 'seal_other':
      return `${found.n}番目の封印が、データベースの外に書かれたものと異なります`;
    case 'mark_missing':
      return `データベースの外に書かれた${found.n}番目の封印が、ありません`;
    default:
      return found satisfies never;
  }
}
