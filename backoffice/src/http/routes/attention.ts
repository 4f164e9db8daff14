import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { isAllowed } from '../../access/roles.ts';
import {
  attentionDetailSchema,
  attentionListSchema,
  attentionQuerySchema,
  changeAttentionSchema,
  closeAttentionSchema,
  lookResultSchema,
  repairRequestSchema,
  repairResultSchema,
  sweepSchema,
} from '../../contract/attention.ts';
import { attentionItemSchema } from '../../contract/attention-item.ts';
import { orderNumberSchema } from '../../contract/common.ts';
import { compare } from '../../domain/compare.ts';
import type { Repair } from '../../domain/drift.ts';
import { SWEEP_EVERY_MS } from '../../reconcile/lookout.ts';
import {
  changeAttention,
  closeAttention,
  countAttention,
  listAttention,
  loadAttention,
  loadAttentionLog,
  loadCoverage,
  logRepair,
  type StoredItem,
} from '../../store/attention.ts';
import { loadComparisonFacts } from '../../store/comparison.ts';
import { readClock } from '../../store/observations.ts';
import { BadCursor } from '../../store/order-list.ts';
import { findMember } from '../../store/people.ts';
import { loadSweeps } from '../../store/sweeps.ts';
import type { Backoffice } from '../backoffice.ts';
import { carryOut, matchedVersion, shopOf, viewOrder } from '../command.ts';
import {
  permissionFor,
  presentCoverage,
  presentDetail,
  presentItem,
} from '../present/attention.ts';
import { instant } from '../present/orders.ts';
import { edgeProblem } from '../problems.ts';
import { type Answer, type Call, route } from '../route.ts';

const params = z.object({ id: z.uuid() });

/** 要対応: where an order and F-REGI do not fit together, why, and what can be done about it. */
export function attentionRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  readRoutes(app, backoffice);
  handRoutes(app, backoffice);
  repairRoutes(app, backoffice);
  lookRoutes(app, backoffice);
}

function readRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/attention',
    permission: 'orders:read',
    summary: '要対応: the most urgent first, with counts, and how far silence can be trusted',
    query: attentionQuerySchema,
    answers: { 200: attentionListSchema },
    async handle(call) {
      const { shopId, user, query, locale } = call;
      const { db } = backoffice;
      const [shop, page, counts, stored, sweeps] = await Promise.all([
        shopOf(call),
        listAttention(db, shopId, user.id, query).catch((error: unknown) => {
          throw error instanceof BadCursor ? edgeProblem('bad_cursor', locale) : error;
        }),
        countAttention(db, shopId, user.id),
        loadCoverage(db, shopId),
        loadSweeps(db, shopId),
      ]);
      const now = backoffice.now();
      const body = {
        items: page.items.map((item) => presentItem(item, now, locale)),
        nextCursor: page.nextCursor,
        counts,
        coverage: presentCoverage(shop, stored, sweeps, SWEEP_EVERY_MS),
      };
      return { status: 200, body };
    },
  });
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/attention/:id',
    permission: 'orders:read',
    summary: 'An item with its repairs, each previewed to the very call, and what became of it',
    params,
    answers: { 200: attentionDetailSchema },
    async handle(call) {
      const item = await itemOf(call, call.params.id);
      return { status: 200, body: await detail(call, item), headers: etag(item) };
    },
  });
}

/** What a person does with an item itself. */
function handRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  const { db } = backoffice;
  route(app, backoffice, {
    method: 'PATCH',
    url: '/v1/attention/:id',
    permission: 'attention:write',
    summary: '担当 and スヌーズ: assigns an item, or puts it off',
    params,
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
    permission: 'attention:write',
    summary:
      '何もしない: closes an item by hand, with the reason; it stays so while nothing changes',
    params,
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

function repairRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  route(app, backoffice, {
    method: 'POST',
    url: '/v1/attention/:id/repair',
    permission: 'orders:read',
    summary: 'Carries a repair out: a command on the order like any other. If-Match: the order’s',
    params,
    body: repairRequestSchema,
    answers: { 200: repairResultSchema, 202: repairResultSchema },
    async handle(call) {
      const { db, attendant } = backoffice;
      const { shopId, actor, body } = call;
      const item = await itemOf(call, call.params.id);
      const { orderNumber } = item;
      const repair = (await repairsOf(call, item)).find(
        (one) => one.id === body.repair && isAbout(one, body.seqno),
      );
      if (repair?.kind !== 'command' || orderNumber === null) {
        throw edgeProblem('repair_gone', call.locale, { current: await detail(call, item) });
      }
      call.requires(permissionFor(repair.command));
      const answer = await carryOut(call, orderNumber, repair.command);
      await logRepair(db, { shopId, id: item.id }, actor, { repair: repair.id });
      await attendant.attend(shopId, [orderNumber]);
      const after = presentItem(await itemOf(call, item.id), backoffice.now(), call.locale);
      return { ...answer, body: { ...Object(answer.body), item: after } };
    },
  });
}

function lookRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  route(app, backoffice, {
    method: 'POST',
    url: '/v1/orders/:orderNumber/look',
    permission: 'orders:read',
    summary: '再照会: looks at F-REGI now; harmless, and never changes anything there',
    params: z.object({ orderNumber: orderNumberSchema }),
    answers: { 200: lookResultSchema },
    async handle(call) {
      const { orderNumber } = call.params;
      await viewOrder(call, orderNumber);
      const look = await backoffice.lookout.look({ shopId: call.shopId, orderNumber }, 0);
      const order = await viewOrder(call, orderNumber);
      return { status: 200, body: { look, order }, headers: { etag: `"${order.version}"` } };
    },
  });
  route(app, backoffice, {
    method: 'POST',
    url: '/v1/sweeps',
    permission: 'attention:write',
    summary: 'Looks through everything that is live at F-REGI, now; one that is going on is joined',
    answers: { 202: sweepSchema },
    async handle(call) {
      const shop = await shopOf(call);
      if (!shop.inquiry) throw edgeProblem('no_inquiry', call.locale);
      const { startedAt, orders } = await backoffice.lookout.beginSweep(call.shopId);
      return { status: 202, body: { startedAt: instant(startedAt), orders } };
    },
  });
}

async function itemOf({ backoffice, shopId, locale }: Call, id: string): Promise<StoredItem> {
  const item = await loadAttention(backoffice.db, shopId, id);
  if (item === null) throw edgeProblem('not_found', locale);
  return item;
}

/** The repairs as they are now: what was offered a while ago may not be true any more. */
async function repairsOf(call: Call, item: StoredItem): Promise<readonly Repair[]> {
  if (item.closedAt !== null) return [];
  const { db } = call.backoffice;
  if (item.orderNumber === null) return item.drift.repairs;
  const [facts] = await loadComparisonFacts(db, call.shopId, [item.orderNumber]);
  if (facts === undefined) return [];
  const drifts = compare(facts, await readClock(db));
  return drifts.find(({ kind }) => kind === item.kind)?.repairs ?? [];
}

async function detail(call: Call, item: StoredItem) {
  const { backoffice, shopId, locale } = call;
  const { db } = backoffice;
  const [shop, log, repairs, facts] = await Promise.all([
    shopOf(call),
    loadAttentionLog(db, shopId, item.id),
    repairsOf(call, item),
    item.orderNumber === null ? [] : loadComparisonFacts(db, shopId, [item.orderNumber]),
  ]);
  const role = call.memberships.find((membership) => membership.shopId === shopId)?.role;
  const scene = {
    ...{ repairs, log, shop, now: backoffice.now() },
    order: facts[0]?.order ?? null,
    open: facts[0]?.open != null,
    operationId: facts[0]?.open?.operationId ?? null,
    may: (permission: Parameters<typeof isAllowed>[1]) =>
      role !== undefined && isAllowed(role, permission),
  };
  return presentDetail(item, scene, locale);
}

/** The item as it is now; a problem where somebody else was first. */
function answerItem(call: Call, before: StoredItem, changed: StoredItem | null): Answer {
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

function isAbout(repair: Repair, seqno: string | undefined): boolean {
  if (seqno === undefined || repair.kind !== 'command') return true;
  return repair.command.kind !== 'relink' || repair.command.to.seqno === seqno;
}

function etag({ version }: StoredItem) {
  return { etag: `"${version}"` };
}
