import type { Instant } from '@renkei/core/domain/order.ts';
import type { Verified } from '../../audit/verify.ts';
import type { Queryable } from '../db/db.ts';

export type VerificationOutcome = 'right' | 'wrong' | 'cancelled' | 'interrupted';

/** A verification of a shop's records: one that goes on, or how it ended. */
export type StoredVerification = {
  readonly shopId: string;
  readonly id: string;
  readonly startedAt: Instant;
  /** The name of who asked for it. */
  readonly startedBy: string;
  /** Entries of the orders' journals read so far, of how many there were at the beginning. */
  readonly entriesRead: number;
  readonly entries: number;
  readonly finishedAt: Instant | null;
  /** Null while it goes on. `interrupted`: nobody carried it to its end. */
  readonly outcome: VerificationOutcome | null;
  /** Null unless all was read, or something wrong was found. */
  readonly found: Verified | null;
};

const COLUMNS = `shop_id as "shopId", id, started_at as "startedAt", started_by as "startedBy",
  entries_read as "entriesRead", entries, finished_at as "finishedAt", outcome, found`;

/** Whoever carries one out is heard every half second; after so long a silence it is gone. */
const SILENCE = `interval '30 seconds'`;

/** Begins one. Null where another one goes on in this database, be it of another shop. */
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

/** A sign of life. False where it has ended: cancelled, or taken for dead. */
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

/** Ends one that goes on; what has ended stays as it is. */
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

/** Cancels the one of a shop that goes on; whoever carries it out hears of it at its next sign. */
export async function cancelVerification(db: Queryable, shopId: string): Promise<void> {
  await db.query(
    `update verifications set finished_at = now(), outcome = 'cancelled'
      where shop_id = $1 and finished_at is null`,
    [shopId],
  );
}

/** The newest of a shop however it stands, and the newest that came to a verdict. */
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
