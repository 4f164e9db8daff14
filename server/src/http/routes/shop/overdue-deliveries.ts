import {
  overduePreviewSchema,
  previewOverdueSchema,
  settleOverdueSchema,
  subscriptionSchema,
} from '@renkei/contract/shop/subscriptions.ts';
import { decideOverdue } from '@renkei/core/domain/subscriptions/due.ts';
import type { FastifyInstance } from 'fastify';
import { settleOverdue } from '../../../store/subscriptions/subscription-changes.ts';
import type { Backoffice } from '../../backoffice.ts';
import { route } from '../../route.ts';
import { presentSettled } from '../../views/subscriptions.ts';
import {
  changed,
  notChangedProblem,
  subscriptionParams as params,
  subscriptionOf,
  todayOf,
} from './subscription-call.ts';

/**
 * Settles overdue deliveries by a person's answer: makes or skips them; its preview writes nothing
 * (B4). Made orders are authorized, so the deed needs the right to move money.
 */
export function overdueRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  const { db } = backoffice;
  const url = '/v1/subscriptions/:code/overdue';
  route(app, backoffice, {
    method: 'POST',
    url,
    deed: 'answer_overdue_delivery',
    summary: 'Makes one or all of the overdue deliveries, or skips them',
    params,
    body: settleOverdueSchema,
    answers: { 200: subscriptionSchema },
    handle(call) {
      const { answer, count: seen } = call.body;
      const now = backoffice.now();
      return changed(call, (change) => settleOverdue(db, change, { answer, seen }, now));
    },
  });
  route(app, backoffice, {
    method: 'POST',
    url: `${url}/preview`,
    deed: 'read_orders',
    summary: 'Previews the orders to make, their sum, and the next delivery',
    params,
    body: previewOverdueSchema,
    answers: { 200: overduePreviewSchema },
    async handle(call) {
      const found = await subscriptionOf(call);
      const today = todayOf(call);
      const decided = decideOverdue(found, { ...call.body, seen: null }, today);
      if (decided.kind === 'refused') throw await notChangedProblem(call, decided.why);
      return { status: 200, body: presentSettled(found, decided, today) };
    },
  });
}
