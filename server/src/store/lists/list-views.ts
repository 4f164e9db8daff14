import { randomUUID } from 'node:crypto';
import {
  keepFilter,
  type ListView,
  type ListViewInput,
} from '@renkei/contract/lists/order-list.ts';
import { isUniqueViolation, type Queryable } from '../db/db.ts';

/** The most views of one user in one shop. */
export const VIEWS_MAX = 50;

/** The owner of views: a user, in a shop. */
export type ViewOwner = { readonly shopId: string; readonly userId: string };

export type ViewSaved = ListView | 'name_taken' | 'too_many' | 'not_found';

/** Lists a user's saved views in a shop, oldest first. */
export async function listViews(db: Queryable, { shopId, userId }: ViewOwner): Promise<ListView[]> {
  const { rows } = await db.query<ListView>(
    `select id, name, filter from list_views
      where shop_id = $1 and user_id = $2 order by created_at, id`,
    [shopId, userId],
  );
  return rows;
}

export async function insertView(
  db: Queryable,
  { shopId, userId }: ViewOwner,
  { name, filter }: ListViewInput,
): Promise<ViewSaved> {
  return named(async () => {
    const { rows } = await db.query<ListView>(
      `insert into list_views (shop_id, user_id, id, name, filter)
       select $1, $2, $3, $4, $5
        where (select count(*) from list_views where shop_id = $1 and user_id = $2) < $6
       returning id, name, filter`,
      [shopId, userId, randomUUID(), name, keepFilter(filter), VIEWS_MAX],
    );
    return rows[0] ?? 'too_many';
  });
}

export async function changeView(
  db: Queryable,
  { shopId, userId }: ViewOwner,
  id: string,
  { name, filter }: ListViewInput,
): Promise<ViewSaved> {
  return named(async () => {
    const { rows } = await db.query<ListView>(
      `update list_views set name = $4, filter = $5
        where shop_id = $1 and user_id = $2 and id = $3 returning id, name, filter`,
      [shopId, userId, id, name, keepFilter(filter)],
    );
    return rows[0] ?? 'not_found';
  });
}

/** Deletes a view; true if it existed. */
export async function deleteView(
  db: Queryable,
  { shopId, userId }: ViewOwner,
  id: string,
): Promise<boolean> {
  const { rowCount } = await db.query(
    'delete from list_views where shop_id = $1 and user_id = $2 and id = $3',
    [shopId, userId, id],
  );
  return rowCount === 1;
}

async function named(save: () => Promise<ViewSaved>): Promise<ViewSaved> {
  try {
    return await save();
  } catch (error) {
    if (isUniqueViolation(error, 'list_views_name')) return 'name_taken';
    throw error;
  }
}
