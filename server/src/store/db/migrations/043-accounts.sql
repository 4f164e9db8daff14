-- What ends a session, what stands in the log about it, and what an owner may demand.

-- How a session began. 'pending': the password was right, and a second factor is still to come; no
-- request is answered for it. 'renewal': it took the place of another of the same person, after a
-- changed password or factor. Null: an older server made it.
alter table "session" add column "begunBy" text
  check ("begunBy" in ('pending', 'password', 'totp', 'recovery_code', 'renewal'));

-- A session ends 12 hours after its sign-in, whatever an older server has promised.
update "session" set "expiresAt" = "createdAt" + interval '12 hours'
 where "expiresAt" > "createdAt" + interval '12 hours';

-- The last step of 30 seconds whose code was accepted: a code is good once.
alter table "twoFactor" add column "lastStep" bigint;

-- Whoever is named for the transaction did it; otherwise the person themselves.
create or replace function log_access(person text, action text, facts jsonb) returns void
  language sql as $$
  insert into shop_log (shop_id, actor, area, subject, after)
  select m.shop_id,
         coalesce(nullif(current_setting('renkei.actor', true), '')::jsonb,
           jsonb_build_object('kind', 'user', 'id', u.id, 'name', u.name)
           || case when facts ? 'ip' then jsonb_build_object('from',
                jsonb_build_object('ip', facts -> 'ip', 'requestId', null)) else '{}' end),
         'access', u.name, facts || jsonb_build_object('action', action)
    from members m join "user" u on u.id = m.user_id where u.id = person order by m.shop_id
$$;

-- A sign-in is logged when the last factor was right, with that factor. The server logs how a
-- session ended: only it knows whether the person, an owner or a changed password ended it.
create or replace function log_session() returns trigger language plpgsql as $$
begin
  perform log_access(new."userId", 'signed_in', jsonb_strip_nulls(jsonb_build_object(
    'ip', new."ipAddress", 'userAgent', new."userAgent", 'factor', new."begunBy")));
  return null;
end $$;
drop trigger session_is_logged on "session";
create trigger session_is_logged after insert on "session" for each row
  when (coalesce(new."begunBy", '') not in ('pending', 'renewal')) execute function log_session();

-- A changed password or factor ends every session of the person, whoever changes it; the server
-- gives the browser that changed it a new one.
create function end_sessions() returns trigger language plpgsql as $$
begin
  delete from "session" where "userId" = case tg_table_name
    when 'account' then to_jsonb(new) ->> 'userId' else to_jsonb(new) ->> 'id' end;
  return null;
end $$;
create trigger password_ends_sessions after update on "account"
  for each row when (old."password" is distinct from new."password")
  execute function end_sessions();
create trigger two_factor_ends_sessions after update on "user"
  for each row when (coalesce(old."twoFactorEnabled", false)
    is distinct from coalesce(new."twoFactorEnabled", false))
  execute function end_sessions();

-- A link to set a forgotten password, good once: only its hash is kept. One for each person.
create table password_resets (
  user_id     text primary key references "user" ("id") on delete cascade,
  token_hash  bytea not null unique,
  created_at  timestamptz not null default clock_timestamp(),
  expires_at  timestamptz not null
);

-- Everybody who works in the shop needs a second factor.
alter table shops add column require_two_factor boolean not null default false;
