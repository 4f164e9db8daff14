import { lookResultSchema, sweepSchema } from '@renkei/contract/attention/attention.ts';
import type { FastifyInstance } from 'fastify';
import type { Backoffice } from '../../backoffice.ts';
import { shopOf, viewOrder } from '../../command.ts';
import { orderParams } from '../../params.ts';
import { edgeProblem } from '../../problems/problems.ts';
import { route } from '../../route.ts';
import { instant } from '../../views/instant.ts';

/** Looks at F-REGI on request: at one order, or at all live ones. */
export function lookRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  route(app, backoffice, {
    method: 'POST',
    url: '/v1/orders/:orderNumber/look',
    deed: 'read_orders',
    summary: '再照会: looks at F-REGI now; harmless, and never changes anything there',
    params: orderParams,
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
    deed: 'sweep_gateway',
    summary: 'Sweeps all live transactions at F-REGI now, or joins a running sweep',
    answers: { 202: sweepSchema },
    async handle(call) {
      const shop = await shopOf(call);
      if (!shop.inquiry) throw edgeProblem('no_inquiry', call.locale);
      const { startedAt, orders } = await backoffice.lookout.beginSweep(call.shopId);
      return { status: 202, body: { startedAt: instant(startedAt), orders } };
    },
  });
}
