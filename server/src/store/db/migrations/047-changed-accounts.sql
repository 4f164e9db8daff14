-- Whoever has an account learns by mail of each change to how they come in (ASVS 6.3.7). The database
-- queues the mail where it logs the change, so that no way of changing it can forget it.

alter table mails
  drop constraint mails_kind_check,
  drop constraint mails_without_order_check,
  add constraint mails_kind_check check (kind in ('order_confirmation', 'preorder_confirmation',
    'thanks', 'payment_confirmation', 'shipping_notice', 'cancellation', 'status_change',
    'order_notice_1', 'order_notice_2', 'attention_digest', 'template_test', 'invitation',
    'second_person', 'account_notice')) not valid,
  add constraint mails_without_order_check check ((order_number is null) = (kind in
    ('attention_digest', 'template_test', 'invitation', 'second_person', 'account_notice')))
    not valid;

-- The changes that are mailed. ACTS in contract/src/attention/acts.ts has the same ones.
create function is_mailed(action text) returns boolean language sql immutable as $$
  select action in ('password_changed', 'two_factor_on', 'two_factor_off',
    'recovery_codes_renewed', 'passkey_added', 'passkey_removed',
    'directory_linked', 'directory_unlinked', 'email_changed', 'renamed')
$$;

-- One entry for each shop of the person, and one mail, from the first of them. It names the entry;
-- the outbox writes the words. A person is not told of a name that they gave themselves.
drop function log_access(text, text, jsonb);
create function log_access(person text, action text, facts jsonb, former jsonb default null)
returns void language sql as $$
  with logged as (
    insert into shop_log (shop_id, actor, area, subject, before, after)
    select m.shop_id,
           coalesce(nullif(current_setting('renkei.actor', true), '')::jsonb,
             jsonb_build_object('kind', 'user', 'id', u.id, 'name', u.name)
             || case when facts ? 'ip' then jsonb_build_object('from',
                  jsonb_build_object('ip', facts -> 'ip', 'requestId', null)) else '{}' end),
           'access', u.name, former, facts || jsonb_build_object('action', action)
      from members m join "user" u on u.id = m.user_id where u.id = person order by m.shop_id
    returning shop_id, n, actor ->> 'id' = person as "byThemselves"
  ), first_logged as (select * from logged order by shop_id limit 1)
  insert into mails (shop_id, kind, occasion, recipient)
  select shop_id, 'account_notice', 'account ' || n || ' ' || place, address
    from first_logged, "user" u,
         unnest(array[u."email", former ->> 'email']) with ordinality as told (address, place)
   where u.id = person and is_mailed(action) and address is not null
     and not (action = 'renamed' and "byThemselves")
$$;

create function log_person() returns trigger language plpgsql as $$
begin
  if old."email" <> new."email" then
    perform log_access(new."id", 'email_changed', jsonb_build_object('email', new."email"),
      jsonb_build_object('email', old."email"));
  end if;
  if old."name" <> new."name" then
    perform log_access(new."id", 'renamed', jsonb_build_object('name', new."name"),
      jsonb_build_object('name', old."name"));
  end if;
  return null;
end $$;
create trigger person_is_logged after update on "user"
  for each row when (old."email" <> new."email" or old."name" <> new."name")
  execute function log_person();

-- When a session ends, by the shop: minutes without a request that its person made, and hours after
-- the sign-in. Who works in several shops has the shortest of each, and in none the usual ones.
alter table shops
  add column session_idle_minutes int not null default 60
    check (session_idle_minutes between 5 and 720),
  add column session_hours int not null default 12 check (session_hours between 1 and 24);

create function session_ends(person text, out idle_minutes int, out hours int)
language sql stable as $$
  select coalesce(min(session_idle_minutes), 60), coalesce(min(session_hours), 12)
    from members join shops using (shop_id) where user_id = person
$$;

create function end_of(of_session "session") returns timestamptz language sql stable as $$
  select least(of_session."createdAt" + hours * interval '1 hour',
               of_session."updatedAt" + idle_minutes * interval '1 minute')
    from session_ends(of_session."userId")
$$;

-- Whoever begins or prolongs a session, the database sets its end.
create function set_session_end() returns trigger language plpgsql as $$
begin
  new."expiresAt" := end_of(new);
  return new;
end $$;
create trigger session_has_its_end before insert or update of "updatedAt" on "session"
  for each row execute function set_session_end();

-- A shorter setting holds at once; a longer one from the next request on.
create function shorten_sessions() returns trigger language plpgsql as $$
begin
  update "session" s set "expiresAt" = end_of(s)
   where "userId" in (select user_id from members where shop_id = new.shop_id)
     and "expiresAt" > end_of(s);
  return null;
end $$;
create trigger shop_shortens_sessions after update on shops for each row
  when ((old.session_idle_minutes, old.session_hours)
    is distinct from (new.session_idle_minutes, new.session_hours))
  execute function shorten_sessions();
create trigger member_shortens_sessions after insert on members
  for each row execute function shorten_sessions();

-- Passkeys: a person proves by a key of their device, which asks for its PIN or finger. The id and
-- the public key are WebAuthn's; the counter tells a copied key.
create table passkeys (
  id          text primary key,
  user_id     text not null references "user" ("id") on delete cascade,
  name        text not null,
  public_key  bytea not null,
  counter     bigint not null,
  transports  text[] not null,
  created_at  timestamptz not null default clock_timestamp(),
  used_at     timestamptz
);
create index passkeys_of_user on passkeys (user_id);

create function log_passkey() returns trigger language plpgsql as $$
declare
  passkey passkeys := coalesce(new, old);
begin
  perform log_access(passkey.user_id,
    case tg_op when 'INSERT' then 'passkey_added' else 'passkey_removed' end,
    jsonb_build_object('passkey', passkey.name));
  return null;
end $$;
create trigger passkey_is_logged after insert or delete on passkeys
  for each row execute function log_passkey();

-- A passkey lets its person in, so the log vouches for it with the password and the other factor.
create or replace function member_facts(shop text, person text) returns jsonb
language sql stable as $$
  select jsonb_build_object(
    'role', m.role,
    'email', mark_of(u."email"),
    'password', (select mark_of(string_agg("password", ' ' order by "id")) from "account"
                  where "userId" = person),
    'factor', case when u."twoFactorEnabled" then
                (select mark_of(string_agg("secret" || ' ' || "backupCodes", ' ' order by "id"))
                   from "twoFactor" where "userId" = person) end,
    'passkeys', (select mark_of(string_agg(id || ' ' || encode(public_key, 'hex'), ' ' order by id))
                   from passkeys where user_id = person),
    'directory', (select mark_of(string_agg("providerId" || ' ' || "accountId", ' ' order by "id"))
                    from "account" where "userId" = person and "providerId" <> 'credential'))
    from members m join "user" u on u."id" = m.user_id
   where m.shop_id = shop and m.user_id = person
$$;
create function record_passkeys() returns trigger language plpgsql as $$
declare
  passkey passkeys := coalesce(new, old);
begin
  perform record_member(shop_id, user_id) from
    (select shop_id, user_id from members where user_id = passkey.user_id order by shop_id)
      as theirs;
  return null;
end $$;
create constraint trigger passkey_is_recorded after insert or delete or update of public_key
  on passkeys deferrable initially deferred for each row execute function record_passkeys();

-- Sign-in by the company directory (OpenID Connect): better-auth keeps the person's issuer and subject
-- there as an account. A first sign-in links it, which is a change of how the person comes in.
alter table "session" drop constraint "session_begunBy_check",
  add constraint "session_begunBy_check" check ("begunBy" in
    ('pending', 'password', 'totp', 'recovery_code', 'passkey', 'directory', 'renewal')) not valid;
create function log_directory() returns trigger language plpgsql as $$
declare
  linked "account" := coalesce(new, old);
begin
  perform log_access(linked."userId",
    case tg_op when 'INSERT' then 'directory_linked' else 'directory_unlinked' end, '{}');
  return null;
end $$;
create trigger directory_is_logged after insert on "account"
  for each row when (new."providerId" <> 'credential') execute function log_directory();
create trigger directory_end_is_logged after delete on "account"
  for each row when (old."providerId" <> 'credential') execute function log_directory();

-- The subject names the person there, not the address: whoever is given a former person's address
-- is not linked to that person, too. At another issuer everybody is linked anew.
create unique index one_subject_per_directory on "account"
  ("userId", split_part("accountId", ' ', 1)) where "providerId" <> 'credential';
