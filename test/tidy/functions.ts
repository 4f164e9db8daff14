import { read } from './sources.ts';

const BEGINS = [
  /^(\s*)(?:export )?(?:async )?function\*? (\w+)/,
  /^(\s*)(?:export )?const (\w+) = (?:async )?\(.*=> \{$/,
  /^(\s+)(?:static |override |async |get |set )*(#?\w+)(?:<.*>)?\(.*\)(?:: .*)? \{$/,
];
const NO_NAME = ['if', 'for', 'while', 'switch', 'catch', 'test', 'describe'];

/** The functions of a file that have more lines than that, as `file name`. It reads formatted code. */
export function longFunctionsOf(file: string, most: number): string[] {
  const lines = read(file).split('\n');
  return lines.flatMap((line, at) => {
    const [, indent = '', name = ''] = BEGINS.map((begin) => begin.exec(line)).find(Boolean) ?? [];
    if (name === '' || NO_NAME.includes(name)) return [];
    const length = lines.slice(at).findIndex((one) => isEnd(one, indent)) + 1;
    return length > most ? [`${file} ${name}`] : [];
  });
}

function isEnd(line: string, indent: string): boolean {
  return line.startsWith(`${indent}}`) && !line.startsWith(`${indent}})`) && !/\{$/.test(line);
}

/** The functions of today that are longer than 60 lines, and how long each may be at the most. */
export const LONG: Readonly<Record<string, number>> = {
  'bench/files.ts beServer': 73,
  'server/src/assemble.ts createRenkei': 133,
  'server/src/config.ts readConfig': 68,
  'server/src/http/metrics.ts createMetrics': 62,
  'server/src/http/routes/lists/exports.ts layoutRoutes': 64,
  'server/src/http/routes/shop/mails.ts templateRoutes': 62,
  'server/src/threads/threads.ts createThreads': 61,
  'server/src/workers/attendant.ts createAttendant': 113,
  'server/src/workers/bulk.ts createBulk': 108,
  'server/src/workers/lookout.ts createLookout': 72,
  'server/src/workers/office.ts createOffice': 93,
  'server/src/workers/sealer.ts createSealer': 64,
  'test/sim/proof.ts writeProof': 71,
  'test/sim/scene.ts constructor': 82,
  'web/src/app/navigation.tsx Navigation': 64,
  'web/src/screens/imports/imports-screen.tsx ImportsScreen': 61,
  'web/src/screens/mails/preview.tsx Preview': 83,
  'web/src/screens/mails/send-dialog.tsx SendDialog': 79,
  'web/src/screens/mails/template-fields.tsx TemplateFields': 73,
  'web/src/screens/mails/template-form.tsx TemplateForm': 90,
  'web/src/screens/order/content/line-rows.tsx LineRow': 63,
  'web/src/screens/order/order-screen.tsx Desk': 63,
  'web/src/screens/order/review/review-form.tsx ReviewForm': 67,
  'web/src/screens/order/settle/settle-dialog.tsx Form': 72,
  'web/src/screens/orders/orders-screen.tsx OrdersScreen': 76,
  'web/src/screens/pre-orders/pre-order-table.tsx Row': 62,
  'web/src/screens/reconciliation/reconciliation-screen.tsx ReconciliationScreen': 65,
  'web/src/screens/settings/basic-form.tsx BasicForm': 72,
  'web/src/screens/settings/csv-layouts.tsx Layouts': 94,
  'web/src/screens/settings/invitations.tsx InviteDialog': 64,
  'web/src/screens/settings/layout-columns.tsx ChosenColumns': 68,
  'web/src/screens/settings/layout-editor.tsx LayoutEditor': 86,
  'web/src/screens/settings/payment-form.tsx PaymentForm': 81,
  'web/src/screens/shipping/ship-dialog.tsx ShipForm': 61,
  'web/src/screens/subscriptions/change-dialog.tsx ChangeDialog': 80,
  'web/src/screens/subscriptions/subscription-screen.tsx Application': 61,
  'web/src/screens/views/csv-dialog.tsx CsvDialog': 77,
};
