import type { Queryable } from './db.ts';

/**
 * Of some orders in the versions in which they were seen, those to which nothing has happened since
 * but that mails went out: a mail changes nothing of what is decided on.
 */
export async function asSeenButForMails(
  db: Queryable,
  shopId: string,
  seen: readonly { readonly orderNumber: string; readonly version: number }[],
): Promise<ReadonlySet<string>> {
  if (seen.length === 0) return new Set();
  const numbers = seen.map(({ orderNumber }) => orderNumber);
  const versions = seen.map(({ version }) => version);
  const { rows } = await db.query<{ order_number: string }>(
    `select orders.order_number
       from unnest($2::text[], $3::int[]) as seen (order_number, version)
       join orders on orders.shop_id = $1 and orders.order_number = seen.order_number
      where orders.version >= seen.version and not exists (
        select from journal j
         where j.shop_id = $1 and j.order_number = seen.order_number and j.version > seen.version
           and j.event ->> 'kind' not in ('payment_mail_sent', 'mail_sent'))`,
    [shopId, numbers, versions],
  );
  return new Set(rows.map((row) => row.order_number));
}
