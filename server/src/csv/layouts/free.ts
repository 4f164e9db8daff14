import type { FreeLayout } from '@renkei/contract/lists/exports.ts';
import { EXPORT_FIELDS } from './fields.ts';
import type { Layout, OutColumn } from './layout.ts';

/** The error of one column in a free layout. */
export type FreeLayoutIssue = {
  readonly index: number;
  readonly kind: 'unknown_field' | 'too_fine';
};

/** A row for each order cannot describe single products, nor can a row for each destination. */
const FINENESS = { order: 0, destination: 1, line: 2 } as const;

export function checkFreeLayout({ per, columns }: FreeLayout): FreeLayoutIssue[] {
  return columns.flatMap((column, index): FreeLayoutIssue[] => {
    if ('text' in column) return [];
    const field = EXPORT_FIELDS.get(column.field);
    if (field === undefined) return [{ index, kind: 'unknown_field' }];
    return FINENESS[field.of] > FINENESS[per] ? [{ index, kind: 'too_fine' }] : [];
  });
}

/** Returns a shop's own layout. Throws on an unchecked one. */
export function freeLayout({ per, columns }: FreeLayout): Layout {
  return {
    per,
    columns: columns.map((column): OutColumn => {
      if ('text' in column) return { name: column.header, cell: () => column.text };
      const field = EXPORT_FIELDS.get(column.field);
      if (field === undefined) throw new Error(`unknown field ${column.field}`);
      return { name: column.header ?? field.name, cell: field.cell };
    }),
    forSpreadsheets: true,
  };
}
