import type { Mark } from '../audit/anchor.ts';
import type { Db, Queryable } from './db.ts';
import type { MarkFound } from './seals.ts';

/**
 * Safe mode: the database is known to be older than it was, so nothing may be asked of a gateway
 * until somebody has looked. It is a row, so that every process sees it and it outlives them all.
 */
export type SafeMode = {
  readonly enteredAt: number;
  /** The marks that the database lacks. */
  readonly cause: readonly Lack[];
};

/** A seal that was written outside of the database, and that it does not have. */
export type Lack = Mark & { readonly kind: 'behind' | 'different' };

/** The safe mode that holds now; null: none does. */
export async function loadSafeMode(db: Queryable): Promise<SafeMode | null> {
  const { rows } = await db.query<{ entered_at: number; cause: Lack[] }>(
    'select entered_at, cause from safe_modes where released_at is null',
  );
  const [row] = rows;
  return row === undefined ? null : { enteredAt: row.entered_at, cause: row.cause };
}

/** Enters safe mode, or adds to the cause of the one that holds. */
export async function enterSafeMode(db: Db, found: readonly MarkFound[]): Promise<void> {
  const lacks = found.flatMap(({ mark, kind }): Lack[] =>
    kind === 'same' ? [] : [{ ...mark, kind }],
  );
  await db.query(
    `insert into safe_modes (cause) values ($1::jsonb)
     on conflict ((true)) where released_at is null do update set cause = (
       select jsonb_agg(distinct lack)
         from jsonb_array_elements(safe_modes.cause || excluded.cause) as lack)`,
    [JSON.stringify(lacks)],
  );
}

/** Ends safe mode at a person's word. False where none holds. */
export async function releaseSafeMode(db: Queryable, by: string): Promise<boolean> {
  const { rowCount } = await db.query(
    'update safe_modes set released_at = now(), released_by = $1 where released_at is null',
    [by],
  );
  return rowCount === 1;
}

/** Whether a person has accepted that the database lacks these marks. */
export async function isReleased(db: Queryable, found: readonly MarkFound[]): Promise<boolean> {
  const lacks = found.filter(({ kind }) => kind !== 'same').map(({ mark }) => mark);
  const { rows } = await db.query<{ released: boolean }>(
    `select bool_and(exists (
        select from safe_modes where released_at is not null
          and cause @> jsonb_build_array(jsonb_build_object(
            'shopId', mark ->> 'shopId', 'n', mark -> 'n', 'hash', mark -> 'hash')))) as released
       from jsonb_array_elements($1::jsonb) as mark`,
    [JSON.stringify(lacks)],
  );
  return rows[0]?.released ?? false;
}
