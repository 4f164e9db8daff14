import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import {
  importQuerySchema,
  importReportSchema,
  type ShippingImportReport,
  shippingImportQuerySchema,
  shippingImportReportSchema,
} from '../../contract/imports.ts';
import { CSV_BYTES_MAX, decodeCsv } from '../../csv/decode.ts';
import { parseShipmentsCsv } from '../../csv/parse-shipments.ts';
import { isLargeRun } from '../../domain/confirmation.ts';
import { jstDateOf } from '../../domain/jst.ts';
import { importCsv } from '../../orders/import-csv.ts';
import { judgeShipments } from '../../orders/judge-shipments.ts';
import type { RunTerms } from '../../orders/run-commands.ts';
import { isUniqueViolation } from '../../store/db.ts';
import type { NewRunRow } from '../../store/runs.ts';
import { loadSentOrders, wasRun } from '../../store/shipped-orders.ts';
import type { Backoffice } from '../backoffice.ts';
import { shopOf } from '../command.ts';
import { edgeProblem } from '../problems.ts';
import { type Answer, type Call, route } from '../route.ts';
import { launchRun, requireConfirmed } from './runs.ts';

/** Files of orders come in: checked first, imported if the operator says so. */
export function importRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  route(app, backoffice, {
    method: 'POST',
    url: '/v1/imports',
    permission: 'imports:write',
    summary: 'A CSV of orders (text/csv) in futureshop’s layout, CP932 or UTF-8',
    query: importQuerySchema,
    body: z.custom<Buffer>(Buffer.isBuffer, 'text/csv'),
    bodyLimit: CSV_BYTES_MAX + 1,
    answers: { 200: importReportSchema },
    async handle({ body: bytes, query, shopId, actor, locale }) {
      const { mode, encoding } = query;
      const wanted = { shopId, actor, bytes, mode, encoding };
      const imported = await importCsv(backoffice.db, wanted, locale);
      if (imported.kind === 'unreadable') {
        throw edgeProblem('bad_file', locale, { detail: imported.message[locale] });
      }
      return { status: 200, body: imported.report };
    },
  });
  shippingRoute(app, backoffice);
}

function shippingRoute(app: FastifyInstance, backoffice: Backoffice): void {
  route(app, backoffice, {
    method: 'POST',
    url: '/v1/imports/shipping',
    permission: 'imports:write',
    summary: 'A CSV of shipping results: 送り状番号 → 発送済, and 入金済 in the same run if wanted',
    query: shippingImportQuerySchema,
    body: z.custom<Buffer>(Buffer.isBuffer, 'text/csv'),
    bodyLimit: CSV_BYTES_MAX + 1,
    answers: { 200: shippingImportReportSchema, 202: shippingImportReportSchema },
    handle: (call) => importShipping(call),
  });
}

type ShippingCall = Call<unknown, z.output<typeof shippingImportQuerySchema>, Buffer>;

async function importShipping(call: ShippingCall): Promise<Answer> {
  const { backoffice, shopId, query, body: bytes, locale } = call;
  const { db } = backoffice;
  const andPay = query.andPay === 'true';
  call.requires('orders:write');
  if (andPay) call.requires('payments:capture');
  const decoded = decodeCsv(bytes, query.encoding);
  if (decoded.kind === 'refused') {
    throw edgeProblem('bad_file', locale, { detail: decoded.message[locale] });
  }
  const fileHash = createHash('sha256').update(bytes).digest('hex');
  const seenBefore = await wasRun(db, shopId, fileHash);
  const parsed = parseShipmentsCsv(decoded.text);
  const numbers = [...new Set(parsed.shipments.map(({ orderNumber }) => orderNumber))];
  const [orders, shop] = await Promise.all([loadSentOrders(db, shopId, numbers), shopOf(call)]);
  const today = jstDateOf(backoffice.now());
  const { shippingMail, mail, mode } = query;
  const plan = { kind: 'ship', shippedOn: today, shippingMail, andPay } as const;
  const terms: RunTerms = { plan, mail, paidOn: today };
  const judged = judgeShipments(parsed.shipments, orders, terms, shop, today);
  const errors = [...parsed.errors, ...judged.errors].sort((a, b) => a.line - b.line);
  const begins = mode === 'valid' || (mode === 'all' && errors.length === 0);
  const size = { orders: judged.rows.length, yen: judged.captures.yen };
  const confirm = isLargeRun(size, shop.confirm) ? String(size.orders) : null;
  if (begins) requireConfirmed(call, confirm);
  const run =
    begins && judged.rows.length > 0
      ? await launch(call, terms, judged.rows, {
          inputHash: `${fileHash} ${JSON.stringify(query)}`,
          ...(seenBefore ? {} : { fileHash }),
        })
      : null;
  const { rows, unchanged, invalid, captures } = judged;
  const report: ShippingImportReport = {
    ...{ fileHash, encoding: decoded.encoding, lines: parsed.rows, captures, seenBefore },
    orders: { open: rows.length, unchanged, invalid },
    run: run === null ? null : (run.body as ShippingImportReport['run']),
    errors: errors.map(({ line, column, message }) => ({ line, column, message: message[locale] })),
  };
  return { status: run === null ? 200 : 202, body: report, ...(run && { headers: run.headers }) };
}

/** Two of the same file at once: one begins, and the other is told so. */
function launch(
  call: ShippingCall,
  terms: RunTerms,
  rows: readonly NewRunRow[],
  file: { readonly fileHash?: string; readonly inputHash: string },
): Promise<Answer> {
  return launchRun(call, terms, rows, file).catch((error: unknown) => {
    const isSame = isUniqueViolation(error, 'one_run_per_file');
    throw isSame ? edgeProblem('file_underway', call.locale) : error;
  });
}
