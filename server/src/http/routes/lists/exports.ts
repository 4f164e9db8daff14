import {
  type ExportCheck,
  exportCheckSchema,
  exportQuerySchema,
} from '@renkei/contract/lists/exports.ts';
import type { Locale } from '@renkei/core/domain/reasons/index.ts';
import { jstDateOf } from '@renkei/core/domain/values/jst.ts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { freeLayout } from '../../../csv/layouts/free.ts';
import { FUTURESHOP, GANBARE_TENCHO } from '../../../csv/layouts/futureshop.ts';
import type { Layout } from '../../../csv/layouts/layout.ts';
import { SAGAWA_EHIDEN } from '../../../csv/layouts/sagawa-ehiden.ts';
import { YAMATO_B2 } from '../../../csv/layouts/yamato-b2.ts';
import type { CsvEncoding } from '../../../csv/text/decode.ts';
import { codePointOf, type Losses, messageOf } from '../../../services/exports/losses.ts';
import { checkExport, makeExport } from '../../../services/exports/make-export.ts';
import type { ExportPlan } from '../../../services/exports/write-export.ts';
import { loadCsvLayout } from '../../../store/lists/csv-layouts.ts';
import { noteExport } from '../../../store/lists/export-orders.ts';
import { listSelectedNumbers } from '../../../store/lists/selections.ts';
import { loadFileAnswers } from '../../../store/shops/file-answers.ts';
import type { Backoffice } from '../../backoffice.ts';
import { shopOf } from '../../command.ts';
import { edgeProblem, orNotFound } from '../../problems/problems.ts';
import { type Call, type HttpAnswer, route } from '../../route.ts';
import { selectionOf } from './lists.ts';

/** L6: exports a result as CSV, in the field's layouts and in the shop's own. */
export function exportRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/exports',
    deed: 'export_orders',
    summary: 'A frozen result as a CSV file; refused if a character would be lost',
    query: exportQuerySchema,
    answers: { 200: z.any().meta({ description: 'text/csv' }) },
    handle: (call) => download(call),
  });
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/exports/check',
    deed: 'export_orders',
    summary: 'What such a file would lose, with a proposal for each character; makes none',
    query: exportQuerySchema,
    answers: { 200: exportCheckSchema },
    handle: (call) => check(call),
  });
}

const LAYOUTS: Readonly<Record<string, Layout>> = {
  ganbare_tencho: GANBARE_TENCHO,
  futureshop: FUTURESHOP,
  yamato_b2: YAMATO_B2,
  sagawa_ehiden: SAGAWA_EHIDEN,
};

type ExportQuery = z.output<typeof exportQuerySchema>;

async function download(call: Call<unknown, ExportQuery>): Promise<HttpAnswer> {
  const { backoffice, shopId, actor, locale, query } = call;
  const { db } = backoffice;
  const selection = await selectionOf(call, query.selection);
  const { name, plan } = await planOf(call, query);
  const { encoding, today } = plan;
  const made = await makeExport(db, shopId, selection.id, plan);
  if (made.kind === 'refused') throw lossProblem(made.losses, locale);
  const { orders, rows, losses } = made.exported;
  backoffice.readLog.note(call, await listSelectedNumbers(db, shopId, selection.id));
  await noteExport(db, shopId, { actor, layout: name, encoding, orders, rows });
  const file = `${name}-${today}.csv`;
  const headers = {
    'content-type': `text/csv; charset=${encoding === 'cp932' ? 'Shift_JIS' : 'utf-8'}`,
    'content-length': String(made.bytes),
    'content-disposition': `attachment; filename*=UTF-8''${encodeName(file)}`,
    'renkei-rows': String(rows),
    'renkei-left-out': String(losses.orders.length),
  };
  return { status: 200, body: made.stream, headers };
}

async function check(call: Call<unknown, ExportQuery>): Promise<HttpAnswer> {
  const { backoffice, shopId, locale, query } = call;
  const selection = await selectionOf(call, query.selection);
  const { plan } = await planOf(call, query);
  const found = await checkExport(backoffice.db, shopId, selection.id, {
    ...plan,
    leavesOut: true,
  });
  const { cells, orders: leftOut, characters } = found.losses;
  backoffice.readLog.note(call, leftOut);
  const body: ExportCheck = {
    orders: found.orders,
    leftOut: [...leftOut],
    characters: characters.map((lost) => ({ ...lost, codePoint: codePointOf(lost.character) })),
    losses: cells.map((loss) => {
      const { line, orderNumber, column, value } = loss;
      return { line, orderNumber, column, value, message: messageOf(loss)[locale] };
    }),
  };
  return { status: 200, body };
}

/** The wanted layout, with all that decides about its cells. */
async function planOf(
  call: Call<unknown, ExportQuery>,
  query: ExportQuery,
): Promise<{ readonly name: string; readonly plan: ExportPlan }> {
  const { backoffice, shopId } = call;
  const { shipper } = await shopOf(call);
  const { name, layout, encoding } = await layoutOf(call, query);
  const { characters: replacements } = await loadFileAnswers(backoffice.db, shopId);
  const today = jstDateOf(backoffice.now());
  const leavesOut = query.leaveOut;
  return { name, plan: { layout, encoding, shipper, today, replacements, leavesOut } };
}

/** Encodes a file name for a header (RFC 5987), where an apostrophe has a meaning, too. */
function encodeName(name: string): string {
  return encodeURIComponent(name).replace(/['()*]/g, (letter) => {
    return `%${letter.charCodeAt(0).toString(16).toUpperCase()}`;
  });
}

async function layoutOf(
  { backoffice, shopId, locale }: Call,
  query: ExportQuery,
): Promise<{ name: string; layout: Layout; encoding: CsvEncoding }> {
  const ready = LAYOUTS[query.layout];
  if (ready !== undefined) {
    return { name: query.layout, layout: ready, encoding: query.encoding ?? 'cp932' };
  }
  const own = orNotFound(await loadCsvLayout(backoffice.db, shopId, query.layout), locale);
  return { name: own.name, layout: freeLayout(own), encoding: query.encoding ?? own.encoding };
}

/** Lists each cell that would be lost, with line, order, column and the error. */
function lossProblem({ cells }: Losses, locale: Locale) {
  const errors = cells.map((loss) => {
    const { line, orderNumber, column } = loss;
    const message = `${orderNumber} ${column}: ${messageOf(loss)[locale]}`;
    return { pointer: `/${line}/${column}`, message };
  });
  return edgeProblem('csv_loss', locale, { errors });
}
