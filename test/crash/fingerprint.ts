import type { Queryable } from '../../server/src/store/db/db.ts';

/** Returns everything that a migration can make, line by line, as PostgreSQL writes it. */
export async function readCatalog(db: Queryable): Promise<string[]> {
  const { rows } = await db.query<{ line: string }>(CATALOG);
  return rows.map(({ line }) => line);
}

/**
 * Returns the number of rows of each table and the sum of their hashes; only for the named tables
 * if there are names. Leaves out a named table that does not exist.
 */
export async function sumRows(
  db: Queryable,
  only: readonly string[] | null = null,
): Promise<Map<string, string>> {
  const { rows: tables } = await db.query<{ name: string; columns: string }>(TABLES);
  const sums = new Map<string, string>();
  for (const { name, columns } of tables) {
    if (only !== null && !only.includes(name)) continue;
    const { rows } = await db.query<{ sum: string }>(
      `select count(*) || ' ' || coalesce(sum(hashtextextended(row(${columns})::text, 0)), 0) as sum
         from ${name}`,
    );
    sums.set(name, rows[0]?.sum ?? '');
  }
  return sums;
}

/** Returns the first lines that only one of the two lists has. */
export function difference(one: readonly string[], other: readonly string[]): string {
  const [mine, theirs] = [new Set(one), new Set(other)];
  const only = one.filter((line) => !theirs.has(line)).map((line) => `+ ${line}`);
  const missing = other.filter((line) => !mine.has(line)).map((line) => `- ${line}`);
  return [...only.slice(0, 3), ...missing.slice(0, 3)].join(' | ');
}

const CATALOG = `
  select line from (
    select format('%s %s %s %s %s', case c.relkind when 'r' then 'table' else c.relkind::text end,
             c.relname, c.reloptions, c.relpersistence, c.relacl) as line
      from pg_class c where c.relnamespace = 'public'::regnamespace
    union all
    select format('column %s.%s %s %s not null %s identity %s generated %s default %s',
             c.relname, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
             a.attidentity, a.attgenerated, pg_get_expr(d.adbin, d.adrelid))
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
      left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
     where c.relnamespace = 'public'::regnamespace and not a.attisdropped
    union all
    select format('constraint %s on %s %s valid %s', conname, conrelid::regclass,
             pg_get_constraintdef(oid), convalidated)
      from pg_constraint where connamespace = 'public'::regnamespace
    union all
    select format('index %s valid %s ready %s', pg_get_indexdef(i.indexrelid), i.indisvalid,
             i.indisready)
      from pg_index i join pg_class c on c.oid = i.indexrelid
     where c.relnamespace = 'public'::regnamespace
    union all
    select format('trigger %s enabled %s', pg_get_triggerdef(t.oid), t.tgenabled)
      from pg_trigger t join pg_class c on c.oid = t.tgrelid
     where c.relnamespace = 'public'::regnamespace and not t.tgisinternal
    union all
    select 'function ' || pg_get_functiondef(oid)
      from pg_proc where pronamespace = 'public'::regnamespace
    union all
    select format('type %s %s', typname, typtype)
      from pg_type where typnamespace = 'public'::regnamespace
  ) as catalog order by line collate "C"`;

/**
 * Tables with the columns that every run of a migration fills alike: without the numbers of
 * sequences (a rolled-back migration has used some up), and without the time of the run: its
 * entries of the shop's log have that time in them and in their hashes, which `verify` checks.
 */
const TABLES = `
  select c.oid::regclass::text as name,
         string_agg(quote_ident(a.attname), ', ' order by a.attnum) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
   where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and not a.attisdropped
     and a.attidentity = '' and a.attname <> 'applied_at'
     and not (c.relname = 'shop_log' and a.attname in ('at', 'hash'))
   group by c.oid order by 1`;
