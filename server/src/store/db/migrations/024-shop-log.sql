-- What changes a shop itself is as little to be changed afterwards as what happens to its orders:
-- its settings, who may work in it, and who came in. One chain per shop, under the shop's seals.
alter table settings_log rename to shop_log;
alter trigger settings_log_is_append_only on shop_log rename to shop_log_is_append_only;
alter index settings_log_newest rename to shop_log_newest;
alter table shop_log
  drop constraint settings_log_area_check,
  add constraint shop_log_area_check
    check (area in ('settings', 'mail_template', 'csv_layout', 'access')),
  add column n bigint,
  add column hash bytea;

-- An entry as it is hashed, as entry_text does it for the journal. Written again in audit/chain.ts.
create function shop_log_text(entry shop_log) returns text language sql stable as $$
  select jsonb_build_array(entry.shop_id, entry.n, (extract(epoch from entry.at) * 1000000)::bigint,
    entry.actor, entry.area, entry.subject, entry.before, entry.after)::text
$$;

create function chain_shop_log() returns trigger language plpgsql as $$
declare
  last shop_log;
begin
  perform pg_advisory_xact_lock(hashtextextended('renkei:shop-log:' || new.shop_id, 0));
  select * into last from shop_log where shop_id = new.shop_id order by n desc limit 1;
  new.n := coalesce(last.n, 0) + 1;
  new.hash := sha256(coalesce(last.hash, '') || convert_to(shop_log_text(new), 'UTF8'));
  insert into to_seal values (new.shop_id, 'shop', new.n);
  return new;
end $$;

-- The entries that are there, in their order.
alter table shop_log disable trigger shop_log_is_append_only;
do $$
declare
  entry shop_log;
  last shop_log;
begin
  for entry in select * from shop_log order by shop_id, id loop
    if last.shop_id is distinct from entry.shop_id then
      last := null;
    end if;
    entry.n := coalesce(last.n, 0) + 1;
    entry.hash := sha256(coalesce(last.hash, '') || convert_to(shop_log_text(entry), 'UTF8'));
    update shop_log set n = entry.n, hash = entry.hash
     where shop_id = entry.shop_id and id = entry.id;
    last := entry;
  end loop;
end $$;
alter table shop_log enable trigger shop_log_is_append_only;
insert into to_seal select shop_id, 'shop', max(n) from shop_log group by 1;

alter table shop_log
  alter column n set not null,
  alter column hash set not null,
  add constraint shop_log_n unique (shop_id, n);
create trigger shop_log_is_chained before insert on shop_log
  for each row execute function chain_shop_log();

-- Who came in, and who may: written by triggers, so that no way of changing it can forget it. It
-- stands in every shop that the person works in.
create function log_access(person text, action text, facts jsonb) returns void
  language sql as $$
  insert into shop_log (shop_id, actor, area, subject, after)
  select m.shop_id,
         jsonb_build_object('kind', 'user', 'id', u.id, 'name', u.name)
           || case when facts ? 'ip' then jsonb_build_object('from',
                jsonb_build_object('ip', facts -> 'ip', 'requestId', null)) else '{}' end,
         'access', u.name, facts || jsonb_build_object('action', action)
    from members m join "user" u on u.id = m.user_id where u.id = person order by m.shop_id
$$;

create function log_session() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    perform log_access(new."userId", 'signed_in',
      jsonb_build_object('ip', new."ipAddress", 'userAgent', new."userAgent"));
  elsif old."expiresAt" > now() then
    perform log_access(old."userId", 'signed_out', '{}');
  end if;
  return null;
end $$;
create trigger session_is_logged after insert or delete on "session"
  for each row execute function log_session();

create function log_password() returns trigger language plpgsql as $$
begin
  perform log_access(new."userId", 'password_changed', '{}');
  return null;
end $$;
create trigger password_is_logged after update on "account"
  for each row when (old."password" is distinct from new."password")
  execute function log_password();

create function log_two_factor() returns trigger language plpgsql as $$
begin
  perform log_access(new."id",
    case when new."twoFactorEnabled" then 'two_factor_on' else 'two_factor_off' end, '{}');
  return null;
end $$;
create trigger two_factor_is_logged after update on "user"
  for each row when (coalesce(old."twoFactorEnabled", false)
    is distinct from coalesce(new."twoFactorEnabled", false))
  execute function log_two_factor();

create function log_member() returns trigger language plpgsql as $$
declare
  member members := coalesce(new, old);
begin
  insert into shop_log (shop_id, actor, area, subject, before, after)
  select member.shop_id, '{"kind": "system", "id": "renkei", "name": "Renkei"}', 'access',
         coalesce(u.name, member.user_id),
         case when tg_op <> 'INSERT' then jsonb_build_object('role', old.role) end,
         jsonb_build_object('action', case tg_op when 'INSERT' then 'member_added'
             when 'UPDATE' then 'role_changed' else 'member_removed' end)
           || case when tg_op <> 'DELETE' then jsonb_build_object('role', new.role)
                else '{}' end
    from (select 1) as one left join "user" u on u.id = member.user_id;
  return null;
end $$;
create trigger member_is_logged after insert or delete on members
  for each row execute function log_member();
create trigger role_is_logged after update on members
  for each row when (old.role is distinct from new.role) execute function log_member();
