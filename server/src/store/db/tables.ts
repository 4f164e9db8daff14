import type { Queryable } from './db.ts';

/** A table of ours, for a backup. */
export type Table = {
  readonly name: string;
  /** The stored columns, without those that the database computes. */
  readonly columns: readonly string[];
  /** The columns that the database numbers. */
  readonly numbered: readonly string[];
};

/** Lists all tables but the list of migrations; referenced tables come first. */
export async function listTables(db: Queryable): Promise<Table[]> {
  const { rows } = await db.query<Table & { needs: string[] }>(`
    select t.relname as name,
      (select json_agg(attname order by attnum) from pg_attribute a
        where a.attrelid = t.oid and attnum > 0 and not attisdropped and attgenerated = '')
        as columns,
      (select coalesce(json_agg(attname), '[]') from pg_attribute a
        where a.attrelid = t.oid and attidentity <> '') as numbered,
      (select coalesce(json_agg(other.relname), '[]') from pg_constraint c
        join pg_class other on other.oid = c.confrelid
        where c.conrelid = t.oid and c.contype = 'f' and other.oid <> t.oid) as needs
      from pg_class t
     where t.relnamespace = 'public'::regnamespace and t.relkind = 'r'
       and t.relname <> 'schema_migrations'
     order by t.relname`);
  const sorted: Table[] = [];
  const waiting = [...rows];
  while (waiting.length > 0) {
    const at = waiting.findIndex(({ needs }) =>
      needs.every((need) => waiting.every(({ name }) => name !== need)),
    );
    const [next] = waiting.splice(at, at < 0 ? 0 : 1);
    if (next === undefined) throw new Error('the tables refer to each other in a circle');
    sorted.push({ name: next.name, columns: next.columns, numbered: next.numbered });
  }
  return sorted;
}

/** Quotes a name for a statement. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
