import type { Shipper } from '@renkei/contract/shop/shipper.ts';
import type { Destination } from '@renkei/core/domain/order/order-details.ts';
import type { OrderStatus, TransactionState } from '@renkei/core/domain/order/states.ts';
import type { JstDate } from '@renkei/core/domain/values/jst.ts';
import { type Cells, cellsOf, type OutgoingOrder } from '../orders/format-orders.ts';
import type { Bilingual } from '../text/messages.ts';

/** An order for a file, with its present state. */
export type ExportOrder = OutgoingOrder & {
  readonly status: OrderStatus;
  readonly transactionState: TransactionState | null;
  /** True if nothing of the customer is left: no label can be printed for it. */
  readonly customerErased?: boolean;
};

/** The basis of one row of a file. */
export type OutRow = {
  readonly order: ExportOrder;
  readonly destination: Destination;
  /** The products of the row: one, or all of the destination, or all of the order. */
  readonly lines: Destination['lines'];
  /** The cells of the row's first product in futureshop's layout. */
  readonly cells: Cells;
  readonly shipper: Shipper;
  /** The JST date of the export. */
  readonly today: JstDate;
};

/** A value for which the receiving program has no place; a person has to look at it. */
export type Cannot = { readonly cannot: Bilingual; readonly value: string };

/** Returns the text of a row's cell. */
export type CellOf = (row: OutRow) => string | Cannot;

export type OutColumn = {
  readonly name: string;
  readonly cell: CellOf;
  /**
   * The most bytes in CP932 that the receiving program accepts; longer cells are reported, never
   * cut off.
   */
  readonly bytesMax?: number;
};

/** The layout of a file. */
export type Layout = {
  /** One row for each product, for each destination, or for each order. */
  readonly per: 'line' | 'destination' | 'order';
  readonly columns: readonly OutColumn[];
  /**
   * True if a spreadsheet may open the file: cells that it would run as formulas are guarded.
   * Programs that print labels would print the guard.
   */
  readonly forSpreadsheets: boolean;
};

/** Returns the rows of one order in a layout. */
export function rowsOfOrder(
  order: ExportOrder,
  { per }: Pick<Layout, 'per'>,
  context: Pick<OutRow, 'shipper' | 'today'>,
): OutRow[] {
  const cells = [...cellsOf(order)];
  const rows = order.details.destinations.flatMap((destination) => {
    const own = cells.splice(0, destination.lines.length);
    return own.map((lineCells, index): OutRow => {
      const lines = destination.lines.slice(index, index + 1);
      return { ...context, order, destination, lines, cells: lineCells };
    });
  });
  if (per === 'line') return rows;
  const firsts = rows.filter(
    ({ destination }, index) => index === 0 || rows[index - 1]?.destination !== destination,
  );
  if (per === 'destination') {
    return firsts.map((row) => ({ ...row, lines: row.destination.lines }));
  }
  const lines = order.details.destinations.flatMap((destination) => destination.lines);
  return firsts.slice(0, 1).map((row) => ({ ...row, lines }));
}
