-- The journal as an audit trail: entries that cannot be changed without its being found out.

-- Each entry's hash covers the entry and the hash of the one before it in the same order, so the
-- last hash of an order vouches for its whole history. Orders do not wait for each other.
alter table journal add column hash bytea;

-- An entry as it is hashed: the text that PostgreSQL itself prints for the array, the instant in
-- microseconds since 1970 UTC. Written a second time in audit/chain.ts.
create function entry_text(entry journal) returns text language sql stable as $$
  select jsonb_build_array(entry.shop_id, entry.order_number, entry.version,
    (extract(epoch from entry.at) * 1000000)::bigint, entry.actor, entry.operation_id,
    entry.event)::text
$$;

create function chain_entry() returns trigger language plpgsql as $$
declare
  earlier bytea := '';
begin
  if new.version > 1 then
    select hash into earlier from journal
     where shop_id = new.shop_id and order_number = new.order_number
       and version = new.version - 1;
    if not found then
      raise exception 'the journal of order % has no entry %', new.order_number, new.version - 1;
    end if;
  end if;
  new.hash := sha256(earlier || convert_to(entry_text(new), 'UTF8'));
  return new;
end $$;

-- The entries that are there, in their order.
alter table journal disable trigger journal_is_append_only;
do $$
declare
  entry journal;
  earlier bytea;
begin
  for entry in select * from journal order by shop_id, order_number, version loop
    if entry.version = 1 then
      earlier := '';
    end if;
    earlier := sha256(earlier || convert_to(entry_text(entry), 'UTF8'));
    update journal set hash = earlier
     where shop_id = entry.shop_id and order_number = entry.order_number
       and version = entry.version;
  end loop;
end $$;
alter table journal enable trigger journal_is_append_only;

alter table journal alter column hash set not null;
create trigger journal_is_chained before insert on journal
  for each row execute function chain_entry();

-- Orders with entries that no seal covers yet: written with the entries, taken out by the sealer.
create table to_seal (
  shop_id       text not null,
  order_number  text not null,
  version       int not null
);
insert into to_seal select shop_id, order_number, max(version) from journal group by 1, 2;

create function queue_for_seal() returns trigger language plpgsql as $$
begin
  insert into to_seal
    select shop_id, order_number, max(version) from added group by shop_id, order_number;
  return null;
end $$;
create trigger journal_is_to_be_sealed after insert on journal
  referencing new table as added for each statement execute function queue_for_seal();

-- Seals chain the histories of a shop: each covers the orders that were written to since the one
-- before it, by their last hashes, and is also appended to a file outside of the database.
create table seals (
  shop_id  text not null references shops,
  n        bigint not null check (n >= 1),
  at       timestamptz not null,
  -- [[order number, version, hash], …] as JSON, exactly as it was hashed.
  heads    text not null,
  hash     bytea not null,
  primary key (shop_id, n)
);
create trigger seals_are_append_only before update or delete on seals
  for each statement execute function refuse_change();

-- Why nothing is asked of any gateway: a row while the database is known to be behind the seals
-- that were written outside of it, and how that ended.
create table safe_modes (
  id           bigint generated always as identity primary key,
  entered_at   timestamptz not null default now(),
  cause        jsonb not null,
  -- When every order was compared with its gateway, and what came of it.
  compared_at  timestamptz,
  report       jsonb,
  released_at  timestamptz,
  released_by  text,
  check ((released_at is null) = (released_by is null)),
  check ((compared_at is null) = (report is null))
);
create unique index one_safe_mode on safe_modes ((true)) where released_at is null;
