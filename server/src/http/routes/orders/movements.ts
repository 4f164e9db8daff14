import { movementsQuerySchema, movementsSchema } from '@renkei/contract/orders/movements.ts';
import type { FastifyInstance } from 'fastify';
import { listMovements } from '../../../store/orders/movements.ts';
import type { Backoffice } from '../../backoffice.ts';
import { route } from '../../route.ts';
import { instant } from '../../views/instant.ts';

/** Returned stock and points, for other systems, which read on from their last number. */
export function movementRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/movements',
    deed: 'read_orders',
    summary: 'Movements of stock and points, returned or taken again, after a number (V6)',
    query: movementsQuerySchema,
    answers: { 200: movementsSchema },
    async handle({ shopId, query: { after, limit } }) {
      const stored = await listMovements(backoffice.db, shopId, after, limit);
      const items = stored.map(({ movement, at, ...place }) => ({
        ...place,
        ...movement,
        at: instant(at),
      }));
      return { status: 200, body: { items, last: stored.at(-1)?.number ?? after } };
    },
  });
}
