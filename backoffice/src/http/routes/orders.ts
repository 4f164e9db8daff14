import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { orderNumberSchema } from '../../contract/common.ts';
import { orderListQuerySchema, orderListSchema } from '../../contract/order-list.ts';
import {
  changeStatusSchema,
  commandResultSchema,
  editAmountsSchema,
  markPaidSchema,
  orderSchema,
  placeOrderSchema,
  previewSchema,
} from '../../contract/orders.ts';
import type { Command } from '../../domain/decide.ts';
import { jstDateOf } from '../../domain/jst.ts';
import { yen } from '../../domain/yen.ts';
import { isOpen } from '../../operations/operation.ts';
import { foresee } from '../../orders/foresee.ts';
import { BadCursor, listOrders } from '../../store/order-list.ts';
import { placeOrder } from '../../store/order-place.ts';
import { loadOrder } from '../../store/order-view.ts';
import type { Backoffice } from '../backoffice.ts';
import { carryOut, shopOf, viewOrder } from '../command.ts';
import { presentList, presentPreview } from '../present/orders.ts';
import { edgeProblem, refusalProblem } from '../problems.ts';
import { type Answer, type Call, route } from '../route.ts';

const params = z.object({ orderNumber: orderNumberSchema });
const results = { 200: commandResultSchema, 202: commandResultSchema };

/** Orders, and what can be done to one: actions are resources (payment, status, amounts). */
export function orderRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  readRoutes(app, backoffice);
  placeRoute(app, backoffice);
  paymentRoutes(app, backoffice);
  statusRoutes(app, backoffice);
  route(app, backoffice, {
    method: 'PUT',
    url: '/v1/orders/:orderNumber/amounts',
    permission: 'orders:write',
    summary: '商品・送料・手数料編集: new amounts of an unpaid order; F-REGI is not told (A1)',
    params,
    body: editAmountsSchema,
    answers: results,
    handle(call) {
      const { items, shipping, paymentFee, wrapping, pointsUsed, couponDiscount } =
        call.body.amounts;
      const amounts = {
        ...{ items: yen(items), shipping: yen(shipping), paymentFee: yen(paymentFee) },
        ...{ wrapping: yen(wrapping), pointsUsed: yen(pointsUsed) },
        couponDiscount: yen(couponDiscount),
      };
      return carryOut(call, call.params.orderNumber, { kind: 'edit_amounts', amounts });
    },
  });
}

function readRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/orders',
    permission: 'orders:read',
    summary: 'Orders of a tab, newest first, with the numbers and sums of the whole result',
    query: orderListQuerySchema,
    answers: { 200: orderListSchema },
    async handle(call) {
      const shop = await shopOf(call);
      const list = await listOrders(backoffice.db, call.shopId, call.query).catch((error) => {
        throw error instanceof BadCursor ? edgeProblem('bad_cursor', call.locale) : error;
      });
      return { status: 200, body: presentList(list, shop) };
    },
  });
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/orders/:orderNumber',
    permission: 'orders:read',
    summary: 'An order with its history, and what may be done with it now',
    params,
    answers: { 200: orderSchema },
    async handle(call) {
      const order = await viewOrder(call, call.params.orderNumber);
      return { status: 200, body: order, headers: { etag: `"${order.version}"` } };
    },
  });
}

function placeRoute(app: FastifyInstance, backoffice: Backoffice): void {
  route(app, backoffice, {
    method: 'POST',
    url: '/v1/orders',
    permission: 'orders:write',
    summary: 'Places an order: authorized by the cart, or to be authorized by token or customer',
    body: placeOrderSchema,
    answers: { 200: orderSchema, 201: orderSchema },
    async handle(call) {
      const { body, shopId, actor, locale } = call;
      const { amounts, orderNumber } = body;
      const total = amounts.items + amounts.shipping + amounts.paymentFee + amounts.wrapping;
      if (amounts.pointsUsed + amounts.couponDiscount > total) {
        throw refusalProblem('deductions_exceed_total', null, locale);
      }
      const placed = await placeOrder(backoffice.db, shopId, body, actor);
      if (placed === 'conflict') throw edgeProblem('order_exists', locale);
      const { transaction } = body;
      const isNew = placed === 'placed';
      if (isNew && transaction !== undefined && transaction.kind !== 'authorized') {
        const cardToken = transaction.kind === 'token' ? transaction.token : null;
        await authorize(call, orderNumber, cardToken);
      }
      const order = await viewOrder(call, orderNumber);
      const headers = { location: `/v1/orders/${orderNumber}`, etag: `"${order.version}"` };
      return { status: isNew ? 201 : 200, body: order, headers };
    },
  });
}

/** The order stands whatever becomes of its authorization; the answer shows what became of it. */
async function authorize(call: Call, orderNumber: string, cardToken: string | null) {
  const { backoffice, shopId, actor } = call;
  const wanted = {
    operationId: randomUUID(),
    key: `place:${orderNumber}`,
    inputHash: 'place',
    actor,
    command: { kind: 'authorize', cardToken },
    expectedVersion: null,
  } as const;
  await backoffice.office.command({ shopId, orderNumber }, wanted, { waitMs: backoffice.waitMs });
}

function paymentRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  const url = '/v1/orders/:orderNumber/payment';
  route(app, backoffice, {
    method: 'POST',
    url,
    permission: 'payments:capture',
    summary: '未入金 → 入金済: captures at F-REGI where the link applies (C1–C9)',
    params,
    body: markPaidSchema,
    answers: results,
    handle: (call) =>
      carryOut(call, call.params.orderNumber, markPaid(call.body, backoffice.now())),
  });
  route(app, backoffice, {
    method: 'POST',
    url: `${url}/preview`,
    permission: 'orders:read',
    summary: 'What marking paid would come to, call by call; nothing is sent (M6)',
    params,
    body: markPaidSchema,
    answers: { 200: previewSchema },
    handle: (call) => preview(call, call.params.orderNumber, markPaid(call.body, backoffice.now())),
  });
  route(app, backoffice, {
    method: 'DELETE',
    url,
    permission: 'payments:capture',
    summary: '入金日取消: the order is unpaid again; F-REGI is not called (U1)',
    params,
    answers: results,
    handle: (call) => carryOut(call, call.params.orderNumber, { kind: 'unmark_paid' }),
  });
}

function statusRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  const url = '/v1/orders/:orderNumber/status';
  route(app, backoffice, {
    method: 'POST',
    url,
    permission: 'orders:write',
    summary: 'ステータスの変更; with F-REGIの取引情報を取り消す it voids or refunds first (V1–V5)',
    params,
    body: changeStatusSchema,
    answers: results,
    handle(call) {
      call.requires(call.body.cancelTransaction ? 'payments:cancel' : 'orders:write');
      return carryOut(call, call.params.orderNumber, { kind: 'change_status', ...call.body });
    },
  });
  route(app, backoffice, {
    method: 'POST',
    url: `${url}/preview`,
    permission: 'orders:read',
    summary: 'What a change of status would come to; nothing is sent (M6)',
    params,
    body: changeStatusSchema,
    answers: { 200: previewSchema },
    handle: (call) =>
      preview(call, call.params.orderNumber, { kind: 'change_status', ...call.body }),
  });
}

async function preview(call: Call, orderNumber: string, command: Command): Promise<Answer> {
  const { backoffice, shopId, locale } = call;
  const shop = await shopOf(call);
  const stored = await loadOrder(backoffice.db, { shopId, orderNumber });
  if (stored === null) throw edgeProblem('not_found', locale);
  const open = stored.operation !== null && isOpen(stored.operation.operation);
  const foreseen = foresee(stored.order, open, command, shop, jstDateOf(backoffice.now()));
  return { status: 200, body: presentPreview(stored.order, foreseen, shop, locale) };
}

function markPaid(body: z.output<typeof markPaidSchema>, now: number): Command {
  const { mail, withoutGateway, paidOn = jstDateOf(now) } = body;
  return { kind: 'mark_paid', paidOn, mail, withoutGateway, from: 'detail' };
}
