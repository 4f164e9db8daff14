import type { Locale } from '@renkei/core/domain/reasons/index.ts';
import type { Bucket } from '@renkei/core/domain/reconciliation/buckets.ts';
import type { ClosingObstacle } from '@renkei/core/domain/reconciliation/closing.ts';
import {
  type BookLine,
  type Equation,
  equationOf,
  isDifference,
  match,
  matchDays,
  type Period,
  type Verdict,
  verdictOf,
} from '@renkei/core/domain/reconciliation/match.ts';
import { loadClosed, loadClosing } from '../store/attention/closings.ts';
import { loadBothSides } from '../store/attention/reconciliation.ts';
import type { Queryable } from '../store/db/db.ts';

/** The reconciliation of a period: its present state, or its state at the closing. */
export type Report = {
  readonly period: Period;
  readonly equation: Equation;
  readonly lines: readonly BookLine[];
  readonly verdict: Verdict;
  readonly closing: Awaited<ReturnType<typeof loadClosing>>;
  readonly closed: Period | null;
};

export async function reconcile(db: Queryable, shopId: string, period: Period): Promise<Report> {
  const closing = await loadClosing(db, shopId, period);
  const closed = await loadClosed(db, shopId);
  if (closing !== null) {
    const { equation, lines } = closing;
    return { period, equation, lines, verdict: verdictOf(lines, equation), closing, closed };
  }
  const { ours, theirs } = await loadBothSides(db, shopId, period, closed);
  const lines = match(ours, theirs, period).toSorted(byWeight);
  const equation = equationOf(lines, period);
  return { period, equation, lines, verdict: verdictOf(lines, equation), closing, closed };
}

/** Sorts the largest moves first. */
function byWeight(a: BookLine, b: BookLine): number {
  return Math.abs(b.moves) - Math.abs(a.moves) || (a.seqno < b.seqno ? -1 : 1);
}

/** Returns the days of a month, each matched separately from one reading. */
export async function reconcileDays(db: Queryable, shopId: string, month: Period) {
  const closed = await loadClosed(db, shopId);
  const { ours, theirs } = await loadBothSides(db, shopId, month, closed);
  return [...matchDays(ours, theirs, month)].map(([on, lines]) => {
    const equation = equationOf(lines, { from: on, to: on });
    return {
      on,
      ours: equation.ours.net,
      theirs: equation.theirs.net,
      differences: lines.filter(({ bucket }) => isDifference(bucket)).length,
      notLooked: equation.moves.not_looked.count,
      closed: closed !== null && on >= closed.from && on <= closed.to,
    };
  });
}

/** The reasons why a period cannot be closed now. */
export const CLOSING_OBSTACLE = {
  not_over: {
    ja: 'まだ終わっていない日は締められません。',
    en: 'A day that is not over cannot be closed.',
  },
  closed_already: { ja: 'すでに締められています。', en: 'The period is already closed.' },
  too_long: {
    ja: '1年を超える期間は一度に締められません。古い月から順に締めてください。',
    en: 'A closing covers at most a year: close one month after the other.',
  },
  left_out: {
    ja: '最初に締めた期間より前の日は、締めの対象外です。',
    en: 'Days before the first closed period are never closed.',
  },
  not_next: {
    ja: '締めていない日が前にあります。前の期間から順に締めてください。',
    en: 'Earlier days are still open: close one period after the other.',
  },
} as const satisfies Record<ClosingObstacle, Record<Locale, string>>;

/** Returns the meaning of a line, and its remedy. */
export function explainLine(line: BookLine, locale: Locale): string {
  const { bucket, kind, correctionOf, evidence, lookedAt } = line;
  const texts = locale === 'ja' ? EXPLAINS_JA : EXPLAINS_EN;
  // Closings from before 0.2 did not record looks.
  const isKnown = bucket !== 'only_ours' || lookedAt !== null;
  const isAnswered = bucket === 'matched' && evidence === 'answered';
  const text = isAnswered ? ANSWERED[locale] : texts[isKnown ? bucket : 'not_looked'][kind];
  if (correctionOf === null) return text;
  const corrects = { ja: `${correctionOf}分の修正。`, en: `Corrects ${correctionOf}. ` }[locale];
  return `${corrects}${text}`;
}

const ANSWERED = {
  ja: 'F-REGIの応答と一致しています。その後の照合はまだです。',
  en: 'F-REGI’s answer agrees. Nobody has looked at F-REGI since.',
} as const;

type Texts = Record<Bucket, Record<BookLine['kind'], string>>;

const EXPLAINS_JA: Texts = {
  matched: { capture: '一致しています。', refund: '一致しています。' },
  amount_differs: {
    capture: '売上金額が異なります。要対応で金額を確かめてください。',
    refund: '取消金額が異なります。F-REGI管理画面で確かめてください。',
  },
  only_ours: {
    capture:
      '自社では売上済ですが、その後の照合でF-REGIにありませんでした。F-REGI管理画面で確かめてください。',
    refund:
      '自社では売上取消ですが、その後の照合でF-REGIにありませんでした。F-REGI管理画面で確かめてください。',
  },
  not_looked: {
    capture: '自社では売上済です。F-REGIとはまだ照合していません。',
    refund: '自社では売上取消です。F-REGIとはまだ照合していません。',
  },
  only_theirs: {
    capture: 'F-REGIで売上済ですが、自社にありません。要対応で受注を確かめてください。',
    refund: 'F-REGIで売上取消ですが、自社にありません。要対応で受注を確かめてください。',
  },
  timing_out: {
    capture: 'F-REGIでは別の期間の売上です（期ずれ）。',
    refund: 'F-REGIでは別の期間の売上取消です（期ずれ）。',
  },
  timing_in: {
    capture: '自社では別の期間の売上です（期ずれ）。',
    refund: '自社では別の期間の売上取消です（期ずれ）。',
  },
};

const EXPLAINS_EN: Texts = {
  matched: { capture: 'Both agree.', refund: 'Both agree.' },
  amount_differs: {
    capture: 'The captured amounts differ. Check the order in the attention list.',
    refund: 'The refunded amounts differ. Check in F-REGI’s console.',
  },
  only_ours: {
    capture: 'Captured here; a later look did not find it at F-REGI. Check in F-REGI’s console.',
    refund: 'Refunded here; a later look did not find it at F-REGI. Check in F-REGI’s console.',
  },
  not_looked: {
    capture: 'Captured here. Nobody has looked at F-REGI since.',
    refund: 'Refunded here. Nobody has looked at F-REGI since.',
  },
  only_theirs: {
    capture: 'Captured at F-REGI, not here. Check the attention list.',
    refund: 'Refunded at F-REGI, not here. Check the attention list.',
  },
  timing_out: {
    capture: 'F-REGI has it in another period.',
    refund: 'F-REGI has the refund in another period.',
  },
  timing_in: {
    capture: 'Renkei has it in another period.',
    refund: 'Renkei has the refund in another period.',
  },
};
