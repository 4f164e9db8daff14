import { shopQuerySchema } from '@renkei/contract/common.ts';
import {
  type RunKind,
  type RunRow,
  type RunRowState,
  runAgainSchema,
} from '@renkei/contract/runs.ts';
import { jstDateOf } from '@renkei/core/domain/values/jst.ts';
import type { StoredRun } from '@renkei/core/ports/runs.ts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { bestFit, encodeCp932, unwritableIn } from '../../../csv/text/cp932.ts';
import { formatRow, guardFormula } from '../../../csv/text/rows.ts';
import { noteReport } from '../../../store/lists/export-orders.ts';
import { loadRunRows } from '../../../store/runs/run-rows.ts';
import type { Backoffice } from '../../backoffice.ts';
import { idParams } from '../../params.ts';
import { edgeProblem } from '../../problems/problems.ts';
import { type Call, route } from '../../route.ts';
import { kindOf, presentRunRow, runRowState } from '../../views/runs.ts';
import { seenRecords } from '../../views/seen-records.ts';
import { runOf } from './run-of.ts';
import { previewHopeful } from './run-preview.ts';

/**
 * Rows that certainly were not executed: left out, never begun, refused here or by F-REGI, or never
 * sent. An unknown outcome is not among them, and is never offered again.
 */
const NOT_EXECUTED: readonly RunRowState[] = ['failed', 'stopped', 'excluded'];

/**
 * 一括処理 afterwards: repeats the rows that certainly were not executed, and exports the result as
 * CSV.
 */
export function runResultRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/runs/:id/again',
    deed: 'read_orders',
    summary:
      'The rows that certainly were not executed and can succeed now, with the plan: for a new run',
    params: idParams,
    answers: { 200: runAgainSchema },
    async handle(call) {
      const run = await runOf(call, call.params.id);
      if (run.state === 'running' || run.state === 'paused') {
        throw edgeProblem('run_not_ended', call.locale);
      }
      const stored = await loadRunRows(backoffice.db, run);
      const failed = stored
        .filter((row) => NOT_EXECUTED.includes(runRowState(row)))
        .map(({ orderNumber, shipments }) => ({ orderNumber, ...(shipments && { shipments }) }));
      const { plan, mail, mailUnpaid } = run;
      const terms = { plan, mail, mailUnpaid, paidOn: jstDateOf(backoffice.now()) };
      const preview = await previewHopeful(call, failed, terms);
      const rows = new Set(preview.rows.map(({ orderNumber }) => orderNumber));
      const shipments = failed.filter(
        ({ orderNumber, shipments }) => shipments !== undefined && rows.has(orderNumber),
      );
      return { status: 200, body: { ...preview, plan, mail, mailUnpaid, shipments } };
    },
  });
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/runs/:id/csv',
    deed: 'read_orders',
    summary: 'The result order by order, as CSV: CP932, or UTF-8 with a BOM',
    params: idParams,
    query: shopQuerySchema.extend({ encoding: z.enum(['cp932', 'utf-8']).default('cp932') }),
    answers: { 200: z.any().meta({ description: 'text/csv' }) },
    async handle(call) {
      const run = await runOf(call, call.params.id);
      const what = WHAT[kindOf(run)];
      const shown = await rowsOf(call, run);
      backoffice.readLog.note(call, seenRecords(shown));
      const rows = [HEAD, ...shown.map((row) => cellsOf(row, what))];
      if (call.query.encoding === 'cp932') requireWritable(call, rows);
      const text = rows.map((cells) => formatRow(cells.map(guardFormula))).join('');
      const utf8 = call.query.encoding === 'utf-8';
      const bytes = utf8 ? Buffer.from(`\ufeff${text}`) : encodeCp932(bestFit(text)).bytes;
      const noted = { encoding: call.query.encoding, rows: rows.length - 1 };
      await noteReport(backoffice.db, call, 'run', noted);
      const headers = {
        'content-type': `text/csv; charset=${utf8 ? 'utf-8' : 'Shift_JIS'}`,
        'content-disposition': `attachment; filename*=UTF-8''run-${run.id}.csv`,
      };
      return { status: 200, body: Buffer.from(bytes), headers };
    },
  });
}

/** Throws if CP932 cannot hold a character, rather than drop it; UTF-8 can. */
function requireWritable({ locale }: Call, rows: readonly (readonly string[])[]): void {
  const errors = rows.flatMap((cells, index) =>
    cells.flatMap((cell, at) => {
      const lost = unwritableIn(bestFit(cell)).join('');
      return lost === ''
        ? []
        : { pointer: `/${index + 1}/${HEAD[at]}`, message: `${cells[0]}: ${lost}` };
    }),
  );
  if (errors.length > 0) throw edgeProblem('csv_loss', locale, { errors: errors.slice(0, 1_000) });
}

async function rowsOf({ backoffice, shopId, locale }: Call, run: StoredRun): Promise<RunRow[]> {
  const rows = await loadRunRows(backoffice.db, run);
  return rows.map((row) => presentRunRow(row, shopId, locale));
}

const HEAD = [
  '受注コード',
  '処理',
  '結果',
  '顧客名',
  '請求金額',
  'F-REGIの応答・理由',
  '対処',
  '終了日時',
];
const WHAT: Record<RunKind, string> = {
  mark_paid: '入金済',
  ship: '発送済',
  ship_and_pay: '発送済・入金済',
  cancel: '取消',
  authorize: '承認（オーソリ）',
  dismiss_cancel_request: 'キャンセル依頼の取り下げ',
};
const SHIPPED_ONLY = '発送のみ';
const RESULT: Record<RunRowState, string> = {
  waiting: '未着手',
  asking: '処理中',
  succeeded: '成功',
  proposed: '別の担当者の確認待ち',
  failed: '失敗',
  unknown: '結果確認中',
  review: '要確認',
  stopped: '中止',
  excluded: '対象外',
};

function cellsOf(row: RunRow, what: string): string[] {
  const { orderNumber, state, customerName, billed, line, reason, operation } = row;
  const result = state === 'failed' && row.partly ? SHIPPED_ONLY : RESULT[state];
  return [
    orderNumber,
    what,
    result,
    customerName,
    String(billed),
    line ?? '',
    reason?.remedy ?? '',
    operation?.endedAt ?? '',
  ];
}
