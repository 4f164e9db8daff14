import { randomUUID } from 'node:crypto';
import { orderNumberSchema } from '@renkei/contract/common.ts';
import { orderListQuerySchema, orderListSchema } from '@renkei/contract/lists/order-list.ts';
import type { AmountsView } from '@renkei/contract/orders/order-content.ts';
import { orderSchema } from '@renkei/contract/orders/orders.ts';
import { placeOrderSchema } from '@renkei/contract/orders/place-order.ts';
import { permissionOf } from '@renkei/core/domain/permissions.ts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { BadCursor, listOrders } from '../../../store/lists/order-list.ts';
import { placeOrder } from '../../../store/orders/order-place.ts';
import type { Backoffice } from '../../backoffice.ts';
import { lookFirst, shopOf, viewOrder } from '../../command.ts';
import { edgeProblem, refusalProblem } from '../../problems/problems.ts';
import { type Call, route } from '../../route.ts';
import { presentList } from '../../views/orders.ts';

const params = z.object({ orderNumber: orderNumberSchema });

/** Orders: lists, one with its history, and how one comes in. */
export function orderRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  readRoutes(app, backoffice);
  placeRoute(app, backoffice);
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
      return { status: 200, body: presentList(list, shop, call.locale) };
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
      await lookFirst(call, call.params.orderNumber);
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
      if (sumOf(amounts, DEDUCTED) > sumOf(amounts, CHARGED)) {
        throw refusalProblem('deductions_exceed_total', null, locale, null);
      }
      const now = await isAuthorizedNow(call, body);
      if (!now && body.transaction?.kind === 'token') {
        throw refusalProblem('token_cannot_wait', null, locale, null);
      }
      if (!now) await requireRegistered(call, body.transaction);
      const asks = now && body.transaction !== undefined && body.transaction.kind !== 'authorized';
      if (asks) call.requires(permissionOf({ kind: 'authorize' }));
      const placed = await placeOrder(backoffice.db, shopId, body, actor);
      if (placed === 'conflict') throw edgeProblem('order_exists', locale);
      const { transaction } = body;
      const isNew = placed === 'placed';
      if (isNew && asks) {
        const cardToken = transaction?.kind === 'token' ? transaction.token : null;
        await authorize(call, orderNumber, cardToken);
      }
      const order = await viewOrder(call, orderNumber);
      const headers = { location: `/v1/orders/${orderNumber}`, etag: `"${order.version}"` };
      return { status: isNew ? 201 : 200, body: order, headers };
    },
  });
}

/** B1, S2: a pre-order’s card waits, and so do those that the shop authorizes later. */
async function isAuthorizedNow(
  call: Call,
  { type, paymentKind }: z.output<typeof placeOrderSchema>,
): Promise<boolean> {
  if (type === 'preorder') return false;
  const { paymentPolicies } = await shopOf(call);
  return paymentPolicies[paymentKind].authorizeAtOrder;
}

/**
 * B1: a card that waits is kept by F-REGI under its 顧客番号; the cart hears at once where it is not.
 * An order is not turned away because F-REGI cannot be asked: its authorization will tell.
 */
async function requireRegistered(
  { backoffice, shopId, locale }: Call,
  transaction: z.output<typeof placeOrderSchema>['transaction'],
): Promise<void> {
  if (transaction?.kind !== 'customer') return;
  const sighting = await backoffice.findCustomer(shopId, transaction.customerId);
  if (sighting === 'not_registered') {
    throw refusalProblem('customer_not_registered', null, locale, null);
  }
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
    confirmed: true, // by the customer, who buys
  } as const;
  await backoffice.office.command({ shopId, orderNumber }, wanted, { waitMs: backoffice.waitMs });
}

const CHARGED = ['items', 'shipping', 'paymentFee', 'wrapping', 'coolFee', 'otherFee'] as const;
const DEDUCTED = ['pointsUsed', 'couponDiscount', 'discount'] as const;

function sumOf(amounts: AmountsView, parts: readonly (keyof AmountsView)[]): number {
  return parts.reduce((sum, part) => sum + (amounts[part] ?? 0), 0);
}
