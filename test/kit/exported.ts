import { shipperSchema } from '../../contract/src/shop/shipper.ts';
import type { ExportOrder, Layout } from '../../server/src/csv/layouts/layout.ts';
import { readRows } from '../../server/src/csv/text/rows.ts';
import {
  type Exported,
  type ExportPlan,
  writeExport,
} from '../../server/src/services/exports/write-export.ts';
import { incoming } from './orders.ts';

const SHIPPER = shipperSchema.parse({
  name: '花道文具店',
  phone: '06-1111-2222',
  postalCode: '530-0001',
  address: '大阪府大阪市北区梅田0-0-0',
  yamatoCustomerCode: '061111222201',
  yamatoFareNumber: '01',
});

type Destination = ExportOrder['details']['destinations'][number];

/** An order for a file, with its destinations. */
export function exportOrder(
  changes: Partial<ExportOrder> = {},
  destinations: Partial<Destination>[] = [{}],
): ExportOrder {
  const base = incoming();
  const [destination] = base.details.destinations;
  if (destination === undefined) throw new Error('an order goes somewhere');
  const details = {
    ...base.details,
    destinations: destinations.map((own) => ({ ...destination, ...own })),
  };
  return { ...base, details, status: 'processing', transactionState: 'authorized', ...changes };
}

/** Writes orders in a layout and reads the file back, cell by cell. */
export async function written(
  orders: readonly ExportOrder[],
  layout: Layout,
  encoding: 'cp932' | 'utf-8' = 'cp932',
  how: Partial<Pick<ExportPlan, 'replacements' | 'leavesOut'>> = {},
): Promise<Exported & { bytes: Uint8Array; table: Record<string, string>[]; names: string[] }> {
  const chunks: Uint8Array[] = [];
  const plan = {
    layout,
    encoding,
    shipper: SHIPPER,
    today: '2026-11-24',
    replacements: new Map<string, string>(),
    leavesOut: false,
    ...how,
  };
  async function* one() {
    yield orders;
  }
  const exported = await writeExport(one(), plan, async (chunk) => void chunks.push(chunk));
  const bytes = Buffer.concat(chunks);
  const label = encoding === 'cp932' ? 'shift_jis' : 'utf-8';
  const [head, ...rows] = [...readRows(new TextDecoder(label, { fatal: true }).decode(bytes))];
  const names = head !== undefined && 'cells' in head ? [...head.cells] : [];
  const table = rows.map((row) =>
    Object.fromEntries(
      names.map((name, at) => [name, 'cells' in row ? (row.cells[at] ?? '') : '']),
    ),
  );
  return { ...exported, bytes, table, names };
}
