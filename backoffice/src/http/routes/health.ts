import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Backoffice } from '../backoffice.ts';
import { route } from '../route.ts';

const health = z.object({ status: z.enum(['ok', 'unavailable']) });

/** For whoever watches over us. F-REGI out of reach does not make us unready: orders go on. */
export function healthRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  route(app, backoffice, {
    method: 'GET',
    url: '/healthz',
    permission: 'public',
    summary: 'The process is alive',
    answers: { 200: health },
    handle: () => Promise.resolve({ status: 200, body: { status: 'ok' } }),
  });
  route(app, backoffice, {
    method: 'GET',
    url: '/readyz',
    permission: 'public',
    summary: 'The database answers',
    answers: { 200: health, 503: health },
    async handle() {
      const ready = await backoffice.db.query('select 1 from schema_migrations').then(
        () => true,
        () => false,
      );
      const status = ready ? 'ok' : 'unavailable';
      return { status: ready ? 200 : 503, body: { status } };
    },
  });
  app.get('/metrics', async (_request, reply) => {
    const { rows } = await backoffice.db.query<{ age: number }>(
      `select coalesce(extract(epoch from now() - min(created_at)), 0)::float8 as age
         from operations where state in ('unknown', 'review')`,
    );
    backoffice.metrics.unresolved.set(rows[0]?.age ?? 0);
    const { registry } = backoffice.metrics;
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}
