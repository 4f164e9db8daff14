-- An owner lets colleagues in: by a link that is good once. Only its hash is kept.
create table invitations (
  shop_id     text not null references shops,
  id          text not null,
  email       text not null,
  name        text not null,
  role        text not null check (role in ('owner', 'clerk', 'accountant', 'viewer')),
  token_hash  bytea not null unique,
  invited_by  text not null,
  created_at  timestamptz not null default now(),
  expires_at  timestamptz not null,
  primary key (shop_id, id)
);
-- One for each person: another one takes its place.
create unique index invitations_of_person on invitations (shop_id, lower(email));

-- Who may, with who said so, where somebody did: the server names them for its transaction.
create or replace function log_member() returns trigger language plpgsql as $$
declare
  member members := coalesce(new, old);
begin
  insert into shop_log (shop_id, actor, area, subject, before, after)
  select member.shop_id,
         coalesce(nullif(current_setting('renkei.actor', true), '')::jsonb,
           '{"kind": "system", "id": "renkei", "name": "Renkei"}'), 'access',
         coalesce(u.name, member.user_id),
         case when tg_op <> 'INSERT' then jsonb_build_object('role', old.role) end,
         jsonb_build_object('action', case tg_op when 'INSERT' then 'member_added'
             when 'UPDATE' then 'role_changed' else 'member_removed' end)
           || case when tg_op <> 'DELETE' then jsonb_build_object('role', new.role)
                else '{}' end
    from (select 1) as one left join "user" u on u.id = member.user_id;
  return null;
end $$;
