import {
  csvLayoutSchema,
  EXPORT_LAYOUTS,
  exportChoicesSchema,
  exportQuerySchema,
  type FreeLayout,
  freeLayoutSchema,
  layoutPreviewSchema,
} from '@renkei/contract/lists/exports.ts';
import { keysOf } from '@renkei/core/domain/order/states.ts';
import type { Locale } from '@renkei/core/domain/reasons/index.ts';
import { jstDateOf } from '@renkei/core/domain/values/jst.ts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { EXPORT_FIELDS } from '../../../csv/layouts/fields.ts';
import { checkFreeLayout, freeLayout } from '../../../csv/layouts/free.ts';
import { FUTURESHOP, GANBARE_TENCHO } from '../../../csv/layouts/futureshop.ts';
import type { Layout } from '../../../csv/layouts/layout.ts';
import { SAGAWA_EHIDEN } from '../../../csv/layouts/sagawa-ehiden.ts';
import { YAMATO_B2 } from '../../../csv/layouts/yamato-b2.ts';
import type { CsvEncoding } from '../../../csv/text/decode.ts';
import { makeExport } from '../../../services/exports/make-export.ts';
import { previewExport } from '../../../services/exports/preview-export.ts';
import type { ExportLoss } from '../../../services/exports/write-export.ts';
import {
  changeCsvLayout,
  deleteCsvLayout,
  insertCsvLayout,
  type LayoutSaved,
  listCsvLayouts,
  loadCsvLayout,
} from '../../../store/lists/csv-layouts.ts';
import { noteExport, readNewestOrders } from '../../../store/lists/export-orders.ts';
import { listSelectedNumbers } from '../../../store/lists/selections.ts';
import type { Backoffice } from '../../backoffice.ts';
import { shopOf } from '../../command.ts';
import { idParams } from '../../params.ts';
import { edgeProblem, orNotFound } from '../../problems/problems.ts';
import { matchedVersion } from '../../request.ts';
import { type Call, type HttpAnswer, route } from '../../route.ts';
import { selectionOf } from './lists.ts';

/** The number of rows in a preview of a layout. */
const PREVIEWED = 5;

/** L6: exports a result as CSV, in the field's layouts and in the shop's own. */
export function exportRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  const { db } = backoffice;
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
    url: '/v1/csv-layouts',
    deed: 'read_orders',
    summary: 'The layouts, including the shop’s own, and the fields for a new one',
    answers: { 200: exportChoicesSchema },
    async handle({ shopId, locale }) {
      const layouts = keysOf(EXPORT_LAYOUTS).map((id) => {
        const { encoding } = EXPORT_LAYOUTS[id];
        return { id, label: EXPORT_LAYOUTS[id][locale], encoding };
      });
      const fields = [...EXPORT_FIELDS].map(([field, { name, of }]) => ({ field, name, of }));
      return { status: 200, body: { layouts, fields, own: await listCsvLayouts(db, shopId) } };
    },
  });
  layoutRoutes(app, backoffice);
}

function layoutRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  const { db } = backoffice;
  route(app, backoffice, {
    method: 'POST',
    url: '/v1/csv-layouts',
    deed: 'change_settings',
    summary: 'Makes a layout of the shop’s own',
    body: freeLayoutSchema,
    answers: { 201: csvLayoutSchema },
    async handle(call) {
      requireRight(call, call.body);
      return layoutAnswer(call, 201, await insertCsvLayout(db, call, call.body));
    },
  });
  route(app, backoffice, {
    method: 'POST',
    url: '/v1/csv-layouts/preview',
    deed: 'export_orders',
    summary: 'Previews a layout, or a draft of one, with the newest orders; nothing is saved',
    body: freeLayoutSchema,
    answers: { 200: layoutPreviewSchema },
    handle: (call) => previewLayout(call),
  });
  route(app, backoffice, {
    method: 'PUT',
    url: '/v1/csv-layouts/:id',
    deed: 'change_settings',
    summary: 'Changes a layout, unless somebody else has changed it since',
    params: idParams,
    body: freeLayoutSchema,
    answers: { 200: csvLayoutSchema },
    async handle(call) {
      requireRight(call, call.body);
      const wanted = { id: call.params.id, version: matchedVersion(call) };
      const saved = await changeCsvLayout(db, call, wanted, call.body);
      if (saved === 'changed') {
        const current = (await loadCsvLayout(db, call.shopId, wanted.id)) ?? undefined;
        throw edgeProblem('settings_changed', call.locale, current && { current });
      }
      return layoutAnswer(call, 200, saved);
    },
  });
  route(app, backoffice, {
    method: 'DELETE',
    url: '/v1/csv-layouts/:id',
    deed: 'change_settings',
    summary: 'Deletes a layout',
    params: idParams,
    answers: { 204: z.undefined() },
    async handle(call) {
      const found = await deleteCsvLayout(db, call, call.params.id);
      if (!found) throw edgeProblem('not_found', call.locale);
      return { status: 204, body: undefined };
    },
  });
}

async function previewLayout(call: Call<unknown, unknown, FreeLayout>): Promise<HttpAnswer> {
  const { backoffice, shopId, body } = call;
  requireRight(call, body);
  const { shipper } = await shopOf(call);
  const orders = await readNewestOrders(backoffice.db, shopId, PREVIEWED);
  backoffice.readLog.note(
    call,
    orders.map(({ orderNumber }) => orderNumber),
  );
  const today = jstDateOf(backoffice.now());
  const plan = { layout: freeLayout(body), encoding: body.encoding, shipper, today };
  return { status: 200, body: previewExport(orders, plan, PREVIEWED) };
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
  const { shipper } = await shopOf(call);
  const chosen = await layoutOf(call, query);
  const { name, layout, encoding } = chosen;
  const today = jstDateOf(backoffice.now());
  const made = await makeExport(db, shopId, selection.id, { layout, encoding, shipper, today });
  if (made.kind === 'refused') throw lossProblem(made.losses, locale);
  const { orders, rows } = made.exported;
  backoffice.readLog.note(call, await listSelectedNumbers(db, shopId, selection.id));
  await noteExport(db, shopId, { actor, layout: name, encoding, orders, rows });
  const file = `${name}-${today}.csv`;
  const headers = {
    'content-type': `text/csv; charset=${encoding === 'cp932' ? 'Shift_JIS' : 'utf-8'}`,
    'content-length': String(made.bytes),
    'content-disposition': `attachment; filename*=UTF-8''${encodeName(file)}`,
    'renkei-rows': String(rows),
  };
  return { status: 200, body: made.stream, headers };
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
function lossProblem(losses: readonly ExportLoss[], locale: Locale) {
  const errors = losses.map(({ line, orderNumber, column, characters, bytesMax }) => {
    const ja =
      bytesMax === null
        ? `「${characters.join('')}」はShift_JISで表せません`
        : `長すぎます（半角${bytesMax}文字、全角${Math.floor(bytesMax / 2)}文字まで）`;
    const en =
      bytesMax === null
        ? `“${characters.join('')}” cannot be written in Shift_JIS`
        : `too long (up to ${bytesMax} bytes)`;
    const text = locale === 'ja' ? ja : en;
    return { pointer: `/${line}/${column}`, message: `${orderNumber} ${column}: ${text}` };
  });
  return edgeProblem('csv_loss', locale, { errors });
}

function requireRight({ locale }: Call, layout: FreeLayout): void {
  const issues = checkFreeLayout(layout);
  if (issues.length === 0) return;
  const errors = issues.map(({ index, kind }) => ({
    pointer: `/columns/${index}`,
    message: ISSUE[kind][locale],
  }));
  throw edgeProblem('invalid_request', locale, { errors });
}

const ISSUE = {
  unknown_field: {
    ja: 'この項目はありません。項目一覧から選んでください。',
    en: 'This field does not exist; choose one from the list.',
  },
  too_fine: {
    ja: 'この項目は、1行の単位（受注・お届け先）より細かい内容です。行の単位を変えてください。',
    en: 'The field is finer than the rows; choose finer rows.',
  },
} as const;

function layoutAnswer(
  { locale }: Call,
  status: number,
  saved: Exclude<LayoutSaved, 'changed'>,
): HttpAnswer {
  if (saved === 'name_taken') throw edgeProblem('layout_name_taken', locale);
  if (saved === 'not_found') throw edgeProblem('not_found', locale);
  return { status, body: saved, headers: { etag: `"${saved.version}"` } };
}
