import { CAPTURE_DELAYS, type Home, homeSchema } from '@renkei/contract/lists/home.ts';
import { LINKED_KINDS } from '@renkei/core/domain/order/states.ts';
import { explain } from '@renkei/core/domain/reasons/index.ts';
import { jstDateOf } from '@renkei/core/domain/values/jst.ts';
import type { FastifyInstance } from 'fastify';
import { countAttention } from '../../../store/attention/attention.ts';
import { sumDeadlines } from '../../../store/lists/deadlines.ts';
import { loadHome } from '../../../store/lists/home.ts';
import { listOverdue } from '../../../store/subscriptions/subscriptions.ts';
import type { Backoffice } from '../../backoffice.ts';
import { route } from '../../route.ts';
import { instant, instantOrNull } from '../../views/instant.ts';

/** ホーム: today's work, and recent trends. */
export function homeRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/home',
    deed: 'read_orders',
    summary: 'Today’s work as numbers, and the last thirty days',
    answers: { 200: homeSchema },
    async handle({ shopId, user, locale }) {
      const { db } = backoffice;
      const [numbers, attention, deadlines, overdue] = await Promise.all([
        loadHome(db, shopId, LINKED_KINDS),
        countAttention(db, shopId, user.id),
        sumDeadlines(db, shopId),
        listOverdue(db, shopId, jstDateOf(backoffice.now())),
      ]);
      const { inDoubt } = numbers;
      const near = deadlines.filter(({ level }) => level !== 'later' && level !== 'd14');
      const body: Home = {
        at: instant(backoffice.now()),
        unpaidCards: { ...numbers.unpaidCards, kinds: [...LINKED_KINDS] },
        deadlines: {
          count: near.reduce((sum, { count }) => sum + count, 0),
          amount: near.reduce((sum, { amount }) => sum + amount, 0),
        },
        attention,
        inDoubt: { ...inDoubt, oldestSince: instantOrNull(inDoubt.oldestSince) },
        overdueDeliveries: {
          count: overdue.length,
          amount: overdue.reduce((sum, { amount }) => sum + amount, 0),
        },
        failedRuns: numbers.failedRuns,
        capturesPerDay: [...numbers.capturesPerDay],
        captureDelays: CAPTURE_DELAYS.map((delay) => ({
          delay,
          count: numbers.captureDelays.find((one) => one.delay === delay)?.count ?? 0,
        })),
        refusals: numbers.refusals.map(({ reason, count }) => ({
          reason,
          count,
          label: explain(reason, locale).cause,
        })),
        gatewayTimes: [...numbers.gatewayTimes],
      };
      return { status: 200, body };
    },
  });
}
