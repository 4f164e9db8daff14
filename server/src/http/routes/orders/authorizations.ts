import { authorizeSchema, commandResultSchema } from '@renkei/contract/orders/order-commands.ts';
import type { FastifyInstance } from 'fastify';
import type { Backoffice } from '../../backoffice.ts';
import { carryOut } from '../../command.ts';
import { orderParams } from '../../params.ts';
import { route } from '../../route.ts';

/** B3: authorizes 通常処理（有効性確認済み） again, or a waiting card. */
export function authorizationRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  route(app, backoffice, {
    method: 'POST',
    url: '/v1/orders/:orderNumber/authorization',
    deed: 'authorize',
    summary: 'Authorizes the billed amount by the registered card, or by a new token (B2, B3)',
    params: orderParams,
    body: authorizeSchema,
    answers: { 200: commandResultSchema, 202: commandResultSchema },
    handle(call) {
      const { token: cardToken = null, returnUrl = null } = call.body;
      return carryOut(call, call.params.orderNumber, { kind: 'authorize', cardToken, returnUrl });
    },
  });
}
