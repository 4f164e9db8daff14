import { type ExportOrder, rowsOfOrder } from '../../csv/layouts/layout.ts';
import { encodeCp932 } from '../../csv/text/cp932.ts';
import { cellOf, type ExportPlan } from './write-export.ts';

/** The first rows of a file as it would be written, cell by cell. */
export type ExportPreview = {
  readonly header: readonly string[];
  readonly rows: readonly {
    readonly cells: readonly string[];
    /** Indices of cells with characters that the encoding lacks: the file would be refused. */
    readonly lossy: readonly number[];
  }[];
};

/** Lays a few orders out as in a file; writes nothing. */
export function previewExport(
  orders: readonly ExportOrder[],
  plan: ExportPlan,
  most: number,
): ExportPreview {
  const { layout, encoding } = plan;
  const rows = orders
    .flatMap((order) => rowsOfOrder(order, layout, plan))
    .slice(0, most)
    .map((row) => {
      const cells = layout.columns.map(({ cell }) => {
        const said = cell(row);
        return cellOf(typeof said === 'string' ? said : said.value, plan);
      });
      const isLossy = (text: string) => encodeCp932(text).unwritable.length > 0;
      const lossy = cells.flatMap((text, index) =>
        encoding === 'cp932' && isLossy(text) ? [index] : [],
      );
      return { cells, lossy };
    });
  return { header: layout.columns.map(({ name }) => name), rows };
}
