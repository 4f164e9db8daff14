import { type Head, OPERATION_CHAIN } from '../../audit/chain.ts';
import type { RecordDiffers } from '../../audit/findings.ts';
import type { Queryable } from '../db/db.ts';

/**
 * The rows that the shop's log vouches for, each with the name of its record: migration 044 writes
 * them. Written here a second time, so that a changed function of the database is found, too.
 */
const PRESENT = `
  select 'shop' as record, to_jsonb(s) as facts, s.name as named from shops s where shop_id = $1
  union all
  select 'member ' || m.user_id, jsonb_build_object('role', m.role, 'email', ${markOf('u."email"')},
      'password', (select ${markOf(`string_agg("password", ' ' order by "id")`)}
         from "account" where "userId" = m.user_id),
      'factor', case when u."twoFactorEnabled" then (
         select ${markOf(`string_agg("secret" || ' ' || "backupCodes", ' ' order by "id")`)}
           from "twoFactor" where "userId" = m.user_id) end,
      'passkeys', (select ${markOf(`string_agg(id || ' ' || encode(public_key, 'hex'), ' ' order by id)`)}
         from passkeys where user_id = m.user_id),
      'directory', (select ${markOf(`string_agg("providerId" || ' ' || "accountId", ' ' order by "id")`)}
         from "account" where "userId" = m.user_id and "providerId" <> 'credential')), u.name
    from members m join "user" u on u."id" = m.user_id where m.shop_id = $1
  union all
  select 'run ' || id, to_jsonb(r), null from runs r where shop_id = $1
  union all
  select 'export ' || id, to_jsonb(r), layout from exports r where shop_id = $1
  union all
  select 'import ' || file_hash, to_jsonb(r), null from imports r where shop_id = $1
  union all
  select 'sighting ' || id, to_jsonb(r), file_name from sightings r
   where shop_id = $1 and source <> 'inquiry'
  union all
  select 'mail ' || id, to_jsonb(r), null from mails r where shop_id = $1 and actor is not null
  union all
  select 'answer ' || operation_id, to_jsonb(r), null from review_answers r where shop_id = $1
  union all
  select 'attention ' || id, to_jsonb(r), null from attention_log r
   where shop_id = $1 and actor ->> 'kind' = 'user'
  union all
  select 'application ' || code || ' ' || version, to_jsonb(r), null from subscription_log r
   where shop_id = $1 and actor ->> 'kind' = 'user'
  union all
  select 'closing ' || to_on, jsonb_build_object('from_on', from_on, 'to_on', to_on,
      'closed_at', closed_at, 'actor', actor, 'hash', hash,
      'contents', ${markOf('equation::text || lines::text')}), null
    from closings where shop_id = $1`;

function markOf(secret: string): string {
  return `left(encode(sha256(convert_to(${secret}, 'UTF8')), 'hex'), 32)`;
}

const DIFFERING = `
  with last as (
    select distinct on (subject) subject as record, after ->> 'action' as action,
           after - 'action' as facts
      from shop_log
     where shop_id = $1 and area = 'access' and after ->> 'action' in ('recorded', 'record_ended')
     order by subject, n desc
  ), compared as (
    select coalesce(present.record, last.record) as record, present.named,
           present.facts is not null as here, coalesce(last.action = 'recorded', false) as logged,
           array(select key from jsonb_each(last.facts)
                  where present.facts -> key is distinct from value order by key) as fields
      from (${PRESENT}) as present full join last using (record)
  )
  select record, coalesce(named, '') as named,
         case when not logged then 'unlogged' when not here then 'gone' else 'changed' end as how,
         fields
    from compared where here <> logged or (here and cardinality(fields) > 0)
   order by record limit 1`;

/** Finds the first row that is not as the shop's log says; the session's time zone is UTC. */
export async function findRecordDiffering(
  client: Queryable,
  shopId: string,
): Promise<RecordDiffers | null> {
  const { rows } = await client.query<RecordDiffers>(DIFFERING, [shopId]);
  return rows[0] ?? null;
}

/**
 * Finds the first operation that names another person than the journal's entry about its beginning;
 * null if there is none.
 */
export async function findOtherActor(client: Queryable, shopId: string): Promise<string | null> {
  const { rows } = await client.query<{ order_number: string }>(
    `select o.order_number from operations o
       join journal j on j.shop_id = o.shop_id and j.order_number = o.order_number
        and j.operation_id = o.id and j.event ->> 'kind' = 'operation_accepted'
      where o.shop_id = $1 and o.actor <> j.actor order by 1 limit 1`,
    [shopId],
  );
  return rows[0]?.order_number ?? null;
}

/**
 * The hash of an operation that has ended, with its steps: what was asked, by whom, and F-REGI's
 * words. `operation` is an expression of the operation's id in a statement with `shop_id`.
 */
export function operationHash(shopId: string, operation: string): string {
  return `(
    select sha256(convert_to(jsonb_build_array(o.order_number, o.key, o.actor, o.goal, o.amount,
        o.state, o.reason, (extract(epoch from o.ended_at) * 1000000)::bigint, (
          select jsonb_agg(jsonb_build_array(s.n, s.verb, s.seqno, s.amount, s.repeat, s.state,
              (extract(epoch from s.sent_at) * 1000000)::bigint,
              (extract(epoch from s.answered_at) * 1000000)::bigint, s.code, s.text) order by s.n)
            from steps s where s.shop_id = o.shop_id and s.operation_id = o.id))::text, 'UTF8'))
      from operations o where o.shop_id = ${shopId} and o.id = ${operation})`;
}

/** Finds the first sealed operation that is not as it was sealed. */
export async function findOperationChanged(
  client: Queryable,
  shopId: string,
  heads: readonly Head[],
): Promise<Head | null> {
  const sealed = heads.filter(([chain]) => chain.startsWith(OPERATION_CHAIN));
  if (sealed.length === 0) return null;
  const { rows } = await client.query<{ position: number }>(
    `select position from unnest($2::uuid[], $3::text[])
         with ordinality as sealed (id, hash, position)
      where ${operationHash('$1', 'sealed.id')} is distinct from decode(sealed.hash, 'hex')
      order by position limit 1`,
    [
      shopId,
      sealed.map(([chain]) => chain.slice(OPERATION_CHAIN.length)),
      sealed.map(([, , hash]) => hash),
    ],
  );
  return sealed[(rows[0]?.position ?? 0) - 1] ?? null;
}
