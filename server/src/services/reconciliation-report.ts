import { daysBetween } from '@renkei/core/domain/jst.ts';
import type { JstDate } from '@renkei/core/domain/order.ts';
import type { Locale } from '@renkei/core/domain/reasons/index.ts';
import type { Bucket } from '@renkei/core/domain/reconciliation/buckets.ts';
import {
  type Equation,
  equationOf,
  type Line,
  match,
  matchDays,
  type Period,
} from '@renkei/core/domain/reconciliation/match.ts';
import { loadClosing } from '../store/attention/closings.ts';
import { type Closed, loadBothSides, loadClosed } from '../store/attention/reconciliation.ts';
import type { Queryable } from '../store/db/db.ts';

/** A period reconciled: as it is now, or as it was when it was closed. */
export type Report = {
  readonly period: Period;
  readonly equation: Equation;
  readonly lines: readonly Line[];
  readonly closing: Awaited<ReturnType<typeof loadClosing>>;
  readonly closed: Closed | null;
};

export async function reconcile(db: Queryable, shopId: string, period: Period): Promise<Report> {
  const closing = await loadClosing(db, shopId, period);
  const closed = await loadClosed(db, shopId);
  if (closing !== null) {
    const { equation, lines } = closing;
    return { period, equation, lines, closing, closed };
  }
  const { ours, theirs } = await loadBothSides(db, shopId, period, closed);
  const lines = match(ours, theirs, period).toSorted(byWeight);
  return { period, equation: equationOf(lines, period), lines, closing, closed };
}

/** What has to be looked at first: what moves most. */
function byWeight(a: Line, b: Line): number {
  return Math.abs(b.moves) - Math.abs(a.moves) || (a.seqno < b.seqno ? -1 : 1);
}

/** The days of a month, each matched by itself from one reading. */
export async function reconcileDays(db: Queryable, shopId: string, month: Period) {
  const closed = await loadClosed(db, shopId);
  const { ours, theirs } = await loadBothSides(db, shopId, month, closed);
  return [...matchDays(ours, theirs, month)].map(([on, lines]) => {
    const equation = equationOf(lines, { from: on, to: on });
    return {
      on,
      ours: equation.ours.net,
      theirs: equation.theirs.net,
      differences: lines.filter(({ bucket }) => bucket !== 'matched').length,
      closed: closed !== null && on >= closed.from && on <= closed.to,
    };
  });
}

/** Why a period cannot be closed now; null where it can. */
export function closingObstacle(
  period: Period,
  closed: Closed | null,
  today: JstDate,
): ClosingObstacle | null {
  if (period.to >= today) return 'not_over';
  if (closed === null) return null;
  if (period.to <= closed.to) return 'closed_already';
  return daysBetween(closed.to, period.from) === 1 ? null : 'not_next';
}

export type ClosingObstacle = keyof typeof CLOSING_OBSTACLE;

export const CLOSING_OBSTACLE = {
  not_over: {
    ja: 'まだ終わっていない日は締められません。',
    en: 'A day that is not over cannot be closed.',
  },
  closed_already: { ja: 'すでに締められています。', en: 'It is closed already.' },
  not_next: {
    ja: '締めていない日が前にあります。前の期間から順に締めてください。',
    en: 'There are open days before it: close one period after the other.',
  },
} as const;

/** What a line is, and what to do about it. */
export function explainLine({ bucket, kind, correctionOf }: Line, locale: Locale): string {
  const text = (locale === 'ja' ? EXPLAINS_JA : EXPLAINS_EN)[bucket][kind];
  if (correctionOf === null) return text;
  const corrects = { ja: `${correctionOf}分の修正。`, en: `Corrects ${correctionOf}. ` }[locale];
  return `${corrects}${text}`;
}

type Texts = Record<Bucket, Record<Line['kind'], string>>;

const EXPLAINS_JA: Texts = {
  matched: { capture: '一致しています。', refund: '一致しています。' },
  amount_differs: {
    capture: '売上金額が異なります。要対応で金額を確かめてください。',
    refund: '取消金額が異なります。F-REGI管理画面で確かめてください。',
  },
  only_ours: {
    capture: '当方では売上済ですが、F-REGIにありません。F-REGI管理画面で確かめてください。',
    refund: '当方では売上取消ですが、F-REGIにありません。F-REGI管理画面で確かめてください。',
  },
  only_theirs: {
    capture: 'F-REGIで売上済ですが、当方にありません。要対応で受注を確かめてください。',
    refund: 'F-REGIで売上取消ですが、当方にありません。要対応で受注を確かめてください。',
  },
  timing_out: {
    capture: 'F-REGIでは別の期間の売上です（期ずれ）。',
    refund: 'F-REGIでは別の期間の売上取消です（期ずれ）。',
  },
  timing_in: {
    capture: '当方では別の期間の売上です（期ずれ）。',
    refund: '当方では別の期間の売上取消です（期ずれ）。',
  },
};

const EXPLAINS_EN: Texts = {
  matched: { capture: 'Both agree.', refund: 'Both agree.' },
  amount_differs: {
    capture: 'The captured amounts differ. See the order in the attention list.',
    refund: 'The refunded amounts differ. Check in F-REGI’s console.',
  },
  only_ours: {
    capture: 'Captured here, not at F-REGI. Check in F-REGI’s console.',
    refund: 'Refunded here, not at F-REGI. Check in F-REGI’s console.',
  },
  only_theirs: {
    capture: 'Captured at F-REGI, not here. See the attention list.',
    refund: 'Refunded at F-REGI, not here. See the attention list.',
  },
  timing_out: {
    capture: 'F-REGI has it in another period.',
    refund: 'F-REGI has the refund in another period.',
  },
  timing_in: {
    capture: 'We have it in another period.',
    refund: 'We have the refund in another period.',
  },
};
