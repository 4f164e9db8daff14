import {
  consoleCsvQuerySchema,
  consoleCsvReportSchema,
  sightingListSchema,
} from '@renkei/contract/attention/sightings.ts';
import { shopQuerySchema } from '@renkei/contract/common.ts';
import { pageOf } from '@renkei/contract/query.ts';
import { SIGHTING_SOURCES } from '@renkei/core/domain/drift/sighted.ts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { CSV_BYTES_MAX } from '../../../csv/text/decode.ts';
import { listSightings } from '../../../store/attention/observations.ts';
import type { Backoffice } from '../../backoffice.ts';
import { shopOf } from '../../command.ts';
import { readFile } from '../../files.ts';
import { edgeProblem } from '../../problems/problems.ts';
import { route } from '../../route.ts';
import { instant } from '../../views/instant.ts';

const query = shopQuerySchema.extend({
  source: z.enum(SIGHTING_SOURCES).optional(),
  limit: pageOf({ max: 500, usual: 100 }),
});

/** Sightings at F-REGI: imports files from its console, and shows every look. */
export function sightingRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  route(app, backoffice, {
    method: 'POST',
    url: '/v1/sightings/console-csv',
    deed: 'import_console_file',
    summary: 'The list of transactions from F-REGI’s console (text/csv), CP932 or UTF-8',
    query: consoleCsvQuerySchema,
    body: z.custom<Buffer>(Buffer.isBuffer, 'text/csv'),
    file: CSV_BYTES_MAX + 1,
    answers: { 200: consoleCsvReportSchema },
    async handle(call) {
      const { body: bytes, actor, locale } = call;
      const { name, mode, encoding, exportedAt, from = null, to = null } = call.query;
      const at = Date.parse(exportedAt);
      if (at > backoffice.now() + CLOCK_SLACK_MS) throw edgeProblem('exported_later', locale);
      const shop = await shopOf(call);
      const file = { shop, actor, bytes, name, mode, encoding, from, to, exportedAt: at, locale };
      const imported = await readFile(call, 'import_console_csv', file);
      if (imported.kind === 'unreadable') {
        throw edgeProblem('bad_file', locale, { detail: imported.message[locale] });
      }
      if (imported.report.imported) await backoffice.attendant.attendStrays(call.shopId);
      return { status: 200, body: imported.report };
    },
  });
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/sightings',
    deed: 'read_orders',
    summary: 'Every look at F-REGI: inquiries and files, newest first',
    query,
    answers: { 200: sightingListSchema },
    async handle({ shopId, query: { source = null, limit } }) {
      const items = await listSightings(backoffice.db, shopId, { source, limit });
      const body = items.map((item) => ({
        ...item,
        seenAt: instant(item.seenAt),
        recordedAt: instant(item.recordedAt),
      }));
      return { status: 200, body: { items: body } };
    },
  });
}

/** Clocks of browsers may be a little ahead of ours. */
const CLOCK_SLACK_MS = 5 * 60_000;
