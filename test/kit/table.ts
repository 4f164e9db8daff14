/** Columns by name; each reads a cell, or throws if the cell makes no sense. */
type Columns = Readonly<Record<string, (cell: string) => unknown>>;
type Row<C extends Columns> = { readonly [Name in keyof C]: ReturnType<C[Name]> };

/**
 * Reads a table from text. Its first line names the columns; a bar or an arrow (→) between spaces
 * ends a cell. `# …` is the title of the rows below it, `// …` a comment. A row's `title` is that
 * title and its own text. Every mistake throws and names the row and the column.
 */
export function readTable<C extends Columns>(
  source: string,
  columns: C,
): (Row<C> & { title: string })[] {
  const lines = source.split('\n').map((line) => line.replaceAll(/\s+/g, ' ').trim());
  const [header = '', ...rest] = lines.filter((line) => line !== '' && !line.startsWith('//'));
  const names = cellsOf(header);
  const wanted = Object.keys(columns);
  if (names.toSorted().join() !== wanted.toSorted().join()) {
    throw new Error(`the header has the columns ${names.join(', ')}; the test reads ${wanted}`);
  }
  const rows = [];
  let title = '';
  for (const line of rest) {
    if (line.startsWith('# ')) {
      title = `${line.slice(2)}: `;
      continue;
    }
    const at = `row ${rows.length + 1} “${line}”`;
    const cells = cellsOf(line);
    if (cells.length !== names.length) {
      throw new Error(`${at} has ${cells.length} cells; the header has ${names.length}`);
    }
    const entries = names.map((name, index) => {
      try {
        return [name, columns[name]?.(cells[index] ?? '')];
      } catch (cause) {
        throw new Error(`${at}, column ${name}: ${(cause as Error).message}`, { cause });
      }
    });
    rows.push({ ...(Object.fromEntries(entries) as Row<C>), title: title + line });
  }
  if (rows.length === 0) throw new Error('the table has no rows');
  return rows;
}

function cellsOf(line: string): string[] {
  return line.split(/(?<=\s|^)[|→](?=\s|$)/).map((cell) => cell.trim());
}

/** Reads a whole number of yen or days, with or without commas: 9,115 or -1. */
export function whole(cell: string): number {
  if (!/^-?\d{1,3}(,?\d{3})*$/.test(cell)) throw new Error(`“${cell}” is no whole number`);
  return Number(cell.replaceAll(',', ''));
}

/** Reads a word and returns its meaning: `wordOf({ on: true, off: false })`. */
export function wordOf<T>(meanings: Readonly<Record<string, T>>): (cell: string) => T {
  return (cell) => {
    if (Object.hasOwn(meanings, cell)) return meanings[cell] as T;
    throw new Error(`unknown word “${cell}”; known: ${Object.keys(meanings).join(', ')}`);
  };
}
