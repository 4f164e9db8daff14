import { randomUUID } from 'node:crypto';
import { RUN_ROWS_MAX } from '@renkei/contract/limits.ts';
import {
  type RunDetail,
  runControlSchema,
  runDetailSchema,
  runPreviewRequestSchema,
  runPreviewSchema,
  runSchema,
  startRunSchema,
} from '@renkei/contract/runs.ts';
import { type PlanBoxes, permissionsOfPlan } from '@renkei/core/domain/commands/permissions.ts';
import type { RunPlan, RunTerms } from '@renkei/core/domain/commands/run-commands.ts';
import { type JstDate, jstDateOf } from '@renkei/core/domain/values/jst.ts';
import type { StoredRun } from '@renkei/core/ports/runs.ts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { dayAsked } from '../../../store/attention/closings.ts';
import { listSelected, type SelectedOrder } from '../../../store/lists/selections.ts';
import { countRunRows, loadRunRows } from '../../../store/runs/run-rows.ts';
import {
  controlRun,
  insertRun,
  listRuns,
  loadRun,
  type NewRunRow,
} from '../../../store/runs/runs.ts';
import type { Backoffice } from '../../backoffice.ts';
import { confirmationProblem } from '../../command.ts';
import { idParams } from '../../params.ts';
import { edgeProblem } from '../../problems/problems.ts';
import { hashOf, idempotencyKey, typedBy } from '../../request.ts';
import { type Call, type HttpAnswer, route } from '../../route.ts';
import { streamRun } from '../../sse.ts';
import { presentRun, presentRunRow, tallyOf } from '../../views/runs.ts';
import { selectionOf } from '../lists/lists.ts';
import { runOf } from './run-of.ts';
import { leftOut, previewOrders, runConfirmation } from './run-preview.ts';
import { withShipments } from './run-shipments.ts';

const BODY_LIMIT = 4 * 1024 * 1024;
const LIST_MAX = 100;

/** 一括処理: many orders with one press, each with its own operation. */
export function runRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  startRoutes(app, backoffice);
  controlRoute(app, backoffice);
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/runs',
    deed: 'read_orders',
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
    deed: 'read_orders',
    summary: 'A run with all its rows',
    params: idParams,
    answers: { 200: runDetailSchema },
    async handle(call) {
      return { status: 200, body: await viewRun(call, await runOf(call, call.params.id)) };
    },
  });
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/runs/:id/events',
    deed: 'read_orders',
    summary: 'The run as server-sent events: every row, then each change',
    params: idParams,
    answers: {},
    async handle(call) {
      return streamRun(call, await runOf(call, call.params.id));
    },
  });
}

/** Everybody who may start such a run may control it. */
function controlRoute(app: FastifyInstance, backoffice: Backoffice): void {
  route(app, backoffice, {
    method: 'POST',
    url: '/v1/runs/:id/control',
    deed: 'start_run',
    summary: 'Pauses, resumes or stops a run; waits for rows already sent',
    params: idParams,
    body: runControlSchema,
    answers: { 200: runSchema },
    async handle(call) {
      const { id, plan } = await runOf(call, call.params.id);
      requirePlan(call, plan);
      const run = await controlRun(backoffice.db, { ...call, id }, call.body.action);
      if (run === null) throw edgeProblem('run_ended', call.locale);
      backoffice.bulk.wake();
      const counts = await countRunRows(backoffice.db, call.shopId, [id]);
      return { status: 200, body: presentRun(run, tallyOf(run, counts)) };
    },
  });
}

function startRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  route(app, backoffice, {
    method: 'POST',
    url: '/v1/runs/preview',
    deed: 'read_orders',
    summary: 'Previews a run, order by order; nothing is sent (M6)',
    body: runPreviewRequestSchema,
    bodyLimit: BODY_LIMIT,
    answers: { 200: runPreviewSchema },
    handle: (call) => previewRun(call),
  });
  route(app, backoffice, {
    method: 'POST',
    url: '/v1/runs',
    deed: 'start_run',
    summary: 'Starts a run; refuses an order as stale if it has changed since the preview',
    body: startRunSchema,
    bodyLimit: BODY_LIMIT,
    answers: { 202: runSchema },
    handle: (call) => startRun(call),
  });
}

type PreviewBody = z.output<typeof runPreviewRequestSchema>;
type Start = z.output<typeof startRunSchema>;

async function previewRun(call: Call<unknown, unknown, PreviewBody>): Promise<HttpAnswer> {
  const { orderNumbers, selection } = call.body;
  const listed = orderNumbers?.map((orderNumber) => ({ orderNumber }));
  const terms = termsOf(call.body, jstDateOf(call.backoffice.now()));
  const rows = withShipments(call, listed ?? (await selectedBy(call, selection)), terms);
  const isWhole = selection !== undefined;
  const asked = { ...terms, day: await dayOf(call) };
  return { status: 200, body: await previewOrders(call, rows, asked, isWhole) };
}

async function startRun(call: Call<unknown, unknown, Start>): Promise<HttpAnswer> {
  const { backoffice, body } = call;
  requirePlan(call, body.plan);
  const terms = termsOf(body, jstDateOf(backoffice.now()));
  const listed = body.rows ?? (await selectedBy(call, body.selection));
  const rows = withShipments(call, listed, terms);
  const asked = { ...terms, day: await dayOf(call) };
  requireConfirmed(call, await runConfirmation(call, rows, asked));
  return launchRun(call, terms, [...rows, ...(await leftOut(call, body.excluded, asked))]);
}

function dayOf({ backoffice, shopId, body }: Call<unknown, unknown, PreviewBody | Start>) {
  return dayAsked(backoffice.db, shopId, { dayConfirmed: body.dayConfirmed, isOver: true });
}

/** Stores a run, begins it, and answers with it. */
async function launchRun(
  call: Call,
  terms: RunTerms,
  rows: readonly NewRunRow[],
): Promise<HttpAnswer> {
  const { backoffice, shopId, actor } = call;
  const key = idempotencyKey(call);
  const wanted = { shopId, id: randomUUID(), key, actor, ...terms, inputHash: hashOf(call), rows };
  return beginRun(call, await insertRun(backoffice.db, wanted));
}

/** Begins a stored run, and answers with it. */
export async function beginRun(
  { backoffice, shopId, locale }: Call,
  created: Awaited<ReturnType<typeof insertRun>>,
): Promise<HttpAnswer> {
  const { db, bulk } = backoffice;
  if (created.kind === 'key_reused') throw edgeProblem('idempotency_key_reused', locale);
  bulk.wake();
  const { run } = created;
  const counts = await countRunRows(db, shopId, [run.id]);
  const location = `/v1/runs/${run.id}?shop=${encodeURIComponent(shopId)}`;
  return { status: 202, body: presentRun(run, tallyOf(run, counts)), headers: { location } };
}

/** S2: throws unless a person has typed the text for a large run. */
function requireConfirmed(call: Call, wanted: string | null): void {
  if (wanted !== null && typedBy(call) !== wanted) throw confirmationProblem(call, null, wanted);
}

/** Requires the permissions of the plan: only people who may move money do. */
function requirePlan({ requires }: Call, plan: PlanBoxes): void {
  for (const permission of permissionsOfPlan(plan)) requires(permission);
}

function termsOf({ plan, paidOn, ...mails }: PreviewBody | Start, today: JstDate): RunTerms {
  const chosen: RunPlan =
    plan.kind === 'ship' ? { ...plan, shippedOn: plan.shippedOn ?? today } : plan;
  return { plan: chosen, mail: mails.mail, mailUnpaid: mails.mailUnpaid, paidOn: paidOn ?? today };
}

/** Returns the orders of a frozen result. Throws a problem if they are too many for one run. */
async function selectedBy(call: Call, id: string | undefined): Promise<SelectedOrder[]> {
  if (id === undefined)
    throw new Error('neither orders nor a selection: the contract refuses this');
  const { count } = await selectionOf(call, id);
  if (count > RUN_ROWS_MAX) {
    const errors = [{ pointer: '/selection', message: String(RUN_ROWS_MAX) }];
    throw edgeProblem('selection_too_large', call.locale, { errors });
  }
  const page = { from: 0, limit: RUN_ROWS_MAX };
  return listSelected(call.backoffice.db, call.shopId, id, page);
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
