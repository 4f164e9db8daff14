import { orderNumberSchema } from '@renkei/contract/common.ts';
import { type OrderVersion, orderVersionSchema } from '@renkei/contract/orders/order-versions.ts';
import { whole } from '@renkei/contract/query.ts';
import { differencesOf } from '@renkei/core/domain/drift/difference.ts';
import { replay } from '@renkei/core/domain/order/events.ts';
import { billedOf, type Order, totalOf } from '@renkei/core/domain/order/order.ts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { loadJournal } from '../../../store/orders/order-view.ts';
import type { Backoffice } from '../../backoffice.ts';
import { orNotFound } from '../../problems/problems.ts';
import { route } from '../../route.ts';
import { instant } from '../../views/instant.ts';

const params = z.object({
  orderNumber: orderNumberSchema,
  version: whole({ min: 1, max: 1_000_000 }),
});

/** この時点の受注内容: a former state of an order, replayed from its journal (promise 5). */
export function orderVersionRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/orders/:orderNumber/versions/:version',
    deed: 'read_orders',
    summary: 'The order in a former version, and the changes of that version',
    params,
    answers: { 200: orderVersionSchema },
    async handle({ shopId, params: { orderNumber, version }, locale }) {
      const journal = await loadJournal(backoffice.db, { shopId, orderNumber });
      const entry = orNotFound(journal[version - 1], locale);
      const events = journal.map(({ event }) => event);
      const order = replay(events.slice(0, version));
      const before = version === 1 ? order : replay(events.slice(0, version - 1));
      const body: OrderVersion = {
        orderNumber,
        version,
        at: instant(entry.at),
        actor: entry.actor.name,
        kind: entry.event.kind,
        order: present(order),
        changes: differencesOf(before, order),
      };
      return { status: 200, body };
    },
  });
}

function present(order: Order): OrderVersion['order'] {
  const { type, status, paidOn, paymentKind, paymentMethod, amounts, transaction } = order;
  return {
    type,
    status,
    paidOn,
    paymentKind,
    paymentMethod,
    amounts,
    total: totalOf(amounts),
    billed: billedOf(amounts),
    transaction: transaction && {
      state: transaction.state,
      seqno: transaction.seqno,
      amount: transaction.amount,
    },
  };
}
