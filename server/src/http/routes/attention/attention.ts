import {
  attentionDetailSchema,
  attentionListSchema,
  attentionQuerySchema,
  changeAttentionSchema,
  closeAttentionSchema,
} from '@renkei/contract/attention/attention.ts';
import { attentionItemSchema } from '@renkei/contract/attention/attention-item.ts';
import { jstDateOf } from '@renkei/core/domain/values/jst.ts';
import type { FastifyInstance } from 'fastify';
import {
  changeAttention,
  closeAttention,
  countAttention,
  listAttention,
  loadCoverage,
  type StoredItem,
} from '../../../store/attention/attention.ts';
import { loadSweeps } from '../../../store/attention/sweeps.ts';
import { findMember } from '../../../store/people/people.ts';
import { listOverdue } from '../../../store/subscriptions/subscriptions.ts';
import { SWEEP_EVERY_MS } from '../../../workers/lookout.ts';
import type { Backoffice } from '../../backoffice.ts';
import { shopOf } from '../../command.ts';
import { idParams } from '../../params.ts';
import { edgeProblem } from '../../problems/problems.ts';
import { matchedVersion } from '../../request.ts';
import { type Call, type HttpAnswer, route } from '../../route.ts';
import { presentCoverage, presentItem, presentOverdue } from '../../views/attention.ts';
import { presentRows } from '../../views/rows.ts';
import { itemOf, viewItem } from './attention-detail.ts';

/** 要対応: where an order and F-REGI disagree, why, and the repairs. */
export function attentionRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  readRoutes(app, backoffice);
  handRoutes(app, backoffice);
}

function readRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/attention',
    deed: 'read_orders',
    summary: '要対応: the most urgent first, with counts and the coverage of the last sweep',
    query: attentionQuerySchema,
    answers: { 200: attentionListSchema },
    async handle(call) {
      const { shopId, user, query, locale } = call;
      const { db } = backoffice;
      const [shop, page, counts, stored, sweeps, overdue] = await Promise.all([
        shopOf(call),
        listAttention(db, shopId, user.id, query),
        countAttention(db, shopId, user.id),
        loadCoverage(db, shopId),
        loadSweeps(db, shopId),
        listOverdue(db, shopId, jstDateOf(backoffice.now())),
      ]);
      const now = backoffice.now();
      const body = {
        ...presentRows(page.items, { idOf: ({ id }) => id, locale }, (item) =>
          presentItem(item, now, locale),
        ),
        nextCursor: page.nextCursor,
        counts,
        overdueDeliveries: presentOverdue(overdue),
        coverage: presentCoverage(shop, stored, sweeps, SWEEP_EVERY_MS),
      };
      return { status: 200, body };
    },
  });
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/attention/:id',
    deed: 'read_orders',
    summary: 'An item with its history and its repairs, each previewed with its exact calls',
    params: idParams,
    answers: { 200: attentionDetailSchema },
    async handle(call) {
      const item = await itemOf(call, call.params.id);
      return { status: 200, body: await viewItem(call, item), headers: etag(item) };
    },
  });
}

/** The actions of a person on an item itself. */
function handRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  const { db } = backoffice;
  route(app, backoffice, {
    method: 'PATCH',
    url: '/v1/attention/:id',
    deed: 'handle_attention',
    summary: '担当 and あとで対応: assigns or snoozes an item',
    params: idParams,
    body: changeAttentionSchema,
    answers: { 200: attentionItemSchema },
    async handle(call) {
      const { shopId, body, actor } = call;
      const version = matchedVersion(call);
      const item = await itemOf(call, call.params.id);
      const assignee = await assigneeOf(call, body.assignee);
      const { snoozedUntil: until } = body;
      const change = {
        ...(assignee === undefined ? {} : { assignee }),
        ...(until === undefined ? {} : { snoozedUntil: until === null ? null : Date.parse(until) }),
      };
      const changed = await changeAttention(db, { shopId, id: item.id, version }, change, actor);
      return answerItem(call, item, changed);
    },
  });
  route(app, backoffice, {
    method: 'POST',
    url: '/v1/attention/:id/close',
    deed: 'handle_attention',
    summary:
      '何もしない: closes an item by hand, with the reason; it stays closed until its facts change',
    params: idParams,
    body: closeAttentionSchema,
    answers: { 200: attentionItemSchema },
    async handle(call) {
      const { shopId, body, actor } = call;
      const version = matchedVersion(call);
      const item = await itemOf(call, call.params.id);
      const place = { shopId, id: item.id, version };
      return answerItem(call, item, await closeAttention(db, place, body.reason, actor));
    },
  });
}

/** Answers with the present item, or with a problem if somebody else was first. */
function answerItem(call: Call, before: StoredItem, changed: StoredItem | null): HttpAnswer {
  const { backoffice, locale } = call;
  const now = backoffice.now();
  if (changed === null) {
    throw edgeProblem('attention_changed', locale, { current: presentItem(before, now, locale) });
  }
  return { status: 200, body: presentItem(changed, now, locale), headers: etag(changed) };
}

async function assigneeOf(call: Call, assignee: string | null | undefined) {
  if (assignee === undefined || assignee === null) return assignee;
  const { id, name } = call.user;
  if (assignee === 'me' || assignee === id) return { id, name };
  const member = await findMember(call.backoffice.db, call.shopId, assignee);
  if (member === null) throw edgeProblem('not_a_member', call.locale);
  return member;
}

function etag({ version }: StoredItem) {
  return { etag: `"${version}"` };
}
