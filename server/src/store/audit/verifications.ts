import type { Instant } from '@renkei/core/domain/values/jst.ts';
import type { Verified } from '../../audit/verify.ts';
import type { Queryable } from '../db/db.ts';

export type VerificationOutcome = 'right' | 'wrong' | 'cancelled' | 'interrupted';

/** A verification of a shop's records, running or ended. */
export type StoredVerification = {
  readonly shopId: string;
  readonly id: string;
  readonly startedAt: Instant;
  /** The name of the person who started it. */
  readonly startedBy: string;
  /** The number of journal entries read so far, and the number at the beginning. */
  readonly entriesRead: number;
  readonly entries: number;
  readonly finishedAt: Instant | null;
  /** Null while it runs. `interrupted`: it did not finish. */
  readonly outcome: VerificationOutcome | null;
  /** Null unless it read everything, or found something wrong. */
  readonly found: Verified | null;
};

const COLUMNS = `shop_id as "shopId", id, started_at as "startedAt", started_by as "startedBy",
  entries_read as "entriesRead", entries, finished_at as "finishedAt", outcome, found`;

/**
 * A running verification reports every half second; after this silence its process is presumed
 * gone.
 */
const SILENCE = `interval '30 seconds'`;

/** Begins a verification. Null if another one runs in this database, even of another shop. */
export async function beginVerification(
  db: Queryable,
  begun: Pick<StoredVerification, 'shopId' | 'id' | 'startedBy'>,
): Promise<StoredVerification | null> {
  await endSilent(db);
  const { rows } = await db.query<StoredVerification>(
    `insert into verifications (shop_id, id, started_by, entries)
     select $1, $2, $3, coalesce(sum(version), 0) from orders where shop_id = $1
     on conflict ((true)) where finished_at is null do nothing returning ${COLUMNS}`,
    [begun.shopId, begun.id, begun.startedBy],
  );
  return rows[0] ?? null;
}

/**
 * Reports progress. Resolves to false if the verification has ended: cancelled, or presumed dead.
 */
export async function noteVerification(
  db: Queryable,
  { shopId, id }: Pick<StoredVerification, 'shopId' | 'id'>,
  entriesRead: number,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `update verifications set heard_at = now(), entries_read = $3
      where shop_id = $1 and id = $2 and finished_at is null`,
    [shopId, id, entriesRead],
  );
  return rowCount === 1;
}

/** Ends a running verification; an ended one stays as it is. */
export async function endVerification(
  db: Queryable,
  { shopId, id }: Pick<StoredVerification, 'shopId' | 'id'>,
  end: { readonly outcome: VerificationOutcome; readonly found: Verified | null },
): Promise<void> {
  await db.query(
    `update verifications set finished_at = now(), outcome = $3, found = $4,
       entries_read = coalesce(($4::jsonb #>> '{verdict,entries}')::bigint, entries_read)
      where shop_id = $1 and id = $2 and finished_at is null`,
    [shopId, id, end.outcome, end.found],
  );
}

/** Cancels the shop's running verification; its process learns of it at its next report. */
export async function cancelVerification(db: Queryable, shopId: string): Promise<void> {
  await db.query(
    `update verifications set finished_at = now(), outcome = 'cancelled'
      where shop_id = $1 and finished_at is null`,
    [shopId],
  );
}

/** Loads the shop's newest verification in any state, and the newest with a verdict. */
export async function loadVerifications(
  db: Queryable,
  shopId: string,
): Promise<{
  readonly latest: StoredVerification | null;
  readonly verified: StoredVerification | null;
}> {
  await endSilent(db);
  const { rows } = await db.query<StoredVerification>(
    `(select ${COLUMNS} from verifications where shop_id = $1 order by started_at desc limit 1)
     union all
     (select ${COLUMNS} from verifications where shop_id = $1 and found is not null
       order by started_at desc limit 1)`,
    [shopId],
  );
  const [latest = null] = rows;
  return { latest, verified: rows.find(({ found }) => found !== null) ?? null };
}

async function endSilent(db: Queryable): Promise<void> {
  await db.query(
    `update verifications set finished_at = heard_at, outcome = 'interrupted'
      where finished_at is null and heard_at < now() - ${SILENCE}`,
  );
}
