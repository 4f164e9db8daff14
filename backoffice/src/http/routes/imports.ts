import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { importQuerySchema, importReportSchema } from '../../contract/imports.ts';
import { CSV_BYTES_MAX } from '../../csv/decode.ts';
import { importCsv } from '../../orders/import-csv.ts';
import type { Backoffice } from '../backoffice.ts';
import { edgeProblem } from '../problems.ts';
import { route } from '../route.ts';

/** Files of orders come in: checked first, imported if the operator says so. */
export function importRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  route(app, backoffice, {
    method: 'POST',
    url: '/v1/imports',
    permission: 'imports:write',
    summary: 'A CSV of orders (text/csv) in futureshop’s layout, CP932 or UTF-8',
    query: importQuerySchema,
    body: z.custom<Buffer>(Buffer.isBuffer, 'text/csv'),
    bodyLimit: CSV_BYTES_MAX + 1,
    answers: { 200: importReportSchema },
    async handle({ body: bytes, query, shopId, actor, locale }) {
      const { mode, encoding } = query;
      const wanted = { shopId, actor, bytes, mode, encoding };
      const imported = await importCsv(backoffice.db, wanted, locale);
      if (imported.kind === 'unreadable') {
        throw edgeProblem('bad_file', locale, { detail: imported.message[locale] });
      }
      return { status: 200, body: imported.report };
    },
  });
}
