import {
  importQuerySchema,
  importReportSchema,
  shippingImportQuerySchema,
  shippingImportReportSchema,
} from '@renkei/contract/lists/imports.ts';
import { permissionsOfPlan } from '@renkei/core/domain/commands/permissions.ts';
import { type JstDate, jstDateOf } from '@renkei/core/domain/values/jst.ts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { CSV_BYTES_MAX } from '../../../csv/text/decode.ts';
import type { ShipmentsImport, ShipmentsImported } from '../../../services/import-shipments.ts';
import { isUniqueViolation } from '../../../store/db/db.ts';
import type { Backoffice } from '../../backoffice.ts';
import { confirmationProblem, shopOf } from '../../command.ts';
import { readFile } from '../../files.ts';
import { edgeProblem } from '../../problems/problems.ts';
import { givenKey, typedBy } from '../../request.ts';
import { type Call, type HttpAnswer, route } from '../../route.ts';
import { beginRun } from '../runs/runs.ts';

/** Imports of order files: checked first, imported if the operator says so. */
export function importRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  route(app, backoffice, {
    method: 'POST',
    url: '/v1/imports',
    deed: 'import_file',
    summary: 'A CSV of orders (text/csv) in futureshop’s layout, CP932 or UTF-8',
    query: importQuerySchema,
    body: z.custom<Buffer>(Buffer.isBuffer, 'text/csv'),
    file: CSV_BYTES_MAX + 1,
    answers: { 200: importReportSchema },
    async handle(call) {
      const { body: bytes, shopId, actor, locale } = call;
      const { mode, encoding } = call.query;
      const now = backoffice.now();
      const wanted = { shopId, actor, bytes, mode, encoding, now, locale };
      const imported = await readFile(call, 'import_orders', wanted);
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
    deed: 'import_file',
    summary:
      'A CSV of shipping results: 送り状番号 → 発送済, and on request 入金済 in the same run',
    query: shippingImportQuerySchema,
    body: z.custom<Buffer>(Buffer.isBuffer, 'text/csv'),
    file: CSV_BYTES_MAX + 1,
    answers: { 200: shippingImportReportSchema, 202: shippingImportReportSchema },
    handle: (call) => importShipping(call),
  });
}

type ShippingCall = Call<unknown, z.output<typeof shippingImportQuerySchema>, Buffer>;

async function importShipping(call: ShippingCall): Promise<HttpAnswer> {
  const { backoffice, query, locale } = call;
  const { andPay } = query;
  for (const permission of permissionsOfPlan({ kind: 'ship', andPay })) call.requires(permission);
  const imported = await readFile(call, 'import_shipments', {
    ...shipmentsIn(call, andPay, jstDateOf(backoffice.now())),
    shop: await shopOf(call),
  }).catch((error: unknown) => {
    // If two requests bring the same file at once, one begins and the other gets this problem.
    const isSame = isUniqueViolation(error, 'one_run_per_file');
    throw isSame ? edgeProblem('file_underway', locale) : error;
  });
  switch (imported.kind) {
    case 'unreadable':
      throw edgeProblem('bad_file', locale, { detail: imported.message[locale] });
    case 'to_confirm':
      throw confirmationProblem(call, null, imported.confirm);
    case 'key_required':
      throw edgeProblem('key_required', locale);
    case 'read':
      return answerShipping(call, imported);
  }
}

function shipmentsIn(
  call: ShippingCall,
  andPay: boolean,
  today: JstDate,
): Omit<ShipmentsImport, 'shop'> {
  const { actor, body: bytes, locale, query } = call;
  const { encoding, mode, shippingMail, mail } = query;
  const plan = { kind: 'ship', shippedOn: today, shippingMail, andPay } as const;
  return {
    actor,
    bytes,
    encoding,
    mode,
    terms: { plan, mail, mailUnpaid: false, paidOn: today },
    today,
    choices: JSON.stringify(query),
    key: givenKey(call),
    typed: typedBy(call),
    locale,
  };
}

async function answerShipping(
  call: ShippingCall,
  { report, created }: Extract<ShipmentsImported, { kind: 'read' }>,
): Promise<HttpAnswer> {
  if (created === null) return { status: 200, body: { ...report, run: null } };
  const { status, body: run, headers = {} } = await beginRun(call, created);
  return { status, body: { ...report, run }, headers };
}
