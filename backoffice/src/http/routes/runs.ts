import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import {
  type RunDetail,
  runControlSchema,
  runDetailSchema,
  runPreviewRequestSchema,
  runPreviewSchema,
  runSchema,
  startRunSchema,
} from '../../contract/runs.ts';
import { jstDateOf } from '../../domain/jst.ts';
import { loadOrders } from '../../store/order-batch.ts';
import {
  controlRun,
  countRunRows,
  createRun,
  listRuns,
  loadRun,
  loadRunRows,
  type StoredRun,
} from '../../store/runs.ts';
import type { Backoffice } from '../backoffice.ts';
import { hashOf, idempotencyKey } from '../command.ts';
import { presentRun, presentRunRow, tallyOf } from '../present/runs.ts';
import { edgeProblem } from '../problems.ts';
import { type Answer, type Call, route } from '../route.ts';
import { previewOrders, requireAll } from '../run-preview.ts';
import { streamRun } from '../sse.ts';

const params = z.object({ id: z.uuid() });
const BODY_LIMIT = 4 * 1024 * 1024;
const LIST_MAX = 100;

/** 一括処理: many orders marked paid with one press, each an operation of its own. */
export function runRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  startRoutes(app, backoffice);
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/runs',
    permission: 'orders:read',
    summary: 'The shop’s runs, newest first',
    answers: { 200: z.object({ items: z.array(runSchema) }) },
    async handle({ shopId }) {
      const runs = await listRuns(backoffice.db, shopId, LIST_MAX);
      const ids = runs.map(({ id }) => id);
      const counts = await countRunRows(backoffice.db, shopId, ids);
      return {
        status: 200,
        body: { items: runs.map((run) => presentRun(run, tallyOf(run, counts))) },
      };
    },
  });
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/runs/:id',
    permission: 'orders:read',
    summary: 'A run with all its rows',
    params,
    answers: { 200: runDetailSchema },
    async handle(call) {
      return { status: 200, body: await viewRun(call, await runOf(call, call.params.id)) };
    },
  });
  route(app, backoffice, {
    method: 'POST',
    url: '/v1/runs/:id/control',
    permission: 'payments:capture',
    summary: 'Pauses, resumes or stops a run; what was sent is waited for',
    params,
    body: runControlSchema,
    answers: { 200: runSchema },
    async handle(call) {
      const { id } = await runOf(call, call.params.id);
      const run = await controlRun(backoffice.db, call.shopId, id, call.body.action);
      if (run === null) throw edgeProblem('run_ended', call.locale);
      await backoffice.bulk.sweep();
      const counts = await countRunRows(backoffice.db, call.shopId, [id]);
      return { status: 200, body: presentRun(run, tallyOf(run, counts)) };
    },
  });
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/runs/:id/events',
    permission: 'orders:read',
    summary: 'The run as server-sent events: every row as it is, then as it changes',
    params,
    answers: {},
    async handle(call) {
      const run = await runOf(call, call.params.id);
      await streamRun(call, run);
      return { status: 200, body: undefined };
    },
  });
}

function startRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  route(app, backoffice, {
    method: 'POST',
    url: '/v1/runs/preview',
    permission: 'orders:read',
    summary: 'What marking many orders paid would come to, order by order; nothing is sent (M6)',
    body: runPreviewRequestSchema,
    bodyLimit: BODY_LIMIT,
    answers: { 200: runPreviewSchema },
    async handle(call) {
      const { orderNumbers, mail, paidOn } = call.body;
      const body = await previewOrders(call, orderNumbers, { mail, paidOn });
      return { status: 200, body };
    },
  });
  route(app, backoffice, {
    method: 'POST',
    url: '/v1/runs',
    permission: 'payments:capture',
    summary: 'Starts a run; an order that has changed since the preview is refused as stale',
    body: startRunSchema,
    bodyLimit: BODY_LIMIT,
    answers: { 202: runSchema },
    handle: (call) => startRun(call),
  });
}

async function startRun(call: Call<unknown, unknown, z.output<typeof startRunSchema>>) {
  const { backoffice, body, shopId, actor, locale } = call;
  const { db, bulk } = backoffice;
  const orderNumbers = body.rows.map(({ orderNumber }) => orderNumber);
  requireAll(call, orderNumbers, await loadOrders(db, shopId, orderNumbers));
  const { paidOn = jstDateOf(backoffice.now()), mail, rows } = body;
  const key = idempotencyKey(call);
  const inputHash = hashOf(call);
  const id = randomUUID();
  const created = await createRun(db, { shopId, id, key, inputHash, actor, paidOn, mail, rows });
  if (created.kind === 'key_reused') throw edgeProblem('idempotency_key_reused', locale);
  await bulk.sweep();
  const { run } = created;
  const counts = await countRunRows(db, shopId, [run.id]);
  const location = `/v1/runs/${run.id}?shop=${encodeURIComponent(shopId)}`;
  const started = presentRun(run, tallyOf(run, counts));
  const answer: Answer = { status: 202, body: started, headers: { location } };
  return answer;
}

async function runOf({ backoffice, shopId, locale }: Call, id: string): Promise<StoredRun> {
  const run = await loadRun(backoffice.db, shopId, id);
  if (run === null) throw edgeProblem('not_found', locale);
  return run;
}

async function viewRun({ backoffice, shopId, locale }: Call, run: StoredRun): Promise<RunDetail> {
  const { db } = backoffice;
  const [current, counts, rows] = await Promise.all([
    loadRun(db, run.shopId, run.id),
    countRunRows(db, run.shopId, [run.id]),
    loadRunRows(db, run),
  ]);
  const presented = rows.map((row) => presentRunRow(row, shopId, locale));
  return { ...presentRun(current ?? run, tallyOf(run, counts)), rows: presented };
}
