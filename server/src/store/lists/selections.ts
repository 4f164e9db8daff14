import { randomUUID } from 'node:crypto';
import { SELECTION_MAX } from '@renkei/contract/limits.ts';
import {
  type KeptFilter,
  keepFilter,
  type OrderFilter,
} from '@renkei/contract/lists/order-list.ts';
import type { Actor } from '@renkei/core/turns/operation.ts';
import type { Queryable } from '../db/db.ts';
import { whereOf } from './order-filter.ts';
import { orderByOf, type Summary } from './order-list.ts';

/** A frozen result as stored, without its orders. */
export type StoredSelection = Summary & {
  readonly id: string;
  readonly filter: KeptFilter;
  readonly createdAt: number;
  readonly expiresAt: number;
};

/** An order of a selection, in its version at the click. */
export type SelectedOrder = {
  readonly orderNumber: string;
  readonly version: number;
  /** The present 請求金額 in yen. */
  readonly billed: number;
};

const COLUMNS = `id, filter, total, billed, cardinality(order_numbers) as count,
  created_at as "createdAt", expires_at as "expiresAt"`;

/**
 * Freezes the whole result of a filter, in one statement and so at one instant. Resolves to null
 * and stores nothing if the result has more than {@link SELECTION_MAX} orders.
 */
export async function insertSelection(
  db: Queryable,
  shopId: string,
  filter: OrderFilter,
  actor: Actor,
): Promise<StoredSelection | null> {
  const { where, values } = whereOf(shopId, filter);
  const more = values.length;
  const { rows } = await db.query<StoredSelection>(
    `with chosen as (
       select order_number, version, total, billed,
              row_number() over (order by ${orderByOf(filter)}) as n
         from orders where ${where} limit ${SELECTION_MAX + 1})
     insert into selections (shop_id, id, actor, filter, order_numbers, versions, total, billed)
     select $1, $${more + 1}, $${more + 2}, $${more + 3},
            coalesce(array_agg(order_number order by n), '{}'),
            coalesce(array_agg(version order by n), '{}'),
            coalesce(sum(total), 0), coalesce(sum(billed), 0)
       from chosen having count(*) <= ${SELECTION_MAX}
     returning ${COLUMNS}`,
    [...values, randomUUID(), actor, keepFilter(filter)],
  );
  return rows[0] ?? null;
}

export async function loadSelection(
  db: Queryable,
  shopId: string,
  id: string,
): Promise<StoredSelection | null> {
  const { rows } = await db.query<StoredSelection>(
    `select ${COLUMNS} from selections where shop_id = $1 and id = $2 and expires_at > now()`,
    [shopId, id],
  );
  return rows[0] ?? null;
}

/** Lists a selection's orders from a position on, in the chosen sequence. */
export async function listSelected(
  db: Queryable,
  shopId: string,
  id: string,
  { from, limit }: { readonly from: number; readonly limit: number },
): Promise<SelectedOrder[]> {
  const { rows } = await db.query<SelectedOrder>(
    `select order_number as "orderNumber", chosen.version, orders.billed
       from selections,
            unnest(order_numbers[$3::int + 1 : $3::int + $4::int],
                   versions[$3::int + 1 : $3::int + $4::int])
              with ordinality as chosen (order_number, version, n)
              join orders using (order_number)
      where selections.shop_id = $1 and selections.id = $2 and expires_at > now()
        and orders.shop_id = $1 order by n`,
    [shopId, id, from, limit],
  );
  return rows;
}

/** Lists the numbers of all orders of a selection. */
export async function listSelectedNumbers(
  db: Queryable,
  shopId: string,
  id: string,
): Promise<readonly string[]> {
  const { rows } = await db.query<{ numbers: string[] }>(
    'select order_numbers as numbers from selections where shop_id = $1 and id = $2',
    [shopId, id],
  );
  return rows[0]?.numbers ?? [];
}

/** Deletes expired selections. */
export async function purgeSelections(db: Queryable): Promise<void> {
  await db.query('delete from selections where expires_at <= now()');
}
