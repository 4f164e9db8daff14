import { revokePaymentsSchema } from '@renkei/contract/orders/order-commands.ts';
import { orderSchema } from '@renkei/contract/orders/orders.ts';
import type { FastifyInstance } from 'fastify';
import { ringForPerson } from '../../../store/payments/redirect-payments.ts';
import type { Backoffice } from '../../backoffice.ts';
import { viewOrder } from '../../command.ts';
import { orderParams } from '../../params.ts';
import { edgeProblem } from '../../problems/problems.ts';
import { route } from '../../route.ts';
import { changeRoutes } from './change-routes.ts';

/** The payments that the customer makes at F-REGI: 今すぐ照会, 発行取消. */
export function redirectPaymentRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  checkRoute(app, backoffice);
  changeRoutes(app, backoffice, {
    method: 'POST',
    resource: 'revocations',
    kind: 'revoke_payments',
    summary:
      '発行取消: records the order for it; Renkei then has F-REGI revoke the payments, and ' +
      '`redirectPayment.revocation` tells how each ended (K3)',
    body: revokePaymentsSchema,
    command: ({ settlenos }) => ({ kind: 'revoke_payments', settlenos: [...new Set(settlenos)] }),
  });
}

/** 今すぐ照会 of a redirect payment: asks F-REGI within seconds, and changes nothing there. */
function checkRoute(app: FastifyInstance, backoffice: Backoffice): void {
  route(app, backoffice, {
    method: 'POST',
    url: '/v1/orders/:orderNumber/redirect-payment/check',
    deed: 'check_redirect_payment',
    summary: 'Asks F-REGI about the customer’s payment soon, without waiting for its notice (L2)',
    params: orderParams,
    answers: { 202: orderSchema },
    async handle(call) {
      const { shopId, locale, params: ref } = call;
      await ringForPerson(backoffice.db, { shopId, ...ref });
      const order = await viewOrder(call, ref.orderNumber);
      if (order.redirectPayment === null) throw edgeProblem('not_found', locale);
      return { status: 202, body: order };
    },
  });
}
