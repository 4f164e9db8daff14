import { orderNumberSchema, shopQuerySchema, yenSchema } from '@renkei/contract/common.ts';
import { RUN_ROWS_MAX, SELECTION_MAX } from '@renkei/contract/limits.ts';
import {
  type ListSelection,
  listViewInputSchema,
  listViewSchema,
  orderFilterSchema,
  selectionSchema,
} from '@renkei/contract/lists/order-list.ts';
import { pageOf, whole } from '@renkei/contract/query.ts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import {
  changeView,
  deleteView,
  insertView,
  listViews,
  VIEWS_MAX,
  type ViewSaved,
} from '../../../store/lists/list-views.ts';
import {
  insertSelection,
  listSelected,
  loadSelection,
  type StoredSelection,
} from '../../../store/lists/selections.ts';
import type { Backoffice } from '../../backoffice.ts';
import { idParams } from '../../params.ts';
import { edgeProblem } from '../../problems/problems.ts';
import { type Call, type HttpAnswer, route } from '../../route.ts';
import { instant } from '../../views/instant.ts';

/** Uses of a list: saved views, and frozen results. */
export function listRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  viewRoutes(app, backoffice);
  selectionRoutes(app, backoffice);
}

function viewRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  const { db } = backoffice;
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/views',
    deed: 'read_orders',
    summary: 'The user’s own saved views of the list',
    answers: { 200: z.object({ items: z.array(listViewSchema) }) },
    async handle(call) {
      return { status: 200, body: { items: await listViews(db, ownerOf(call)) } };
    },
  });
  route(app, backoffice, {
    method: 'POST',
    url: '/v1/views',
    deed: 'read_orders',
    summary: 'Saves a filter under a name',
    body: listViewInputSchema,
    answers: { 201: listViewSchema },
    async handle(call) {
      return viewAnswer(call, 201, await insertView(db, ownerOf(call), call.body));
    },
  });
  route(app, backoffice, {
    method: 'PUT',
    url: '/v1/views/:id',
    deed: 'read_orders',
    summary: 'Changes a saved view',
    params: idParams,
    body: listViewInputSchema,
    answers: { 200: listViewSchema },
    async handle(call) {
      const saved = await changeView(db, ownerOf(call), call.params.id, call.body);
      return viewAnswer(call, 200, saved);
    },
  });
  route(app, backoffice, {
    method: 'DELETE',
    url: '/v1/views/:id',
    deed: 'read_orders',
    summary: 'Deletes a saved view',
    params: idParams,
    answers: { 204: z.undefined() },
    async handle(call) {
      const found = await deleteView(db, ownerOf(call), call.params.id);
      if (!found) throw edgeProblem('not_found', call.locale);
      return { status: 204, body: undefined };
    },
  });
}

function ownerOf({ shopId, user }: Call) {
  return { shopId, userId: user.id };
}

function viewAnswer({ locale }: Call, status: number, saved: ViewSaved): HttpAnswer {
  if (saved === 'name_taken') throw edgeProblem('view_name_taken', locale);
  if (saved === 'not_found') throw edgeProblem('not_found', locale);
  if (saved === 'too_many') {
    const errors = [{ pointer: '', message: String(VIEWS_MAX) }];
    throw edgeProblem('too_many_views', locale, { errors });
  }
  return { status, body: saved };
}

function selectionRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  const { db } = backoffice;
  route(app, backoffice, {
    method: 'POST',
    url: '/v1/selections',
    deed: 'read_orders',
    summary: 'Freezes the whole present result of a filter, for runs and CSV',
    body: orderFilterSchema,
    answers: { 201: selectionSchema },
    async handle({ shopId, body, actor, locale }) {
      const selection = await insertSelection(db, shopId, body, actor);
      if (selection === null) {
        const errors = [{ pointer: '', message: String(SELECTION_MAX) }];
        throw edgeProblem('selection_too_large', locale, { errors });
      }
      return { status: 201, body: present(selection) };
    },
  });
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/selections/:id',
    deed: 'read_orders',
    summary: 'A frozen result: its number and sums',
    params: idParams,
    answers: { 200: selectionSchema },
    async handle(call) {
      return { status: 200, body: present(await selectionOf(call, call.params.id)) };
    },
  });
  const selected = z.object({
    orderNumber: orderNumberSchema,
    version: z.int(),
    billed: yenSchema,
  });
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/selections/:id/orders',
    deed: 'read_orders',
    summary: 'The orders of a frozen result in their versions, with their present billed amounts',
    params: idParams,
    query: shopQuerySchema.extend({
      from: whole({ max: SELECTION_MAX }).prefault(0),
      limit: pageOf({ max: RUN_ROWS_MAX, usual: 1_000 }),
    }),
    answers: { 200: z.object({ items: z.array(selected), count: z.int() }) },
    async handle(call) {
      const { id, count } = await selectionOf(call, call.params.id);
      const items = await listSelected(db, call.shopId, id, call.query);
      return { status: 200, body: { items, count } };
    },
  });
}

/** Returns the selection of a call. Throws a problem if it never existed, or has expired. */
export async function selectionOf(
  { backoffice, shopId, locale }: Call,
  id: string,
): Promise<StoredSelection> {
  const selection = await loadSelection(backoffice.db, shopId, id);
  if (selection === null) throw edgeProblem('selection_not_found', locale);
  return selection;
}

function present({ createdAt, expiresAt, ...selection }: StoredSelection): ListSelection {
  return { ...selection, createdAt: instant(createdAt), expiresAt: instant(expiresAt) };
}
