import { commandResultSchema } from '@renkei/contract/orders/order-commands.ts';
import { cancelRequestSchema, shipSchema } from '@renkei/contract/orders/shipping.ts';
import { shipCommand, withoutBlanks } from '@renkei/core/domain/commands/ship-command.ts';
import { jstDateOf } from '@renkei/core/domain/values/jst.ts';
import type { FastifyInstance } from 'fastify';
import { loadOrder } from '../../../store/orders/order-view.ts';
import type { Backoffice } from '../../backoffice.ts';
import { carryOut } from '../../command.ts';
import { orderParams } from '../../params.ts';
import { orNotFound } from '../../problems/problems.ts';
import { route } from '../../route.ts';

const results = { 200: commandResultSchema, 202: commandResultSchema };

/** 発送, and customers' キャンセル依頼. */
export function shippingRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  route(app, backoffice, {
    method: 'POST',
    url: '/v1/orders/:orderNumber/shipments',
    deed: 'ship',
    summary: '発送 → 発送済: date, carrier and 送り状番号 of each destination, with its mail',
    params: orderParams,
    body: shipSchema,
    answers: results,
    async handle(call) {
      const { orderNumber } = call.params;
      const { shipments = null, mail, correction } = call.body;
      const stored = orNotFound(
        await loadOrder(backoffice.db, { shopId: call.shopId, orderNumber }),
        call.locale,
      );
      const sent = stored.details.destinations.map(({ shippedOn }) => shippedOn);
      const wanted = shipments?.map(withoutBlanks) ?? null;
      const day = jstDateOf(backoffice.now());
      const command = shipCommand(sent, wanted, day, { mail, correction });
      return carryOut(call, orderNumber, command);
    },
  });
  cancelRequestRoutes(app, backoffice);
}

function cancelRequestRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  const url = '/v1/orders/:orderNumber/cancel-request';
  route(app, backoffice, {
    method: 'POST',
    url,
    deed: 'request_cancel',
    summary: 'キャンセル依頼: the customer asks for the order to be cancelled',
    params: orderParams,
    body: cancelRequestSchema,
    answers: results,
    handle: (call) =>
      carryOut(call, call.params.orderNumber, { kind: 'request_cancel', ...call.body }),
  });
  route(app, backoffice, {
    method: 'DELETE',
    url,
    deed: 'dismiss_cancel_request',
    summary: 'Dismisses a cancel request; the order goes on',
    params: orderParams,
    answers: results,
    async handle(call) {
      const { orderNumber } = call.params;
      const ref = { shopId: call.shopId, orderNumber };
      const stored = orNotFound(await loadOrder(backoffice.db, ref), call.locale);
      const requested = stored.cancelRequest !== null;
      return carryOut(call, orderNumber, { kind: 'dismiss_cancel_request', requested });
    },
  });
}
