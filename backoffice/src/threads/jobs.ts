import { importOrdersCsv } from '../orders/import-csv.ts';
import { importShipments } from '../orders/import-shipments.ts';
import { importConsoleCsv } from '../reconcile/import-console-csv.ts';
import { closeBooks, listDays, makeReportCsv, viewReport } from '../reconcile/report-jobs.ts';
import type { Db } from '../store/db.ts';

/**
 * All that is done in threads. A task and a result are plain data, and a result is short: what is
 * long is read, judged and written in the thread itself.
 */
export const JOBS = {
  import_orders: importOrdersCsv,
  import_shipments: importShipments,
  import_console_csv: importConsoleCsv,
  view_report: viewReport,
  list_days: listDays,
  make_report_csv: makeReportCsv,
  close_books: closeBooks,
} as const satisfies Record<string, (db: Db, task: never) => Promise<unknown>>;

export type Jobs = typeof JOBS;
