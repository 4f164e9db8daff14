import { randomUUID } from 'node:crypto';
import type { CsvLayout, FreeLayout } from '@renkei/contract/lists/exports.ts';
import type { Actor } from '@renkei/core/turns/operation.ts';
import { logSettings } from '../audit/settings-log.ts';
import { type Db, isUniqueViolation, type Queryable, transaction } from '../db/db.ts';

export type LayoutSaved = CsvLayout | 'name_taken' | 'changed' | 'not_found';

const COLUMNS = 'id, version, name, per, encoding, columns';

/** Lists the shop's own layouts, by name. */
export async function listCsvLayouts(db: Queryable, shopId: string): Promise<CsvLayout[]> {
  const { rows } = await db.query<CsvLayout>(
    `select ${COLUMNS} from csv_layouts where shop_id = $1 order by name limit 200`,
    [shopId],
  );
  return rows;
}

export async function loadCsvLayout(
  db: Queryable,
  shopId: string,
  id: string,
): Promise<CsvLayout | null> {
  const { rows } = await db.query<CsvLayout>(
    `select ${COLUMNS} from csv_layouts where shop_id = $1 and id = $2`,
    [shopId, id],
  );
  return rows[0] ?? null;
}

/** The actor and the shop of a change. */
export type LayoutChange = { readonly shopId: string; readonly actor: Actor };

export async function insertCsvLayout(
  db: Db,
  { shopId, actor }: LayoutChange,
  layout: FreeLayout,
): Promise<Exclude<LayoutSaved, 'changed'>> {
  return named(db, async (client) => {
    const { rows } = await client.query<CsvLayout>(
      `insert into csv_layouts (shop_id, id, name, per, encoding, columns)
       values ($1, $2, $3, $4, $5, $6) returning ${COLUMNS}`,
      [shopId, randomUUID(), ...valuesOf(layout)],
    );
    const subject = layout.name;
    await logSettings(client, shopId, { ...LOGGED, actor, subject, before: null, after: layout });
    return rows[0] ?? 'not_found';
  });
}

/** Changes a layout; null if somebody else has changed it since `version`. */
export async function changeCsvLayout(
  db: Db,
  { shopId, actor }: LayoutChange,
  { id, version }: Pick<CsvLayout, 'id' | 'version'>,
  layout: FreeLayout,
): Promise<LayoutSaved> {
  return named(db, async (client) => {
    const before = await loadCsvLayout(client, shopId, id);
    if (before === null) return 'not_found';
    const { rows } = await client.query<CsvLayout>(
      `update csv_layouts set name = $4, per = $5, encoding = $6, columns = $7,
         version = version + 1
        where shop_id = $1 and id = $2 and version = $3 returning ${COLUMNS}`,
      [shopId, id, version, ...valuesOf(layout)],
    );
    if (rows[0] === undefined) return 'changed';
    const subject = layout.name;
    await logSettings(client, shopId, {
      ...LOGGED,
      actor,
      subject,
      before: bare(before),
      after: layout,
    });
    return rows[0];
  });
}

/** Deletes a layout; true if it existed. */
export async function deleteCsvLayout(
  db: Db,
  { shopId, actor }: LayoutChange,
  id: string,
): Promise<boolean> {
  return transaction(db, async (client) => {
    const { rows } = await client.query<CsvLayout>(
      `delete from csv_layouts where shop_id = $1 and id = $2 returning ${COLUMNS}`,
      [shopId, id],
    );
    const [gone] = rows;
    if (gone === undefined) return false;
    const subject = gone.name;
    await logSettings(client, shopId, {
      ...LOGGED,
      actor,
      subject,
      before: bare(gone),
      after: null,
    });
    return true;
  });
}

const LOGGED = { area: 'csv_layout' } as const;

function valuesOf({ name, per, encoding, columns }: FreeLayout): unknown[] {
  return [name, per, encoding, JSON.stringify(columns)];
}

function bare({ name, per, encoding, columns }: CsvLayout): FreeLayout {
  return { name, per, encoding, columns };
}

async function named<T>(
  db: Db,
  save: (client: Queryable) => Promise<T>,
): Promise<T | 'name_taken'> {
  try {
    return await transaction(db, save);
  } catch (error) {
    if (isUniqueViolation(error, 'csv_layouts_name')) return 'name_taken';
    throw error;
  }
}
