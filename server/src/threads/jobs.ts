import { importConsoleCsv } from '../services/import-console-csv.ts';
import { importOrdersCsv } from '../services/import-orders.ts';
import { importShipments } from '../services/import-shipments.ts';
import {
  closeBooks,
  listDays,
  makeReportCsv,
  viewReport,
} from '../services/reconciliation-jobs.ts';
import type { Db } from '../store/db/db.ts';

/**
 * The jobs of threads. A task and a result are plain data, and a result is short: the thread itself
 * reads, judges and writes the long data.
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
