import type { Shipper } from '@renkei/contract/shop/shipper.ts';
import type { JstDate } from '@renkei/core/domain/values/jst.ts';
import { type ExportOrder, type Layout, rowsOfOrder } from '../../csv/layouts/layout.ts';
import { bestFit, encodeCp932, unwritableIn } from '../../csv/text/cp932.ts';
import type { CsvEncoding } from '../../csv/text/decode.ts';
import { formatRow, guardFormula } from '../../csv/text/rows.ts';

/** A cell that cannot be written as it is: characters without a code, or too many bytes. */
export type ExportLoss = {
  /** The line of the file, from 1; the header is the first. */
  readonly line: number;
  readonly orderNumber: string;
  readonly column: string;
  /** The characters that CP932 lacks; empty if the cell is too long. */
  readonly characters: readonly string[];
  /** The allowed bytes; null if the length does not matter. */
  readonly bytesMax: number | null;
};

export type Exported = {
  readonly orders: number;
  readonly rows: number;
  /** The first {@link LOSSES_MAX}; with any loss there is no file. */
  readonly losses: readonly ExportLoss[];
};

const LOSSES_MAX = 1_000;

export type ExportPlan = {
  readonly layout: Layout;
  readonly encoding: CsvEncoding;
  readonly shipper: Shipper;
  readonly today: JstDate;
};

/**
 * Writes orders as CSV, batch by batch, with a header and CRLF; holds at most a batch in memory. It
 * replaces nothing: the first cell that the encoding or the receiving program cannot take ends the
 * writing, and from there on it lists all such cells.
 */
export async function writeExport(
  batches: AsyncIterable<readonly ExportOrder[]>,
  plan: ExportPlan,
  write: (bytes: Uint8Array) => Promise<void>,
): Promise<Exported> {
  const { columns } = plan.layout;
  const losses: ExportLoss[] = [];
  let orders = 0;
  let line = 1;
  const put = async (text: string) => {
    if (losses.length === 0) await write(encode(text, plan.encoding));
  };
  if (plan.encoding === 'utf-8') await put('\ufeff');
  await put(formatRow(columns.map(({ name }) => name)));
  for await (const batch of batches) {
    const written: Written[] = [];
    for (const order of batch) {
      if (order.customerErased && !plan.layout.forSpreadsheets) continue; // no label without a name
      orders += 1;
      for (const row of rowsOfOrder(order, plan.layout, plan)) {
        line += 1;
        const cells = columns.map(({ cell }) => cellOf(cell(row), plan));
        written.push({ line, orderNumber: order.orderNumber, cells });
      }
    }
    const text = written.map(({ cells }) => formatRow(cells)).join('');
    const lossy = plan.encoding === 'cp932' && encodeCp932(text).unwritable.length > 0;
    for (const row of written) {
      if (losses.length < LOSSES_MAX) losses.push(...lossesIn(row, plan, lossy));
    }
    await put(text);
  }
  return { orders, rows: line - 1, losses: losses.slice(0, LOSSES_MAX) };
}

/** Returns a cell for the file: fitted to the encoding, and no formula for a spreadsheet to run. */
export function cellOf(text: string, { layout, encoding }: ExportPlan): string {
  const fitted = encoding === 'cp932' && BEYOND_ASCII.test(text) ? bestFit(text) : text;
  return layout.forSpreadsheets ? guardFormula(fitted) : fitted.replace(/[\r\n]+/g, ' ');
}

/** A row of the file. */
type Written = {
  readonly line: number;
  readonly orderNumber: string;
  readonly cells: readonly string[];
};

/** `lossy`: a cell of the batch has a character without a code; otherwise only lengths matter. */
function lossesIn(
  { line, orderNumber, cells }: Written,
  { layout }: ExportPlan,
  lossy: boolean,
): ExportLoss[] {
  const losses: ExportLoss[] = [];
  for (const [index, { name: column, bytesMax = null }] of layout.columns.entries()) {
    const cell = cells[index] ?? '';
    const at = { line, orderNumber, column };
    const characters = lossy && BEYOND_ASCII.test(cell) ? unwritableIn(cell) : [];
    if (characters.length > 0) losses.push({ ...at, characters, bytesMax: null });
    if (bytesMax !== null && cell.length * 2 > bytesMax && bytesIn(cell) > bytesMax) {
      losses.push({ ...at, characters: [], bytesMax });
    }
  }
  return losses;
}

const BEYOND_ASCII = /[^\0-\x7f]/;
const ONE_BYTE = /^[\0-\x7f\uff61-\uff9f]$/;

/** Counts bytes in CP932, whatever the file's encoding: the limits are those of the labels. */
function bytesIn(text: string): number {
  let bytes = 0;
  for (const character of text) bytes += ONE_BYTE.test(character) ? 1 : 2;
  return bytes;
}

function encode(text: string, encoding: CsvEncoding): Uint8Array {
  if (encoding === 'utf-8') return new TextEncoder().encode(text);
  const { bytes, unwritable } = encodeCp932(text);
  if (unwritable.length > 0) throw new Error(`unwritable, and not found: ${unwritable.join('')}`);
  return bytes;
}
