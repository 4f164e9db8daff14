-- Verifications of the audit trail: who asked for one, how far it has come, and what it has found.
create table verifications (
  shop_id      text not null references shops,
  id           text not null,
  started_at   timestamptz not null default now(),
  started_by   text not null,
  -- The last sign of life of whoever carries it out.
  heard_at     timestamptz not null default now(),
  -- Entries of the orders' journals: read so far, and of how many there were at the beginning.
  entries_read bigint not null default 0,
  entries      bigint not null,
  finished_at  timestamptz,
  outcome      text check (outcome in ('right', 'wrong', 'cancelled', 'interrupted')),
  -- What was checked, what was found, the last seal of all, and the last that stands outside.
  found        jsonb,
  primary key (shop_id, id),
  check ((finished_at is null) = (outcome is null)),
  check ((outcome in ('right', 'wrong')) = (found is not null))
);
-- Reading everything is work for the whole database: one at a time.
create unique index one_verification on verifications ((true)) where finished_at is null;
create index verifications_newest on verifications (shop_id, started_at desc);
