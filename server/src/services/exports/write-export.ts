import type { Shipper } from '@renkei/contract/shop/shipper.ts';
import type { JstDate } from '@renkei/core/domain/values/jst.ts';
import {
  type ExportOrder,
  type Layout,
  type OutRow,
  rowsOfOrder,
} from '../../csv/layouts/layout.ts';
import { bestFit, encodeCp932, type Replacements, unwritableIn } from '../../csv/text/cp932.ts';
import type { CsvEncoding } from '../../csv/text/decode.ts';
import { formatRow, guardFormula } from '../../csv/text/rows.ts';
import { type ExportLoss, Losses } from './losses.ts';

export type Exported = {
  readonly orders: number;
  readonly rows: number;
  /** With any loss there is no file, unless their orders are left out. */
  readonly losses: Losses;
};

export type ExportPlan = {
  readonly layout: Layout;
  readonly encoding: CsvEncoding;
  readonly shipper: Shipper;
  readonly today: JstDate;
  /** What the shop writes in place of characters that CP932 lacks. */
  readonly replacements: Replacements;
  /** True: orders with a loss are left out, and the others are written. */
  readonly leavesOut: boolean;
};

/**
 * Writes orders as CSV, batch by batch, with a header and CRLF; holds at most a batch in memory. It
 * replaces only what the shop has answered: the first cell that the encoding or the receiving program
 * cannot take ends the writing, and from there on it lists all such cells; or their orders are left
 * out.
 */
export async function writeExport(
  batches: AsyncIterable<readonly ExportOrder[]>,
  plan: ExportPlan,
  write: (bytes: Uint8Array) => Promise<void>,
): Promise<Exported> {
  const { layout, encoding, leavesOut } = plan;
  const losses = new Losses();
  let orders = 0;
  let line = 1;
  const put = async (text: string) => {
    if (leavesOut || losses.orders.length === 0) await write(encode(text, encoding));
  };
  if (encoding === 'utf-8') await put('\ufeff');
  await put(formatRow(layout.columns.map(({ name }) => name)));
  for await (const batch of batches) {
    const written: Written[] = [];
    for (const order of batch) {
      if (order.customerErased && !layout.forSpreadsheets) continue; // no label without a name
      const rows = rowsOfOrder(order, layout, plan).map((row, index) =>
        writtenOf(row, line + index + 1, plan),
      );
      const lost = rows.flatMap(({ losses: own }) => own);
      losses.add(lost);
      if (leavesOut && lost.length > 0) continue;
      orders += 1;
      line += rows.length;
      written.push(...rows);
    }
    await put(written.map(({ cells }) => formatRow(cells)).join(''));
  }
  return { orders, rows: line - 1, losses };
}

/** Returns a cell for the file: fitted to the encoding, and no formula for a spreadsheet to run. */
export function cellOf(text: string, { layout, encoding, replacements }: ExportPlan): string {
  const fits = encoding !== 'cp932' || !BEYOND_ASCII.test(text);
  const fitted = fits ? text : bestFit(text, replacements);
  return layout.forSpreadsheets ? guardFormula(fitted) : fitted.replace(/[\r\n]+/g, ' ');
}

/** A row of the file, and what of it cannot be written. */
type Written = { readonly cells: readonly string[]; readonly losses: readonly ExportLoss[] };

function writtenOf(row: OutRow, line: number, plan: ExportPlan): Written {
  const { layout, encoding } = plan;
  const { orderNumber } = row.order;
  const said = layout.columns.map(({ cell }) => cell(row));
  const cells = said.map((text) => (typeof text === 'string' ? cellOf(text, plan) : ''));
  const isForeign = encoding === 'cp932' && unwritableIn(cells.join('')).length > 0;
  const losses = layout.columns.flatMap(({ name: column, bytesMax }, index): ExportLoss[] => {
    const [text = '', cell = ''] = [said[index], cells[index]];
    const lost = (value: string, cause: ExportLoss['cause']) => {
      return { line, orderNumber, column, value, cause };
    };
    if (typeof text !== 'string')
      return [lost(text.value, { kind: 'meaning', message: text.cannot })];
    const characters = isForeign ? unwritableIn(cell) : [];
    const isLong = bytesMax !== undefined && cell.length * 2 > bytesMax && bytesIn(cell) > bytesMax;
    return [
      ...(characters.length > 0 ? [lost(cell, { kind: 'characters', characters })] : []),
      ...(isLong ? [lost(cell, { kind: 'length', bytesMax })] : []),
    ];
  });
  return { cells, losses };
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
