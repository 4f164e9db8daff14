import type { CsvLayout, ExportChoices, FreeLayout } from '@renkei/contract';

/** A column of a draft: a field of the order, or a fixed text; `id` is its key on the screen. */
export type DraftColumn = {
  readonly id: number;
  readonly field: string | null;
  readonly text: string;
  readonly header: string;
};

export type LayoutDraft = Pick<FreeLayout, 'name' | 'per' | 'encoding'> & {
  readonly columns: readonly DraftColumn[];
};

/** A layout for the editor; null: a new layout. */
export function draftOf(layout: CsvLayout | null): LayoutDraft {
  if (layout === null) return { name: '', per: 'order', encoding: 'cp932', columns: [] };
  const { name, per, encoding, columns } = layout;
  return {
    name,
    per,
    encoding,
    columns: columns.map((column, id) => ({
      id,
      field: 'field' in column ? column.field : null,
      text: 'text' in column ? column.text : '',
      header: column.header ?? '',
    })),
  };
}

/** The draft as the API takes it; a field keeps its own name if no other was typed. */
export function layoutOf({ name, per, encoding, columns }: LayoutDraft): FreeLayout {
  return {
    per,
    encoding,
    name: name.trim(),
    columns: columns.map(({ field, text, header }) => {
      const given = header.trim();
      if (field === null) return { text, header: given };
      return given === '' ? { field } : { field, header: given };
    }),
  };
}

/** The errors before anything is sent: the name, or columns without a header of their own. */
export function wrongIn({ name, columns }: LayoutDraft) {
  const length = [...name.trim()].length;
  return {
    name: length === 0 || length > 40,
    columns: columns.length === 0,
    headers: columns
      .filter(({ field, header }) => (field === null && header.trim() === '') || header.length > 50)
      .map(({ id }) => id),
  };
}

/** Moves the column by one place up (-1) or down (1). */
export function moved(columns: readonly DraftColumn[], index: number, by: -1 | 1): DraftColumn[] {
  const next = [...columns];
  const [column] = next.splice(index, 1);
  if (column !== undefined) next.splice(index + by, 0, column);
  return next;
}

export function nameOf(
  column: DraftColumn,
  fields: ExportChoices['fields'],
  textName: string,
): string {
  if (column.field === null) return column.header || textName;
  return fields.find(({ field }) => field === column.field)?.name ?? column.field;
}
