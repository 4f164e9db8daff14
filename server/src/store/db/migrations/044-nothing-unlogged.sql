-- What the log vouches for: rows whose owner could otherwise rewrite them unseen. A 'recorded' entry
-- holds a row as it was written, 'record_ended' says that it is gone; `npm run admin -- verify`
-- compares the last entry of each row with the row. They stand in the area 'access', whose entries
-- are named by their action, because servers of the version before leave it out of 変更履歴.

-- The fingerprint of a secret: it tells whether the secret has changed, and nothing else.
create function mark_of(secret text) returns text language sql immutable as $$
  select left(encode(sha256(convert_to(secret, 'UTF8')), 'hex'), 32)
$$;

create function log_record(shop text, record text, facts jsonb, by jsonb) returns void
  language sql as $$
  insert into shop_log (shop_id, actor, area, subject, after)
  values (shop,
          coalesce(by, nullif(current_setting('renkei.actor', true), '')::jsonb,
            '{"kind": "system", "id": "renkei", "name": "Renkei"}'),
          'access', record,
          coalesce(facts, '{}') || jsonb_build_object('action',
            case when facts is null then 'record_ended' else 'recorded' end))
$$;

-- A shop: its contract at F-REGI and all its settings.
create function shop_facts(shop shops) returns jsonb language sql stable set timezone = 'UTC' as $$
  select to_jsonb(shop) - '{version,updated_at}'::text[]
$$;
create function record_shop() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' or shop_facts(new) <> shop_facts(old) then
    perform log_record(new.shop_id, 'shop', shop_facts(new), null);
  end if;
  return null;
end $$;

-- A member: the role, and the fingerprints of all that lets this person in.
create function member_facts(shop text, person text) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'role', m.role,
    'email', mark_of(u."email"),
    'password', (select mark_of(string_agg("password", ' ' order by "id")) from "account"
                  where "userId" = person),
    'factor', case when u."twoFactorEnabled" then
                (select mark_of(string_agg("secret" || ' ' || "backupCodes", ' ' order by "id"))
                   from "twoFactor" where "userId" = person) end)
    from members m join "user" u on u."id" = m.user_id
   where m.shop_id = shop and m.user_id = person
$$;
create function record_member(shop text, person text) returns void language plpgsql as $$
declare
  facts jsonb := member_facts(shop, person);
  last jsonb;
begin
  select after - 'action' into last from shop_log
   where shop_id = shop and subject = 'member ' || person and area = 'access'
     and after ->> 'action' in ('recorded', 'record_ended')
   order by n desc limit 1;
  if last is distinct from coalesce(facts, '{}') then
    perform log_record(shop, 'member ' || person, facts, null);
  end if;
end $$;
create function record_membership() returns trigger language plpgsql as $$
declare
  member members := coalesce(new, old);
begin
  perform record_member(member.shop_id, member.user_id);
  return null;
end $$;
create function record_person() returns trigger language plpgsql as $$
declare
  changed jsonb := coalesce(to_jsonb(new), to_jsonb(old));
  person text := changed ->> case tg_table_name when 'user' then 'id' else 'userId' end;
begin
  perform record_member(shop_id, user_id) from
    (select shop_id, user_id from members where user_id = person order by shop_id) as theirs;
  return null;
end $$;

-- Another row: the kind, the column that names it, the columns that count, and where the name needs
-- two columns, the second.
create function record_facts(whole jsonb, columns text) returns jsonb language sql immutable as $$
  select jsonb_object_agg(name, whole -> name) from unnest(string_to_array(columns, ',')) as name
$$;
create function closing_facts(closing closings) returns jsonb
  language sql stable set timezone = 'UTC' as $$
  select jsonb_build_object('from_on', closing.from_on, 'to_on', closing.to_on,
    'closed_at', closing.closed_at, 'actor', closing.actor, 'hash', closing.hash,
    'contents', mark_of(closing.equation::text || closing.lines::text))
$$;
create function record_row() returns trigger language plpgsql set timezone = 'UTC' as $$
declare
  whole jsonb := to_jsonb(coalesce(new, old));
begin
  perform log_record(whole ->> 'shop_id', concat_ws(' ', tg_argv[0], whole ->> tg_argv[1],
      whole ->> tg_argv[3]),
    case when tg_op <> 'DELETE' then record_facts(whole, tg_argv[2]) end,
    case when tg_op = 'INSERT' then whole -> 'actor' end);
  return null;
end $$;
create function record_closing() returns trigger language plpgsql as $$
begin
  perform log_record(new.shop_id, 'closing ' || new.to_on, closing_facts(new), new.actor);
  return null;
end $$;

-- An operation that has ended, with its steps, comes under a seal: what was asked, by whom, and
-- F-REGI's words. Nothing of it changes any more.
create function queue_operation() returns trigger language plpgsql as $$
begin
  insert into to_seal values (new.shop_id, 'operation:' || new.id, 1);
  return null;
end $$;

-- The operations that have ended so far: many, so before any table is held.
insert into to_seal
  select shop_id, 'operation:' || id, 1 from operations where ended_at is not null;

-- The tables first and the log last, as everybody who writes takes them: whoever writes meanwhile
-- waits for this, or this for them, and nobody for both.
lock table shops, members, "user", "account", "twoFactor", runs, exports, imports, sightings,
  closings, mails, review_answers, attention_log, subscription_log, operations
  in share row exclusive mode;
lock table shop_log in share row exclusive mode;

create index shop_log_records on shop_log (shop_id, subject, n desc)
  where area = 'access' and after ->> 'action' in ('recorded', 'record_ended');
-- Who has read whose records: one entry for a person and some minutes.
create index shop_log_reads on shop_log (shop_id, at)
  where area = 'access' and after ->> 'action' = 'records_read';

-- The collectors outside to which the log is handed on: which server does it, until when unless it
-- says so again, and how far it has come.
create table log_streams (
  destination  text primary key,
  holder       text not null,
  held_until   timestamptz not null
);
create table log_positions (
  destination  text not null,
  shop_id      text not null references shops,
  n            bigint not null,
  primary key (destination, shop_id)
);

-- The rows that are there.
select log_record(shop_id, 'shop', shop_facts(shops), null) from shops order by shop_id;
select record_member(shop_id, user_id) from
  (select shop_id, user_id from members order by 1, 2) as everybody;
do $$
begin
  set local timezone = 'UTC';
  perform log_record(shop_id, 'run ' || id, record_facts(to_jsonb(r),
      'key,input_hash,file_hash,actor,plan,paid_on,mail,mail_unpaid,created_at'), actor)
    from (select * from runs order by shop_id, created_at) as r;
  perform log_record(shop_id, 'export ' || id, record_facts(to_jsonb(r),
      'at,actor,layout,encoding,orders,rows'), actor)
    from (select * from exports order by shop_id, id) as r;
  perform log_record(shop_id, 'import ' || file_hash, record_facts(to_jsonb(r),
      'file_hash,actor,orders,imported_at'), actor)
    from (select * from imports order by shop_id, imported_at) as r;
  perform log_record(shop_id, 'sighting ' || id, record_facts(to_jsonb(r),
      'source,seen_at,recorded_at,actor,file_name,file_hash,covers_from,covers_to,transactions'),
      actor)
    from (select * from sightings where source <> 'inquiry' order by shop_id, recorded_at) as r;
  perform log_record(shop_id, 'mail ' || id, record_facts(to_jsonb(r),
      'order_number,kind,occasion,actor,created_at'), actor)
    from (select * from mails where actor is not null order by shop_id, id) as r;
  perform log_record(shop_id, 'answer ' || operation_id, record_facts(to_jsonb(r),
      'answer,actor,confirmed_by,declined_by'), actor)
    from (select * from review_answers order by shop_id, at) as r;
  perform log_record(shop_id, 'attention ' || id, record_facts(to_jsonb(r),
      'attention_id,at,actor,action'), actor)
    from (select * from attention_log where actor ->> 'kind' = 'user' order by shop_id, id) as r;
  perform log_record(shop_id, 'application ' || code || ' ' || version, record_facts(to_jsonb(r),
      'at,actor,event'), actor)
    from (select * from subscription_log where actor ->> 'kind' = 'user'
           order by shop_id, at, version) as r;
  perform log_record((r.c).shop_id, 'closing ' || (r.c).to_on, closing_facts(r.c), (r.c).actor)
    from (select c from closings c order by shop_id, to_on) as r;
  set local timezone to default;
end $$;
-- Deferred: the log's lock is taken at the end of a transaction, and several changes make one entry.
create constraint trigger shop_is_recorded after insert or update on shops
  deferrable initially deferred for each row execute function record_shop();
create constraint trigger member_is_recorded after insert or update or delete on members
  deferrable initially deferred for each row execute function record_membership();
create constraint trigger person_is_recorded after update on "user"
  deferrable initially deferred for each row
  when (old."email" <> new."email"
    or old."twoFactorEnabled" is distinct from new."twoFactorEnabled")
  execute function record_person();
create constraint trigger password_is_recorded after insert or update or delete on "account"
  deferrable initially deferred for each row execute function record_person();
create constraint trigger factor_is_recorded after insert or update or delete on "twoFactor"
  deferrable initially deferred for each row execute function record_person();
create constraint trigger run_is_recorded after insert on runs
  deferrable initially deferred for each row execute function record_row('run', 'id',
    'key,input_hash,file_hash,actor,plan,paid_on,mail,mail_unpaid,created_at');
create constraint trigger export_is_recorded after insert on exports
  deferrable initially deferred for each row execute function record_row('export', 'id',
    'at,actor,layout,encoding,orders,rows');
create constraint trigger import_is_recorded after insert on imports
  deferrable initially deferred for each row execute function record_row('import', 'file_hash',
    'file_hash,actor,orders,imported_at');
create constraint trigger sighting_is_recorded after insert on sightings
  deferrable initially deferred for each row when (new.source <> 'inquiry')
  execute function record_row('sighting', 'id',
    'source,seen_at,recorded_at,actor,file_name,file_hash,covers_from,covers_to,transactions');
create constraint trigger closing_is_recorded after insert on closings
  deferrable initially deferred for each row execute function record_closing();
create constraint trigger mail_is_recorded after insert on mails
  deferrable initially deferred for each row when (new.actor is not null)
  execute function record_row('mail', 'id', 'order_number,kind,occasion,actor,created_at');
create constraint trigger answer_is_recorded after insert or update or delete on review_answers
  deferrable initially deferred for each row
  execute function record_row('answer', 'operation_id', 'answer,actor,confirmed_by,declined_by');
-- What people did; what Renkei found by itself follows from the journal.
create constraint trigger attention_is_recorded after insert on attention_log
  deferrable initially deferred for each row when (new.actor ->> 'kind' = 'user')
  execute function record_row('attention', 'id', 'attention_id,at,actor,action');
create constraint trigger application_is_recorded after insert on subscription_log
  deferrable initially deferred for each row when (new.actor ->> 'kind' = 'user')
  execute function record_row('application', 'code', 'at,actor,event', 'version');
create trigger operation_is_to_be_sealed after insert or update on operations
  for each row when (new.ended_at is not null) execute function queue_operation();
insert into to_seal
  select shop_id, 'operation:' || id, 1 from operations
   where ended_at > now() - interval '5 minutes';
