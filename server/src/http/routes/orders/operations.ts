import { operationSchema } from '@renkei/contract/orders/operations.ts';
import { isWaiting } from '@renkei/core/turns/withdraw.ts';
import type { FastifyInstance } from 'fastify';
import { loadOperation, type OperationWithSteps } from '../../../store/orders/order-view.ts';
import type { Backoffice } from '../../backoffice.ts';
import { idParams } from '../../params.ts';
import { edgeProblem, orNotFound } from '../../problems/problems.ts';
import { type Call, type HttpAnswer, route } from '../../route.ts';
import { presentOperation } from '../../views/operations.ts';

/** Operations: their progress, and a person's actions on doubtful ones. */
export function operationRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/operations/:id',
    deed: 'read_orders',
    summary: 'An operation with every call that it has made',
    params: idParams,
    answers: { 200: operationSchema },
    async handle(call) {
      return answer(call, await load(call, call.params.id));
    },
  });
  route(app, backoffice, {
    method: 'POST',
    url: '/v1/operations/:id/check',
    deed: 'check_operation',
    summary: '今すぐ照会: looks at an operation in doubt now, if it is due; never repeats blindly',
    params: idParams,
    answers: { 200: operationSchema },
    async handle(call) {
      const { operation } = await load(call, call.params.id);
      await backoffice.office.check(operation, backoffice.waitMs);
      return answer(call, await load(call, call.params.id));
    },
  });
  route(app, backoffice, {
    method: 'DELETE',
    url: '/v1/operations/:id',
    deed: 'withdraw_operation',
    summary: 'Withdraws an operation that waits for F-REGI and certainly has asked nothing',
    params: idParams,
    answers: { 200: operationSchema },
    async handle(call) {
      const { operation, steps } = await load(call, call.params.id);
      if (!isWaiting(operation, steps)) {
        throw edgeProblem('not_withdrawable', call.locale);
      }
      await backoffice.office.withdraw(operation);
      const after = await load(call, call.params.id);
      // F-REGI may have been asked between the two: then the operation goes on and is not
      // withdrawn.
      if (after.operation.reason !== 'withdrawn') {
        throw edgeProblem('not_withdrawable', call.locale);
      }
      return answer(call, after);
    },
  });
}

async function load({ backoffice, shopId, locale }: Call, id: string) {
  return orNotFound(await loadOperation(backoffice.db, shopId, id), locale);
}

function answer({ locale }: Call, loaded: OperationWithSteps): HttpAnswer {
  return { status: 200, body: presentOperation(loaded, locale) };
}
