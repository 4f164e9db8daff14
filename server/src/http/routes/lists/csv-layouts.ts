import {
  csvLayoutSchema,
  EXPORT_LAYOUTS,
  exportChoicesSchema,
  type FreeLayout,
  freeLayoutSchema,
  layoutPreviewSchema,
} from '@renkei/contract/lists/exports.ts';
import { keysOf } from '@renkei/core/domain/order/states.ts';
import { jstDateOf } from '@renkei/core/domain/values/jst.ts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { EXPORT_FIELDS } from '../../../csv/layouts/fields.ts';
import { checkFreeLayout, freeLayout } from '../../../csv/layouts/free.ts';
import { previewExport } from '../../../services/exports/preview-export.ts';
import {
  changeCsvLayout,
  deleteCsvLayout,
  insertCsvLayout,
  type LayoutSaved,
  listCsvLayouts,
  loadCsvLayout,
} from '../../../store/lists/csv-layouts.ts';
import { readNewestOrders } from '../../../store/lists/export-orders.ts';
import { loadFileAnswers } from '../../../store/shops/file-answers.ts';
import type { Backoffice } from '../../backoffice.ts';
import { shopOf } from '../../command.ts';
import { idParams } from '../../params.ts';
import { edgeProblem } from '../../problems/problems.ts';
import { matchedVersion } from '../../request.ts';
import { type Call, type HttpAnswer, route } from '../../route.ts';

/** The number of rows in a preview of a layout. */
const PREVIEWED = 5;

/** The shop's own layouts of CSV, beside Renkei's. */
export function csvLayoutRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  const { db } = backoffice;
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
  writingRoutes(app, backoffice);
}

function writingRoutes(app: FastifyInstance, backoffice: Backoffice): void {
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
  const { characters: replacements } = await loadFileAnswers(backoffice.db, shopId);
  const orders = await readNewestOrders(backoffice.db, shopId, PREVIEWED);
  backoffice.readLog.note(
    call,
    orders.map(({ orderNumber }) => orderNumber),
  );
  const today = jstDateOf(backoffice.now());
  const { encoding } = body;
  const layout = freeLayout(body);
  const plan = { layout, encoding, shipper, today, replacements, leavesOut: false };
  return { status: 200, body: previewExport(orders, plan, PREVIEWED) };
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
