import { repairRequestSchema, repairResultSchema } from '@renkei/contract/attention/attention.ts';
import type { Repair } from '@renkei/core/domain/drift/drift.ts';
import type { FastifyInstance } from 'fastify';
import { logRepair } from '../../../store/attention/attention.ts';
import { findOperationByKey } from '../../../store/orders/order-view.ts';
import { refuseAnothers } from '../../another-order.ts';
import type { Backoffice } from '../../backoffice.ts';
import { answerOperation, carryOut } from '../../command.ts';
import { idParams } from '../../params.ts';
import { edgeProblem } from '../../problems/problems.ts';
import { hashOf, idempotencyKey } from '../../request.ts';
import { type Call, type HttpAnswer, route } from '../../route.ts';
import { presentItem, subjectOf } from '../../views/attention.ts';
import { itemOf, repairsOf, viewItem } from './attention-detail.ts';

/** The repairs of an item: commands on its order, decided and journalled like any other. */
export function repairRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  route(app, backoffice, {
    method: 'POST',
    url: '/v1/attention/:id/repair',
    deed: 'read_orders',
    summary: 'Carries a repair out: a command on the order like any other. If-Match: the order’s',
    params: idParams,
    body: repairRequestSchema,
    answers: { 200: repairResultSchema, 202: repairResultSchema },
    async handle(call) {
      const { db, attendant } = backoffice;
      const { shopId, actor, body } = call;
      const item = await itemOf(call, call.params.id);
      const { orderNumber } = item;
      const earlier = await replayOf(call);
      if (earlier !== null) return withItem(call, earlier, item.id);
      const repair = (await repairsOf(call, item)).find(
        (one) => one.id === body.repair && isAbout(one, body.seqno),
      );
      if (repair?.kind !== 'command' || orderNumber === null) {
        // It may have become another order's since it was shown; this says more than “gone”.
        if (orderNumber && body.seqno) await refuseAnothers(call, orderNumber, body.seqno);
        throw edgeProblem('repair_gone', call.locale, { current: await viewItem(call, item) });
      }
      const answer = await carryOut(call, orderNumber, repair.command);
      await logRepair(db, { shopId, id: item.id }, actor, { repair: repair.id });
      await attendant.attend(shopId, [orderNumber]);
      return withItem(call, answer, item.id);
    },
  });
}

/** Answers a repeated key with its operation, even if the item is closed by now. */
async function replayOf(call: Call): Promise<HttpAnswer | null> {
  const { backoffice, shopId, locale } = call;
  const earlier = await findOperationByKey(backoffice.db, shopId, idempotencyKey(call));
  if (earlier === null) return null;
  if (earlier.inputHash !== hashOf(call)) throw edgeProblem('idempotency_key_reused', locale);
  const answer = await answerOperation(call, earlier);
  return { ...answer, headers: { ...answer.headers, 'idempotency-replayed': 'true' } };
}

async function withItem(call: Call, answer: HttpAnswer, id: string): Promise<HttpAnswer> {
  const item = presentItem(await itemOf(call, id), call.backoffice.now(), call.locale);
  return { ...answer, body: { ...Object(answer.body), item } };
}

function isAbout(repair: Repair, seqno: string | undefined): boolean {
  if (seqno === undefined || repair.kind !== 'command') return true;
  return (subjectOf(repair.command) ?? seqno) === seqno;
}
