import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import {
  BUCKETS,
  type ClosingView,
  closePeriodSchema,
  closingListSchema,
  closingSchema,
  periodQuerySchema,
  reconciliationDaysSchema,
  reconciliationQuerySchema,
  reconciliationSchema,
} from '../../contract/reconciliation.ts';
import { bestFit, encodeCp932 } from '../../csv/cp932.ts';
import { daysBetween, jstDateOf, lastOfMonth } from '../../domain/jst.ts';
import type { JstDate } from '../../domain/order.ts';
import type { Line, Period } from '../../reconcile/match.ts';
import {
  CLOSING_OBSTACLE,
  closingObstacle,
  explainLine,
  reconcile,
  reconcileDays,
} from '../../reconcile/report.ts';
import { formatReportCsv } from '../../reconcile/report-csv.ts';
import { loadCoverage } from '../../store/attention.ts';
import { type Closing, closePeriod, listClosings } from '../../store/closings.ts';
import type { Backoffice } from '../backoffice.ts';
import { instant } from '../present/orders.ts';
import { edgeProblem } from '../problems.ts';
import { type Call, route } from '../route.ts';

/** 照合: our captures and refunds beside F-REGI's, until every yen is explained. */
export function reconciliationRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  const { db } = backoffice;
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/reconciliation',
    permission: 'orders:read',
    summary: 'A day, a month or a span of days: the equation, and what moves it, line by line',
    query: reconciliationQuerySchema,
    answers: { 200: reconciliationSchema },
    handle: (call) => view(call),
  });
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/reconciliation/days',
    permission: 'orders:read',
    summary: 'The days of a month at a glance: both sums, differences, closed or not',
    query: periodQuerySchema,
    answers: { 200: reconciliationDaysSchema },
    async handle(call) {
      const period = periodOf(call, call.query);
      const month = monthOf(period.from.slice(0, 7));
      const days = await reconcileDays(db, call.shopId, month);
      return { status: 200, body: { month: month.from.slice(0, 7), days } };
    },
  });
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/reconciliation/csv',
    permission: 'orders:read',
    summary: 'The lines and the equation as CSV for an accountant: CP932, or UTF-8 with a BOM',
    query: periodQuerySchema.extend({ encoding: z.enum(['cp932', 'utf-8']).default('cp932') }),
    answers: { 200: z.any().meta({ description: 'text/csv' }) },
    async handle(call) {
      const period = periodOf(call, call.query);
      const text = formatReportCsv(await reconcile(db, call.shopId, period));
      const name = `reconciliation-${period.from}-${period.to}.csv`;
      const utf8 = call.query.encoding === 'utf-8';
      const bytes = utf8 ? Buffer.from(`\ufeff${text}`) : encodeCp932(bestFit(text)).bytes;
      const headers = {
        'content-type': `text/csv; charset=${utf8 ? 'utf-8' : 'Shift_JIS'}`,
        'content-disposition': `attachment; filename="${name}"`,
      };
      return { status: 200, body: Buffer.from(bytes), headers };
    },
  });
  closingRoutes(app, backoffice);
}

function closingRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  const { db } = backoffice;
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/reconciliation/closings',
    permission: 'orders:read',
    summary: 'The periods that are closed, newest first, each under its hash',
    answers: { 200: closingListSchema },
    async handle({ shopId }) {
      const items = (await listClosings(db, shopId)).map(presentClosing);
      return { status: 200, body: { items } };
    },
  });
  route(app, backoffice, {
    method: 'POST',
    url: '/v1/reconciliation/closings',
    permission: 'reconciliation:write',
    summary: '締め: closes a period as it stands; what comes to light later corrects the next one',
    body: closePeriodSchema,
    answers: { 201: closingSchema },
    async handle(call) {
      const { shopId, actor, locale, body: period } = call;
      if (period.to < period.from) throw edgeProblem('bad_period', locale);
      const report = await reconcile(db, shopId, period);
      const obstacle = closingObstacle(period, report.closed, today(call));
      const refused = (name: keyof typeof CLOSING_OBSTACLE) =>
        edgeProblem('not_closable', locale, { detail: CLOSING_OBSTACLE[name][locale] });
      if (obstacle !== null) throw refused(obstacle);
      const closing = await closePeriod(db, shopId, period, actor, report);
      if (closing === null) throw refused('not_next');
      return { status: 201, body: presentClosing(closing) };
    },
  });
}

async function view(call: Call<unknown, z.output<typeof reconciliationQuerySchema>>) {
  const { backoffice, shopId, locale, query } = call;
  const period = periodOf(call, query);
  const [report, coverage] = await Promise.all([
    reconcile(backoffice.db, shopId, period),
    loadCoverage(backoffice.db, shopId),
  ]);
  const { equation, closing, closed } = report;
  const wanted = bucketsOf(query.buckets);
  const lines = report.lines.filter(({ bucket }) => wanted.includes(bucket));
  const obstacle = closingObstacle(period, closed, today(call));
  const { lastFile } = coverage;
  const body = {
    ...period,
    equation,
    lines: lines
      .slice(query.offset, query.offset + query.limit)
      .map((line) => ({ ...line, explanation: explainLine(line, locale) })),
    count: lines.length,
    closing: closing && presentClosing(closing),
    closable: {
      ok: obstacle === null,
      reason: obstacle === null ? null : CLOSING_OBSTACLE[obstacle][locale],
    },
    closedThrough: closed?.to ?? null,
    lastFile: lastFile && { name: lastFile.name, importedAt: instant(lastFile.importedAt) },
  };
  return { status: 200, body };
}

function bucketsOf(text: string | undefined): readonly Line['bucket'][] {
  if (text === undefined) return BUCKETS.filter((bucket) => bucket !== 'matched');
  return BUCKETS.filter((bucket) => text.split(',').includes(bucket));
}

const DAYS_MAX = 366;

/** The period that is meant. Throws a problem where it runs backwards, or for more than a year. */
function periodOf(
  call: Pick<Call, 'backoffice' | 'locale'>,
  { day, month, from, to }: Omit<z.output<typeof periodQuerySchema>, 'shop'>,
): Period {
  if (day !== undefined) return { from: day, to: day };
  if (from !== undefined && to !== undefined) {
    if (to < from || daysBetween(from, to) > DAYS_MAX) throw edgeProblem('bad_period', call.locale);
    return { from, to };
  }
  return monthOf(month ?? today(call).slice(0, 7));
}

function monthOf(month: string): Period {
  return { from: `${month}-01`, to: lastOfMonth(month) };
}

function today({ backoffice }: Pick<Call, 'backoffice'>): JstDate {
  return jstDateOf(backoffice.now());
}

function presentClosing({ from, to, closedAt, actor, equation, hash }: Closing): ClosingView {
  return { from, to, closedAt: instant(closedAt), by: actor.name, equation, hash };
}
