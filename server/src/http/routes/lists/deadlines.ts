import {
  type DeadlineList,
  deadlineListSchema,
  deadlineQuerySchema,
} from '@renkei/contract/lists/deadlines.ts';
import { DEADLINE_LEVELS, deadlineLevel } from '@renkei/core/domain/transaction/deadline.ts';
import type { FastifyInstance } from 'fastify';
import { listDeadlines, sumDeadlines, sumWeeks } from '../../../store/lists/deadlines.ts';
import type { Backoffice } from '../../backoffice.ts';
import { route } from '../../route.ts';
import { instant } from '../../views/instant.ts';
import { presentRows } from '../../views/rows.ts';

/** 承認期限 (C10): authorizations not captured yet, in any status (C7). */
export function deadlineRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/deadlines',
    deed: 'read_orders',
    summary: 'Authorizations not captured yet, in any status, the nearest deadline first',
    query: deadlineQuerySchema,
    answers: { 200: deadlineListSchema },
    async handle({ shopId, query, locale }) {
      const { db } = backoffice;
      const [page, sums, weeks] = await Promise.all([
        listDeadlines(db, shopId, query),
        sumDeadlines(db, shopId),
        sumWeeks(db, shopId),
      ]);
      const idOf = ({ orderNumber }: { readonly orderNumber: string }) => orderNumber;
      const rows = presentRows(page.items, { idOf, locale }, (deadline) => ({
        ...deadline,
        authorizedAt: instant(deadline.authorizedAt),
        level: deadlineLevel(deadline.daysLeft),
      }));
      const levels = Object.fromEntries(
        DEADLINE_LEVELS.map((level) => {
          const { count = 0, amount = 0 } = sums.find((sum) => sum.level === level) ?? {};
          return [level, { count, amount }];
        }),
      ) as DeadlineList['levels'];
      return { status: 200, body: { ...rows, nextCursor: page.nextCursor, levels, weeks } };
    },
  });
}
