import type { OrderRef } from '@renkei/core/domain/order/order.ts';
import type { Lack, RestoreReport, SafeMode, SafeModes } from '@renkei/core/ports/safe-mode.ts';
import { type Db, type Queryable, transaction, transactionOn } from '../db/db.ts';
import { DUE } from '../db/states.ts';

/** Safe mode on PostgreSQL. */
export function createPgSafeModes(db: Db): SafeModes {
  return {
    load: () => loadSafeMode(db),
    listOpen: () => listOpen(db),
    saveComparison: (id, report) => saveComparison(db, id, report),
  };
}

/** Loads the current safe mode; null if there is none. */
export async function loadSafeMode(db: Queryable): Promise<SafeMode | null> {
  const { rows } = await db.query<SafeMode>(
    `select id, entered_at as "enteredAt", cause, compared_at as "comparedAt", report
       from safe_modes where released_at is null`,
  );
  return rows[0] ?? null;
}

/** Notes that the comparison is complete, if that safe mode still holds. */
async function saveComparison(db: Queryable, id: number, report: RestoreReport): Promise<void> {
  await db.query(
    'update safe_modes set compared_at = now(), report = $2 where id = $1 and released_at is null',
    [id, report],
  );
}

/** Lists orders with an open operation that is not parked. */
async function listOpen(db: Queryable): Promise<OrderRef[]> {
  const { rows } = await db.query<OrderRef>(
    `select shop_id as "shopId", order_number as "orderNumber" from operations
      where state in ${DUE}`,
  );
  return rows;
}

/**
 * Enters safe mode. A safe mode in force begins anew if `lacks` names marks it does not know, or is
 * empty because the restore is known otherwise: its former comparison is not of this database.
 * Resolves to false and enters nothing if a person has accepted all of `lacks`, even a moment ago.
 */
export async function enterSafeMode(db: Db, lacks: readonly Lack[]): Promise<boolean> {
  return transaction(db, (client) => enterSafeModeNow(client, lacks));
}

/** As {@link enterSafeMode}, on the caller's connection. */
export async function enterSafeModeOn(client: Queryable, lacks: readonly Lack[]): Promise<boolean> {
  return transactionOn(client, () => enterSafeModeNow(client, lacks));
}

/** As {@link enterSafeMode}, in the caller's own transaction. */
export async function enterSafeModeNow(
  client: Queryable,
  lacks: readonly Lack[],
): Promise<boolean> {
  await client.query(ONE_AT_A_TIME);
  if (await areReleased(client, lacks)) return false;
  await client.query(BEGIN_ANEW, [JSON.stringify(lacks)]);
  await client.query(
    `insert into safe_modes (cause) values ($1)
     on conflict ((true)) where released_at is null do nothing`,
    [JSON.stringify(lacks)],
  );
  await client.query(DOUBT_MAILS);
  return true;
}

/** Tells whether a cause contains a lack; ignores how and when the lack was reported. */
const KNOWN = `cause @> jsonb_build_array(lack - '{kind,at,restored}'::text[])`;

/** The database was restored once more, perhaps to a time within a safe mode. */
const BEGIN_ANEW = `
  update safe_modes
     set id = default, entered_at = now(), compared_at = null, report = null,
         cause = cause || coalesce((
           select jsonb_agg(lack) from jsonb_array_elements($1::jsonb) as lack where not ${KNOWN}
         ), '[]')
   where released_at is null
     and ($1::jsonb = '[]'
          or exists (select from jsonb_array_elements($1::jsonb) as lack where not ${KNOWN}))`;

/** Mails that waited at the time of the backup may have been sent since. */
const DOUBT_MAILS = `
  update mails set state = 'unknown', error = 'the database was restored to the past'
    from safe_modes where released_at is null
     and mails.state in ('queued', 'sending') and mails.created_at <= safe_modes.entered_at`;

/**
 * Ends safe mode at a person's word. Resolves to false if there is none. `before` runs in the same
 * transaction, in which nobody else can enter or end safe mode; if it throws, safe mode stays.
 */
export async function releaseSafeMode(
  db: Db,
  by: string,
  before: (client: Queryable) => Promise<void> = async () => {},
): Promise<boolean> {
  return transaction(db, async (client) => {
    await client.query(ONE_AT_A_TIME);
    await before(client);
    const { rowCount } = await client.query(
      'update safe_modes set released_at = now(), released_by = $1 where released_at is null',
      [by],
    );
    return rowCount === 1;
  });
}

/** Counts the shop's operations that only a person can answer. */
export async function countReviews(db: Queryable, shopId: string): Promise<number> {
  const { rows } = await db.query<{ reviews: number }>(
    `select count(*) as reviews from operations where shop_id = $1 and state = 'review'`,
    [shopId],
  );
  return rows[0]?.reviews ?? 0;
}

/** Keeps a process from entering while another releases. Held until the transaction ends. */
const ONE_AT_A_TIME = `select pg_advisory_xact_lock(hashtextextended('renkei:safe-mode', 0))`;

async function areReleased(db: Queryable, lacks: readonly Lack[]): Promise<boolean> {
  const { rows } = await db.query<{ released: boolean }>(
    `select bool_and(exists (
        select from safe_modes where released_at is not null and ${KNOWN})) as released
       from jsonb_array_elements($1::jsonb) as lack`,
    [JSON.stringify(lacks)],
  );
  return rows[0]?.released ?? false;
}
