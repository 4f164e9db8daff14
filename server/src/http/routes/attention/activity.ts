import {
  type ActivityEntry,
  activityListSchema,
  activityQuerySchema,
} from '@renkei/contract/attention/activity.ts';
import { differencesOf } from '@renkei/core/domain/drift/difference.ts';
import type { OrderEvent } from '@renkei/core/domain/order/events.ts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { formatRow, guardFormula } from '../../../csv/text/rows.ts';
import { listActivity, listActors, type StoredActivity } from '../../../store/audit/activity.ts';
import { noteReport } from '../../../store/lists/export-orders.ts';
import type { Backoffice } from '../../backoffice.ts';
import { type Call, route } from '../../route.ts';
import { factsOf } from '../../views/facts.ts';
import { instant } from '../../views/instant.ts';
import { maskCustomerId } from '../../views/orders.ts';

type ActivityCsvQuery = z.output<typeof activityQuerySchema>;
const CSV_ROWS_MAX = 10_000;

/** 操作履歴: who did what and when, with the result, for the whole shop. */
export function activityRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/activity',
    deed: 'read_activity',
    summary: 'Activity, newest first: orders, money, mails, attention, runs, files, settings',
    query: activityQuerySchema,
    answers: { 200: activityListSchema },
    async handle(call) {
      const [page, actors] = await Promise.all([
        read(call, call.query),
        listActors(backoffice.db, call.shopId),
      ]);
      const body = { items: page.items.map(present), nextCursor: page.nextCursor, actors };
      return { status: 200, body };
    },
  });
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/activity/csv',
    deed: 'read_activity',
    summary: 'The same as CSV in UTF-8 with a BOM, at most 10,000 entries',
    query: activityQuerySchema,
    answers: { 200: z.any().meta({ description: 'text/csv' }) },
    async handle(call) {
      const { items } = await read(call, { ...call.query, limit: CSV_ROWS_MAX });
      const rows = items.map(present).map(rowOf);
      const text = [HEAD, ...rows].map((cells) => formatRow(cells.map(guardFormula))).join('');
      const noted = { encoding: 'utf-8', rows: rows.length } as const;
      await noteReport(backoffice.db, call, 'activity', noted);
      const headers = {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="activity.csv"',
      };
      return { status: 200, body: Buffer.from(`\ufeff${text}`), headers };
    },
  });
}

function read({ backoffice, shopId }: Call<unknown, ActivityCsvQuery>, query: ActivityCsvQuery) {
  return listActivity(backoffice.db, shopId, query);
}

function present(entry: StoredActivity): ActivityEntry {
  const { at, area, action, actor, orderNumber, subject, content } = entry;
  const fromJournal = area === 'order' || area === 'money' || area === 'mail';
  // The journal holds only events; most of the other tables hold flat facts.
  const facts = fromJournal
    ? factsOf(content as unknown as OrderEvent)
    : area === 'subscription'
      ? changesOf(content)
      : (content as ActivityEntry['facts']);
  const { kind, id, name } = actor;
  const from = actor.from ?? null;
  return {
    at: instant(at),
    area,
    action,
    actor: { kind, id, name },
    from,
    orderNumber,
    subject,
    facts,
  };
}

/**
 * Returns the changes of an application, field by field, as `amounts.shipping`: `735 → 0`; and its
 * other logged facts, with a list of deliveries as their numbers and orders.
 */
function changesOf({ before = {}, after = {}, ...others }: StoredActivity['content']) {
  const facts = differencesOf(Object(before), Object(after)).map(({ field, ...values }) => {
    const [was, is] = [values.before, values.after].map((value) =>
      field === 'customerId' && value !== null ? maskCustomerId(String(value)) : (value ?? '—'),
    );
    return [field, `${was} → ${is}`] as const;
  });
  const told = Object.entries(others).map(([name, value]) => [name, plain(value)] as const);
  return Object.fromEntries([...facts, ...told]);
}

function plain(value: unknown): string | number {
  if (typeof value === 'number') return value;
  if (!Array.isArray(value)) return String(value);
  return value.map(({ n, orderNumber }) => [n, orderNumber].filter(Boolean).join(': ')).join(', ');
}

const HEAD = [
  '日時（UTC）',
  '区分',
  '操作',
  '誰',
  'IPアドレス',
  'リクエストID',
  '受注コード',
  '対象',
  '内容',
];

function rowOf(entry: ActivityEntry): string[] {
  const { at, area, action, actor, from, orderNumber, subject, facts } = entry;
  return [
    at,
    area,
    action,
    actor.name,
    from?.ip ?? '',
    from?.requestId ?? '',
    orderNumber ?? '',
    subject ?? '',
    JSON.stringify(facts),
  ];
}
