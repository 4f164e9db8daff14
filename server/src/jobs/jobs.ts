import { importConsoleCsv } from '../services/import-console-csv.ts';
import { importOrdersCsv } from '../services/import-orders.ts';
import { importShipments } from '../services/import-shipments.ts';
import {
  closeBooks,
  listDays,
  makeReportCsv,
  viewReport,
} from '../services/reconciliation-jobs.ts';
import { verifyRecords } from '../services/verify-records.ts';
import type { Db } from '../store/db/db.ts';

/**
 * The jobs of processes. A task and a result are plain data, and a result is short: the process
 * itself reads, judges and writes the long data. A long job may tell its progress, as a number.
 */
export const JOBS = {
  import_orders: importOrdersCsv,
  import_shipments: importShipments,
  import_console_csv: importConsoleCsv,
  view_report: viewReport,
  list_days: listDays,
  make_report_csv: makeReportCsv,
  close_books: closeBooks,
  verify_records: verifyRecords,
} as const satisfies Record<
  string,
  (db: Db, task: never, onProgress: (done: number) => void) => Promise<unknown>
>;

export type Jobs = typeof JOBS;
