import type { Bucket } from '@renkei/core/domain/reconciliation/buckets.ts';
import {
  type Closable,
  type ClosingObstacle,
  closableOf,
  type Earlier,
  firstClosing,
} from '@renkei/core/domain/reconciliation/closing.ts';
import type {
  BookLine,
  Equation,
  Period,
  Verdict,
} from '@renkei/core/domain/reconciliation/match.ts';
import type { JstDate } from '@renkei/core/domain/values/jst.ts';
import type { Actor } from '@renkei/core/turns/operation.ts';
import { bestFit, encodeCp932 } from '../csv/text/cp932.ts';
import { type Closing, closePeriod, loadClosed } from '../store/attention/closings.ts';
import { findFirstRecord } from '../store/attention/reconciliation.ts';
import type { Db } from '../store/db/db.ts';
import { loadBalanceSums } from '../store/lists/open-amount.ts';
import { formatReportCsv } from './reconciliation-csv.ts';
import { reconcile, reconcileDays } from './reconciliation-report.ts';

/** The questions to 照合, as jobs of a process: they read a year of captures and return a page. */
type WantedReport = { readonly shopId: string; readonly period: Period };

/** A page of a report. */
export type ReportPage = {
  readonly equation: Equation;
  readonly lines: readonly BookLine[];
  /** The number of lines in the requested buckets. */
  readonly count: number;
  readonly verdict: Verdict;
  readonly closing: Closing | null;
  /** All closed days, from the first to the last; null if there are none. */
  readonly closed: Period | null;
  readonly closable: Closable;
  /**
   * The first record before the period if nothing was closed yet: the first closing asks about it.
   */
  readonly firstOn: JstDate | null;
};

/** Returns lines of some buckets from `offset` on, the largest moves first. */
export async function viewReport(
  db: Db,
  wanted: WantedReport & {
    readonly buckets: readonly Bucket[];
    readonly offset: number;
    readonly limit: number;
    readonly today: JstDate;
  },
): Promise<ReportPage> {
  const { shopId, period, buckets, offset, limit, today } = wanted;
  const report = await reconcile(db, shopId, period);
  const { equation, lines, verdict, closing, closed } = report;
  const chosen = lines.filter(({ bucket }) => buckets.includes(bucket));
  return {
    equation,
    lines: chosen.slice(offset, offset + limit),
    count: chosen.length,
    verdict,
    closing: closing && withoutLines(closing),
    closed,
    closable: closableOf(period, closed, today),
    firstOn: closed === null ? await findFirstRecord(db, shopId, period.from) : null,
  };
}

export function listDays(
  db: Db,
  { shopId, period }: WantedReport,
): ReturnType<typeof reconcileDays> {
  return reconcileDays(db, shopId, period);
}

/** Returns the bytes of the CSV: CP932, or UTF-8 with a BOM. */
export async function makeReportCsv(
  db: Db,
  { shopId, period, encoding }: WantedReport & { readonly encoding: 'cp932' | 'utf-8' },
): Promise<Uint8Array> {
  const report = await reconcile(db, shopId, period);
  const text = formatReportCsv(report, await loadBalanceSums(db, shopId, period));
  if (encoding === 'cp932') return encodeCp932(bestFit(text)).bytes;
  return new TextEncoder().encode(`\ufeff${text}`);
}

export type BooksClosed =
  | { readonly kind: 'closed'; readonly closing: Closing }
  /** The first closing has to decide on earlier records. */
  | { readonly kind: 'asks'; readonly firstOn: JstDate }
  | { readonly kind: 'refused'; readonly obstacle: ClosingObstacle };

/**
 * 締め: closes the open days of a period in their present state, or returns the reason against it.
 */
export async function closeBooks(
  db: Db,
  wanted: WantedReport & {
    readonly actor: Actor;
    readonly today: JstDate;
    readonly earlier: Earlier | null;
  },
): Promise<BooksClosed> {
  const { shopId, actor, today, earlier } = wanted;
  const closed = await loadClosed(db, shopId);
  const closable = closableOf(wanted.period, closed, today);
  if (closable.kind === 'refused') return closable;
  const { from } = closable.period;
  const firstOn = closed === null ? await findFirstRecord(db, shopId, from) : null;
  const first = firstClosing(closable.period, firstOn, earlier);
  if (first.kind !== 'closes') return first;
  const { period } = first;
  const report = await reconcile(db, shopId, period);
  const closing = await closePeriod(db, shopId, period, actor, report);
  return closing === null ? { kind: 'refused', obstacle: 'not_next' } : { kind: 'closed', closing };
}

function withoutLines({ from, to, closedAt, actor, equation, hash }: Closing): Closing {
  return { from, to, closedAt, actor, equation, hash };
}
