import { randomUUID } from 'node:crypto';
import { orderListQuerySchema, orderListSchema } from '@renkei/contract/lists/order-list.ts';
import { orderSchema } from '@renkei/contract/orders/orders.ts';
import { placeOrderSchema } from '@renkei/contract/orders/place-order.ts';
import type { CommandOf } from '@renkei/core/domain/commands/command.ts';
import { permissionOf } from '@renkei/core/domain/commands/permissions.ts';
import { explain, type Locale } from '@renkei/core/domain/reasons/index.ts';
import type { FastifyInstance } from 'fastify';
import { type TakenIn, takeInOrder } from '../../../services/take-in-order.ts';
import { listOrders } from '../../../store/lists/order-list.ts';
import type { Backoffice } from '../../backoffice.ts';
import { lookFirst, shopOf, viewOrder } from '../../command.ts';
import { orderParams } from '../../params.ts';
import { edgeProblem, type HttpProblem, refusalProblem } from '../../problems/problems.ts';
import { type Call, route } from '../../route.ts';
import { presentList } from '../../views/orders.ts';

/** Orders: lists, one order with its history, and the intake. */
export function orderRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  readRoutes(app, backoffice);
  placeRoute(app, backoffice);
}

function readRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/orders',
    deed: 'read_orders',
    summary: 'Orders of a tab, newest first, with the numbers and sums of the whole result',
    query: orderListQuerySchema,
    answers: { 200: orderListSchema },
    async handle(call) {
      const shop = await shopOf(call);
      const list = await listOrders(backoffice.db, call.shopId, call.query);
      return { status: 200, body: presentList(list, shop, call.locale) };
    },
  });
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/orders/:orderNumber',
    deed: 'read_orders',
    summary: 'An order with its history and the actions allowed now',
    params: orderParams,
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
    deed: 'place_order',
    summary: 'Places an order: authorized by the cart, or by Renkei with a token or customer',
    body: placeOrderSchema,
    answers: { 200: orderSchema, 201: orderSchema },
    async handle(call) {
      const { body, shopId, actor, locale } = call;
      const { orderNumber } = body;
      const doors = {
        db: backoffice.db,
        findCustomer: backoffice.findCustomer,
        mayGive: (command: CommandOf<'authorize'>) => call.requires(permissionOf(command)),
        authorize: (command: CommandOf<'authorize'>) => authorize(call, orderNumber, command),
      };
      const by = { shopId, actor, settings: await shopOf(call), now: backoffice.now() };
      const taken = await takeInOrder(doors, by, body);
      if (taken.kind === 'refused') throw notTakenIn(taken, locale);
      if (taken.kind === 'conflict') throw orderExists(taken.differs, locale);
      const { isNew } = taken;
      const order = await viewOrder(call, orderNumber);
      const headers = { location: `/v1/orders/${orderNumber}`, etag: `"${order.version}"` };
      return { status: isNew ? 201 : 200, body: order, headers };
    },
  });
}

function notTakenIn(
  { reason, fields }: Extract<TakenIn, { kind: 'refused' }>,
  locale: Locale,
): HttpProblem {
  const message = explain(reason, locale).cause;
  const errors = fields.map((pointer) => ({ pointer, message }));
  return refusalProblem(reason, null, locale, null, errors.length > 0 ? { errors } : {});
}

/** O5: names each field in which the request differs from the first hand-over. */
function orderExists(differs: readonly string[], locale: Locale): HttpProblem {
  const errors = differs.map((pointer) => ({ pointer, message: DIFFERS[locale] }));
  return edgeProblem('order_exists', locale, { errors });
}

const DIFFERS: Readonly<Record<Locale, string>> = {
  ja: '最初に登録された内容と異なります。',
  en: 'This differs from the first hand-over.',
};

/** The order stands whatever the result of its authorization; the answer shows the result. */
async function authorize(call: Call, orderNumber: string, command: CommandOf<'authorize'>) {
  const { backoffice, shopId, actor } = call;
  const wanted = {
    operationId: randomUUID(),
    key: `place:${orderNumber}`,
    inputHash: 'place',
    actor,
    command,
    expectedVersion: null,
    confirmed: true, // by the customer, who buys
  } as const;
  await backoffice.office.command({ shopId, orderNumber }, wanted, { waitMs: backoffice.waitMs });
}
