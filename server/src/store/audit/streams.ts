import type { Instant } from '@renkei/core/domain/values/jst.ts';
import type { Actor } from '@renkei/core/turns/operation.ts';
import type { Queryable } from '../db/db.ts';

/** An entry of a shop's own log, for a collector outside. */
export type StreamedEntry = {
  readonly shopId: string;
  /** Its place in the shop's chain, from 1. */
  readonly n: number;
  readonly at: Instant;
  readonly actor: Actor;
  readonly area: string;
  readonly subject: string;
  readonly before: unknown;
  readonly after: Readonly<Record<string, unknown>> | null;
  /** The hash that chains it to the entry before. */
  readonly hash: string;
};

/** Of one shop in one batch, so that a busy shop keeps no other waiting. */
const ONE_SHOP_MAX = 100;

/**
 * Claims a destination for this process for some seconds, or prolongs its claim. False if another
 * process hands the log on there.
 */
export async function claimStream(
  db: Queryable,
  destination: string,
  holder: string,
  forS: number,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `insert into log_streams (destination, holder, held_until)
     values ($1, $2, clock_timestamp() + $3 * interval '1 second')
     on conflict (destination) do update
       set holder = excluded.holder, held_until = excluded.held_until
     where log_streams.holder = excluded.holder or log_streams.held_until < clock_timestamp()`,
    [destination, holder, forS],
  );
  return rowCount === 1;
}

/** Lists the oldest entries that the destination does not have, shop by shop in sequence. */
export async function listUnstreamed(
  db: Queryable,
  destination: string,
  limit: number,
): Promise<StreamedEntry[]> {
  const { rows } = await db.query<StreamedEntry>(
    `select entry.shop_id as "shopId", entry.n, at, actor, area, subject, before, after,
            encode(hash, 'hex') as hash
       from shops
       left join log_positions p on p.destination = $1 and p.shop_id = shops.shop_id
      cross join lateral (
        select * from shop_log where shop_log.shop_id = shops.shop_id and n > coalesce(p.n, 0)
         order by n limit ${ONE_SHOP_MAX}) as entry
      order by entry.shop_id, entry.n limit $2`,
    [destination, limit],
  );
  return rows;
}

/** Notes that the destination has these entries, which follow each other in each shop. */
export async function noteStreamed(
  db: Queryable,
  destination: string,
  entries: readonly Pick<StreamedEntry, 'shopId' | 'n'>[],
): Promise<void> {
  await db.query(
    `insert into log_positions (destination, shop_id, n)
     select $1, shop_id, max(n) from unnest($2::text[], $3::bigint[]) as sent (shop_id, n)
      group by shop_id
     on conflict (destination, shop_id) do update
       set n = greatest(log_positions.n, excluded.n)`,
    [destination, entries.map(({ shopId }) => shopId), entries.map(({ n }) => n)],
  );
}
