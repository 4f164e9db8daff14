import type { Reconciliation, ReconciliationDays } from '@renkei/contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { ask } from './client.ts';

/** The period and the lines that a caller wants, in the API's names. */
export type ReconciliationWish = {
  readonly day?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly month?: string | undefined;
  readonly buckets?: string | undefined;
  readonly offset?: number | undefined;
  readonly limit?: number | undefined;
};

export function reconciliationQuery(shop: string, wish: ReconciliationWish) {
  return queryOptions({
    queryKey: ['reconciliation', shop, wish],
    queryFn: ({ signal }) =>
      ask<Reconciliation>('GET', '/v1/reconciliation', { shop, signal, query: { ...wish } }),
    placeholderData: keepPreviousData,
  });
}

const LINES_AT_ONCE = 1_000;

/** Reads a period with every line of some buckets, page by page, into one report. */
async function readWholeReport(
  shop: string,
  wish: Pick<ReconciliationWish, 'day' | 'month' | 'buckets'>,
): Promise<Reconciliation> {
  const read = (offset: number) =>
    ask<Reconciliation>('GET', '/v1/reconciliation', {
      shop,
      query: { ...wish, offset, limit: LINES_AT_ONCE },
    });
  const report = await read(0);
  const lines = [...report.lines];
  while (lines.length < report.count) {
    const more = await read(lines.length);
    // The report changed during the reading: a sheet of two states would not add up.
    if (more.count !== report.count || more.lines.length === 0) {
      return readWholeReport(shop, wish);
    }
    lines.push(...more.lines);
  }
  return { ...report, lines };
}

/** Reads the whole report for the paper, and notes that it is printed. */
export async function readForPaper(...wanted: Parameters<typeof readWholeReport>) {
  const report = await readWholeReport(...wanted);
  const { from, to, lines } = report;
  const body = { from, to, lines: lines.length };
  await ask('POST', '/v1/reconciliation/prints', { shop: wanted[0], body });
  return report;
}

export function reconciliationDaysQuery(shop: string, month: string) {
  return queryOptions({
    queryKey: ['reconciliation', shop, 'days', month],
    queryFn: ({ signal }) =>
      ask<ReconciliationDays>('GET', '/v1/reconciliation/days', { shop, signal, query: { month } }),
  });
}
