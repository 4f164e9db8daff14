import { DRIFT } from '@renkei/core/domain/drift/drift.ts';
import { keysOf } from '@renkei/core/domain/order/states.ts';
import { BUCKETS } from '@renkei/core/domain/reconciliation/buckets.ts';
import { DAYS_MAX } from '../limits.ts';
import type { FilterTable } from './filters.ts';

/** The filters of 要対応. */
export const ATTENTION_FILTERS = {
  kinds: { kind: 'words', of: 'drift', words: keysOf(DRIFT) },
} as const satisfies FilterTable;

/** The filters of the deadlines. */
export const DEADLINE_FILTERS = {
  /** Only deadlines within so many days; passed deadlines are always included. */
  within: { kind: 'days', max: DAYS_MAX },
  /** Also orders that have left or are paid otherwise, whose authorization is only left over. */
  all: { kind: 'flag' },
} as const satisfies FilterTable;

/** The filters of 照合: the lines of these buckets; if absent, all buckets but `matched`. */
export const RECONCILIATION_FILTERS = {
  buckets: { kind: 'words', of: 'bucket', words: BUCKETS },
} as const satisfies FilterTable;

/** The filters of 定期・頒布会申込. */
export const SUBSCRIPTION_FILTERS = {
  /** Only applications with a delivery whose order waits in 保留 (B4). */
  held: { kind: 'flag' },
  /** Only applications with overdue deliveries. */
  overdue: { kind: 'flag' },
  /** 申込コード, or the beginning of the customer's name. */
  q: { kind: 'text', max: 100 },
} as const satisfies FilterTable;

/** The areas of entries in 操作履歴. */
export const ACTIVITY_AREAS = [
  'order',
  'subscription',
  'money',
  'mail',
  'attention',
  'run',
  'file',
  'closing',
  'settings',
  'access',
] as const;
export type ActivityArea = (typeof ACTIVITY_AREAS)[number];

/** The filters of 操作履歴. */
export const ACTIVITY_FILTERS = {
  /** All areas if absent. */
  areas: { kind: 'words', of: 'area', words: ACTIVITY_AREAS },
  /** A user's id, or `system`. */
  actor: { kind: 'text', max: 64 },
  /** Business dates, both included. */
  from: { kind: 'date', from: 'on' },
  to: { kind: 'date', to: 'on' },
} as const satisfies FilterTable;
