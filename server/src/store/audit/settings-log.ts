import type { Actor } from '@renkei/core/turns/operation.ts';
import type { Queryable } from '../db/db.ts';

/** The changed area of the settings. */
type SettingsArea = 'settings' | 'mail_template' | 'csv_layout' | 'file_answer';

/**
 * A change of a shop's settings: the person, the time, before and after; null if there was none, or
 * is none.
 */
export type SettingsChange = {
  readonly id: number;
  readonly at: number;
  readonly actor: Actor;
  readonly area: SettingsArea;
  /**
   * The changed object of the area: a kind of mail, a layout's name; empty for the settings
   * themselves.
   */
  readonly subject: string;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
};

/** Logs a change in the transaction that makes it; logs nothing if nothing differs. */
export async function logSettings(
  client: Queryable,
  shopId: string,
  change: Omit<SettingsChange, 'id' | 'at'>,
): Promise<void> {
  const { actor, area, subject } = change;
  const { before, after } = differing(change.before, change.after);
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  await client.query(
    `insert into shop_log (shop_id, actor, area, subject, before, after)
     values ($1, $2, $3, $4, $5, $6)`,
    [shopId, actor, area, subject, before, after],
  );
}

/** Keeps only the fields that differ, if both sides exist. */
function differing(before: SettingsChange['before'], after: SettingsChange['after']) {
  if (before === null || after === null) return { before, after };
  const names = Object.keys({ ...before, ...after }).filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
  const only = (side: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(names.map((name) => [name, side[name] ?? null]));
  return { before: only(before), after: only(after) };
}

/** Lists the shop's changes, newest first, before an id. */
export async function listSettingsLog(
  db: Queryable,
  shopId: string,
  { before, limit }: { readonly before: number | null; readonly limit: number },
): Promise<SettingsChange[]> {
  const { rows } = await db.query<SettingsChange>(
    `select id, at, actor, area, subject, before, after from shop_log
      where shop_id = $1 and area not in ('access', 'erasure')
        and ($2::bigint is null or id < $2) order by id desc limit $3`,
    [shopId, before, limit],
  );
  return rows;
}
