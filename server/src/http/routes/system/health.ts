import { told } from '@renkei/contract/text.ts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { isSameSecret } from '../../../access/tokens.ts';
import { VERSION } from '../../../places.ts';
import { checkWritable } from '../../../store/db/db.ts';
import { ageOfUnresolved, countOpenByShop, sumAtRiskByShop } from '../../../store/db/measures.ts';
import type { Backoffice } from '../../backoffice.ts';
import { edgeProblem } from '../../problems/problems.ts';
import { localeOf, route } from '../../route.ts';
import { sharing } from '../../sharing.ts';

const AT_RISK_DAYS = 7;
const YEAR_MS = 365 * 24 * 60 * 60 * 1000;
/** The time that an answer of `/readyz` is reused, in milliseconds: anybody may ask at any rate. */
const READY_MS = 2_000;
const readiness = z.object({ status: z.enum(['ok', 'unavailable']) });
const health = z.object({ status: z.literal('ok'), version: told });

/** For monitoring. F-REGI out of reach does not make us unready: orders go on. */
export function healthRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  const look = () =>
    checkWritable(backoffice.db).then(
      () => true,
      () => false,
    );
  const isReady = sharing(look, READY_MS);
  route(app, backoffice, {
    method: 'GET',
    url: '/healthz',
    deed: 'public',
    summary: 'The process is alive',
    answers: { 200: health },
    handle: () => Promise.resolve({ status: 200, body: { status: 'ok', version: VERSION } }),
  });
  route(app, backoffice, {
    method: 'GET',
    url: '/readyz',
    deed: 'public',
    summary: 'The database can be written: an order marked paid now is accepted',
    answers: { 200: readiness, 503: readiness },
    async handle() {
      const ready = await isReady();
      const status = ready ? 'ok' : 'unavailable';
      return { status: ready ? 200 : 503, body: { status } };
    },
  });
  app.get('/.well-known/security.txt', (request, reply) => {
    const { securityContact, now, publicUrl } = backoffice;
    if (securityContact === null) throw edgeProblem('not_found', localeOf(request));
    const expires = new Date(now() + YEAR_MS).toISOString();
    const canonical = new URL('/.well-known/security.txt', publicUrl);
    const lines = [
      `Contact: ${securityContact}`,
      `Expires: ${expires}`,
      'Preferred-Languages: ja, en',
    ];
    return reply
      .type('text/plain; charset=utf-8')
      .send([...lines, `Canonical: ${canonical}`, ''].join('\n'));
  });
  app.get('/metrics', async (request, reply) => {
    // They tell each shop's yen at risk.
    if (!mayReadMetrics(backoffice, request)) throw edgeProblem('not_found', localeOf(request));
    await measure(backoffice);
    const { registry } = backoffice.metrics;
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}

function mayReadMetrics({ metricsFor }: Backoffice, { headers }: FastifyRequest): boolean {
  if (typeof metricsFor === 'string') return metricsFor === 'everybody';
  const given = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? '';
  return isSameSecret(given, metricsFor.token);
}

/** Measures on request: waiting operations and items, and money about to be lost. */
async function measure({ db, measureRoom, metrics, now }: Backoffice): Promise<void> {
  const [rooms, unresolvedSeconds, open, atRisk] = await Promise.all([
    measureRoom(),
    ageOfUnresolved(db),
    countOpenByShop(db),
    sumAtRiskByShop(db, AT_RISK_DAYS),
  ]);
  for (const { disk, freeBytes, sizeBytes } of rooms) {
    metrics.diskFree.set({ disk }, freeBytes);
    metrics.diskSize.set({ disk }, sizeBytes);
  }
  metrics.clockAhead.set((Date.now() - now()) / 1_000);
  metrics.unresolved.set(unresolvedSeconds);
  metrics.attention.reset();
  for (const { shop, kind, count } of open) metrics.attention.set({ shop, kind }, count);
  metrics.atRisk.reset();
  for (const { shop, amount } of atRisk) metrics.atRisk.set({ shop }, amount);
}
