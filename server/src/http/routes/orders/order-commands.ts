import { settleSchema } from '@renkei/contract/orders/balance.ts';
import {
  changeMethodSchema,
  changeStatusSchema,
  correctPaidOnSchema,
  editAmountsSchema,
  markPaidSchema,
  unmarkPaidQuerySchema,
} from '@renkei/contract/orders/order-commands.ts';
import { type AmountsPreview, amountsPreviewSchema } from '@renkei/contract/orders/previews.ts';
import { whole } from '@renkei/contract/query.ts';
import type { CommandOf } from '@renkei/core/domain/commands/command.ts';
import type { Command } from '@renkei/core/domain/commands/decide.ts';
import { previewCommand, previewEdited } from '@renkei/core/domain/commands/preview-command.ts';
import { PAYMENT_KIND } from '@renkei/core/domain/order/states.ts';
import { jstDateOf } from '@renkei/core/domain/values/jst.ts';
import { yen } from '@renkei/core/domain/values/yen.ts';
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import { dayAsked } from '../../../store/attention/closings.ts';
import type { Backoffice } from '../../backoffice.ts';
import { carryOut } from '../../command.ts';
import { orderParams } from '../../params.ts';
import { type Call, route } from '../../route.ts';
import { presentEdited, presentPreview } from '../../views/actions/previews.ts';
import { contentEditOf } from '../../views/content-edit.ts';
import { changeRoutes, commandRoute, results, sceneOf } from './change-routes.ts';

/** Commands on an order: actions are resources (payment, status, method, amounts). */
export function orderCommandRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  changeRoutes(app, backoffice, {
    method: 'POST',
    resource: 'payment',
    kind: 'mark_paid',
    summary: '未入金 → 入金済: captures at F-REGI if the link applies (C1–C9)',
    body: markPaidSchema,
    command: markPaid,
  });
  changeRoutes(app, backoffice, {
    method: 'PUT',
    resource: 'payment-date',
    kind: 'correct_paid_on',
    summary: 'Corrects the 入金日 of a paid order; no money moves, and F-REGI is not told (O6)',
    body: correctPaidOnSchema,
    command: correctPaidOn,
  });
  changeRoutes(app, backoffice, {
    method: 'POST',
    resource: 'status',
    kind: 'change_status',
    summary: 'ステータスの変更; with F-REGIの取引情報を取り消す it voids or refunds first (V1–V7)',
    body: changeStatusSchema,
    command: (body) => ({ kind: 'change_status', ...body }),
  });
  changeRoutes(app, backoffice, {
    method: 'PUT',
    resource: 'method',
    kind: 'change_method',
    summary: '内容編集: another 決済方法; with the box on it voids or refunds first (P1–P3)',
    body: changeMethodSchema,
    command: changeMethod,
  });
  changeRoutes(app, backoffice, {
    method: 'POST',
    resource: 'settlements',
    kind: 'settle',
    summary: '差額の精算: records an amount received, or given back, otherwise than by card (O3)',
    body: settleSchema,
    command: (body) => settle(body, backoffice.now()),
  });
  commandRoute(app, backoffice, {
    method: 'PUT',
    resource: 'amounts',
    kind: 'edit_amounts',
    summary:
      '商品・送料・手数料編集, 決済・ポイント利用額編集; unpaid, F-REGI is not told (A1, A3)',
    body: editAmountsSchema,
    command: editAmounts,
  });
  amountsPreviewRoute(app, backoffice);
  cancelRoutes(app, backoffice);
}

/** The preview of an edit: the order's new sums, its taxes, and the calls of a later 入金済. */
function amountsPreviewRoute(app: FastifyInstance, backoffice: Backoffice): void {
  route(app, backoffice, {
    method: 'POST',
    url: '/v1/orders/:orderNumber/amounts/preview',
    deed: 'read_orders',
    summary: 'Previews an edit of amounts: sums, taxes, and the calls of a later 入金済 (A1, M6)',
    params: orderParams,
    body: editAmountsSchema,
    answers: { 200: amountsPreviewSchema },
    async handle(call) {
      const { locale } = call;
      const scene = await sceneOf(call, call.params.orderNumber);
      const { order, open, shop, today } = scene;
      const command = editAmounts(call.body);
      const previewed = previewCommand(order, open, command, shop, today);
      const edit = previewed.kind === 'refuse' ? null : previewEdited(order, command, shop, today);
      const body: AmountsPreview = {
        preview: presentPreview(order, previewed, shop, locale),
        after: edit && presentEdited(edit, shop, locale),
      };
      return { status: 200, body };
    },
  });
}

function cancelRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  route(app, backoffice, {
    method: 'DELETE',
    url: '/v1/orders/:orderNumber/payment',
    deed: 'unmark_paid',
    summary: '入金日取消: unpaid again; F-REGI is not called unless refund=true (U1)',
    params: orderParams,
    query: unmarkPaidQuerySchema,
    answers: results,
    handle(call) {
      const { refund } = call.query;
      return carryOut(call, call.params.orderNumber, { kind: 'unmark_paid', refund });
    },
  });
  route(app, backoffice, {
    method: 'DELETE',
    url: '/v1/orders/:orderNumber/settlements/:settlement',
    deed: 'correct_settlement',
    summary: 'Takes back a settlement recorded by mistake, by a counter-entry (O3)',
    params: orderParams.extend({ settlement: whole({ min: 1, max: 2_147_483_647 }) }),
    answers: results,
    handle(call) {
      const { orderNumber, settlement } = call.params;
      return carryOut(call, orderNumber, { kind: 'correct_settlement', settlement });
    },
  });
  route(app, backoffice, {
    method: 'DELETE',
    url: '/v1/orders/:orderNumber/transaction',
    deed: 'cancel_transaction',
    summary: 'Cancels a transaction left at F-REGI (V4, P2, U1)',
    params: orderParams,
    answers: results,
    handle: (call) => carryOut(call, call.params.orderNumber, { kind: 'cancel_transaction' }),
  });
}

async function markPaid(
  body: z.output<typeof markPaidSchema>,
  { backoffice, shopId }: Call,
): Promise<Command> {
  const today = jstDateOf(backoffice.now());
  const { paidOn = today, dayConfirmed, ...how } = body;
  const day = await dayAsked(backoffice.db, shopId, { dayConfirmed, isOver: paidOn < today });
  return { kind: 'mark_paid', paidOn, ...how, from: 'detail', day };
}

async function correctPaidOn(
  body: z.output<typeof correctPaidOnSchema>,
  { backoffice, shopId }: Call,
): Promise<Command> {
  const { paidOn, dayConfirmed } = body;
  // The day that the order had may be closed, whichever the new one is.
  const day = await dayAsked(backoffice.db, shopId, { dayConfirmed, isOver: true });
  return { kind: 'correct_paid_on', paidOn, ...day };
}

function settle(body: z.output<typeof settleSchema>, now: number): Command {
  const { on = jstDateOf(now), amount, ...how } = body;
  return { kind: 'settle', on, amount: yen(amount), ...how };
}

/** If the request has no method name, uses the kind's own: the manual's words, without (F-REGI). */
function changeMethod(body: z.output<typeof changeMethodSchema>): Command {
  const { paymentKind, cancelTransaction } = body;
  const { paymentMethod = PAYMENT_KIND[paymentKind].ja.replace(/\(.*\)$/, '') } = body;
  return { kind: 'change_method', paymentKind, paymentMethod, cancelTransaction };
}

function editAmounts(body: z.output<typeof editAmountsSchema>): CommandOf<'edit_amounts'> {
  return { kind: 'edit_amounts', changeCaptured: body.changeCaptured, ...contentEditOf(body) };
}
