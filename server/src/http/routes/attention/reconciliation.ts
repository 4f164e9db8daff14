import {
  type ClosingView,
  closePeriodSchema,
  closingListSchema,
  closingSchema,
  periodQuerySchema,
  printSchema,
  reconciliationDaysSchema,
  reconciliationQuerySchema,
  reconciliationSchema,
} from '@renkei/contract/attention/reconciliation.ts';
import type { Locale } from '@renkei/core/domain/reasons/index.ts';
import { BUCKETS } from '@renkei/core/domain/reconciliation/buckets.ts';
import type { Closable } from '@renkei/core/domain/reconciliation/closing.ts';
import type { Period } from '@renkei/core/domain/reconciliation/match.ts';
import {
  daysBetween,
  type JstDate,
  jstDateOf,
  lastOfMonth,
} from '@renkei/core/domain/values/jst.ts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { CLOSING_OBSTACLE, explainLine } from '../../../services/reconciliation-report.ts';
import { loadCoverage } from '../../../store/attention/attention.ts';
import { type Closing, listClosings } from '../../../store/attention/closings.ts';
import { noteReport } from '../../../store/lists/export-orders.ts';
import { loadBalanceSums } from '../../../store/lists/open-amount.ts';
import type { Backoffice } from '../../backoffice.ts';
import { edgeProblem } from '../../problems/problems.ts';
import { type Call, route } from '../../route.ts';
import { instant, instantOrNull } from '../../views/instant.ts';

/** 照合: our captures and refunds beside F-REGI's, until every yen is explained. */
export function reconciliationRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  const { reports } = backoffice;
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/reconciliation',
    deed: 'read_orders',
    summary: 'A day, a month or a range of days: the equation and its lines',
    query: reconciliationQuerySchema,
    answers: { 200: reconciliationSchema },
    handle: (call) => view(call),
  });
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/reconciliation/days',
    deed: 'read_orders',
    summary: 'The days of a month at a glance: both sums, differences, closed or not',
    query: periodQuerySchema,
    answers: { 200: reconciliationDaysSchema },
    async handle(call) {
      const period = periodOf(call, call.query);
      const month = monthOf(period.from.slice(0, 7));
      const { shopId } = call;
      const days = await reports.run('list_days', shopId, { shopId, period: month });
      return { status: 200, body: { month: month.from.slice(0, 7), days } };
    },
  });
  takingRoutes(app, backoffice);
  closingRoutes(app, backoffice);
}

/** The report leaves the shop: as a file, and on paper. */
function takingRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  const { db, reports } = backoffice;
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/reconciliation/csv',
    deed: 'read_orders',
    summary: 'The lines and the equation as CSV for an accountant: CP932, or UTF-8 with a BOM',
    query: periodQuerySchema.extend({ encoding: z.enum(['cp932', 'utf-8']).default('cp932') }),
    answers: { 200: z.any().meta({ description: 'text/csv' }) },
    async handle(call) {
      const period = periodOf(call, call.query);
      const { shopId } = call;
      const { encoding } = call.query;
      const bytes = await reports.run('make_report_csv', shopId, { shopId, period, encoding });
      // Each line ends with CR LF; the first is the head.
      const rows = bytes.filter((byte) => byte === 10).length - 1;
      await noteReport(db, call, 'reconciliation', { encoding, rows });
      const name = `reconciliation-${period.from}-${period.to}.csv`;
      const charset = encoding === 'utf-8' ? 'utf-8' : 'Shift_JIS';
      const headers = {
        'content-type': `text/csv; charset=${charset}`,
        'content-disposition': `attachment; filename="${name}"`,
      };
      return { status: 200, body: bufferOf(bytes), headers };
    },
  });
  route(app, backoffice, {
    method: 'POST',
    url: '/v1/reconciliation/prints',
    deed: 'read_orders',
    summary: 'Notes that the report is printed: a sheet leaves the shop as a file does',
    body: printSchema,
    answers: { 204: z.undefined() },
    async handle(call) {
      await noteReport(db, call, 'reconciliation_printed', {
        encoding: 'paper',
        rows: call.body.lines,
      });
      return { status: 204, body: undefined };
    },
  });
}

function closingRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  const { db } = backoffice;
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/reconciliation/closings',
    deed: 'read_orders',
    summary: 'The closed periods, newest first, each with its hash',
    answers: { 200: closingListSchema },
    async handle({ shopId }) {
      const items = (await listClosings(db, shopId)).map(presentClosing);
      return { status: 200, body: { items } };
    },
  });
  route(app, backoffice, {
    method: 'POST',
    url: '/v1/reconciliation/closings',
    deed: 'reconcile',
    summary: '締め: closes a period in its present state; later findings correct the next period',
    body: closePeriodSchema,
    answers: { 201: closingSchema },
    async handle(call) {
      const { shopId, actor, locale, body } = call;
      const { earlier = null, ...period } = body;
      if (period.to < period.from) throw edgeProblem('bad_period', locale);
      const wanted = { shopId, period, actor, today: today(call), earlier };
      const outcome = await backoffice.reports.run('close_books', shopId, wanted);
      if (outcome.kind === 'refused') {
        const detail = CLOSING_OBSTACLE[outcome.obstacle][locale];
        throw edgeProblem('not_closable', locale, { detail });
      }
      if (outcome.kind === 'asks') throw edgeProblem('earlier_records', locale);
      return { status: 201, body: presentClosing(outcome.closing) };
    },
  });
}

/** Wraps the same memory as Fastify sends it. */
function bufferOf({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

async function view(call: Call<unknown, z.output<typeof reconciliationQuerySchema>>) {
  const { backoffice, shopId, locale, query } = call;
  const period = periodOf(call, query);
  const { offset, limit } = query;
  const wanted = { shopId, period, buckets: query.buckets ?? UNMATCHED, offset, limit };
  const [report, balance, coverage] = await Promise.all([
    backoffice.reports.run('view_report', shopId, { ...wanted, today: today(call) }),
    loadBalanceSums(backoffice.db, shopId, period),
    loadCoverage(backoffice.db, shopId),
  ]);
  const { equation, lines, count, verdict, closing, closed, closable, firstOn } = report;
  const { lastFile } = coverage;
  const body = {
    ...period,
    equation,
    verdict,
    balance,
    lines: lines.map((line) => ({
      ...line,
      lookedAt: instantOrNull(line.lookedAt),
      explanation: explainLine(line, locale),
    })),
    count,
    closing: closing && presentClosing(closing),
    closable: presentClosable(closable, locale),
    firstRecordOn: firstOn,
    closedFrom: closed?.from ?? null,
    closedThrough: closed?.to ?? null,
    lastFile: lastFile && { name: lastFile.name, importedAt: instant(lastFile.importedAt) },
  };
  return { status: 200, body };
}

const UNMATCHED = BUCKETS.filter((bucket) => bucket !== 'matched');

const DAYS_MAX = 366;

/**
 * Returns the requested period. Throws a problem if it runs backwards, or is longer than a year.
 */
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

function presentClosable(closable: Closable, locale: Locale) {
  if (closable.kind === 'closable') return { ok: true, reason: null, ...closable.period };
  return { ok: false, reason: CLOSING_OBSTACLE[closable.obstacle][locale], from: null, to: null };
}

function presentClosing({ from, to, closedAt, actor, equation, hash }: Closing): ClosingView {
  return { from, to, closedAt: instant(closedAt), by: actor.name, equation, hash };
}
