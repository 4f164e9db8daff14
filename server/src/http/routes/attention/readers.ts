import {
  type ReadersQuery,
  type ReadRecord,
  readersQuerySchema,
  readersSchema,
} from '@renkei/contract/attention/readers.ts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { formatRow, guardFormula } from '../../../csv/text/rows.ts';
import { listReads } from '../../../store/audit/reads.ts';
import { noteReport } from '../../../store/lists/export-orders.ts';
import type { Backoffice } from '../../backoffice.ts';
import { type Call, route } from '../../route.ts';
import { instant } from '../../views/instant.ts';

const CSV_ROWS_MAX = 100_000;

/** 閲覧記録: whose records a person has seen, and who has seen a record; for owners. */
export function readerRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/activity/readers',
    deed: 'see_readers',
    summary: 'Who has seen whose records between two instants, by person and hour, newest first',
    query: readersQuerySchema,
    answers: { 200: readersSchema },
    async handle(call) {
      return { status: 200, body: await read(call, call.query) };
    },
  });
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/activity/readers/csv',
    deed: 'see_readers',
    summary: 'The same as CSV in UTF-8 with a BOM, at most 100,000 rows',
    query: readersQuerySchema,
    answers: { 200: z.any().meta({ description: 'text/csv' }) },
    async handle(call) {
      const { items } = await read(call, { ...call.query, limit: CSV_ROWS_MAX, offset: 0 });
      const noted = { encoding: 'utf-8', rows: items.length } as const;
      await noteReport(backoffice.db, call, 'readers', noted);
      const rows = [HEAD, ...items.map(cellsOf)];
      const text = rows.map((cells) => formatRow(cells.map(guardFormula))).join('');
      const headers = {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="readers.csv"',
      };
      return { status: 200, body: Buffer.from(`\ufeff${text}`), headers };
    },
  });
}

async function read({ backoffice, shopId }: Call<unknown, ReadersQuery>, query: ReadersQuery) {
  await backoffice.readLog.flush();
  const { from, to, ...wanted } = query;
  const span = { from: Date.parse(from), to: Date.parse(to) };
  const { items, count } = await listReads(backoffice.db, shopId, { ...wanted, ...span });
  return {
    count,
    items: items.map(
      ({ personId, personName, ...item }): ReadRecord => ({
        from: instant(item.from),
        to: instant(item.to),
        person: { id: personId, name: personName },
        record: item.record,
        customerName: item.customerName,
      }),
    ),
  };
}

const HEAD = ['最初の閲覧（UTC）', '最後の閲覧（UTC）', '利用者', '受注・申込', '顧客名'];

function cellsOf({ from, to, person, record, customerName }: ReadRecord): string[] {
  return [from, to, person.name, record, customerName ?? ''];
}
