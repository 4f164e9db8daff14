-- CSV out, a shop's own layouts, who sends the parcels, and the log of all changes of settings.

alter table shops
  -- ご依頼主 on labels, and the shop's codes at the carriers.
  add column shipper jsonb not null default '{}',
  -- Per 決済種別: authorize at the order or check validity only, and the mail (S2).
  add column payment_policies jsonb not null default '{}',
  -- Where a bulk run asks for an extra confirmation (S2).
  add column confirm_orders int not null default 100 check (confirm_orders between 1 and 20000),
  add column confirm_yen int not null default 1000000 check (confirm_yen between 1 and 99999999);

-- Who changed what, from what, to what. Append-only.
create table settings_log (
  shop_id  text not null references shops,
  id       bigint generated always as identity,
  at       timestamptz not null default now(),
  actor    jsonb not null,
  area     text not null check (area in ('settings', 'mail_template', 'csv_layout')),
  subject  text not null,
  before   jsonb,
  after    jsonb,
  primary key (shop_id, id)
);
create trigger settings_log_is_append_only before update or delete on settings_log
  for each statement execute function refuse_change();

-- The shop's own CSV layouts.
create table csv_layouts (
  shop_id   text not null references shops,
  id        uuid not null,
  version   int not null default 1,
  name      text not null check (length(name) between 1 and 40),
  per       text not null check (per in ('line', 'destination', 'order')),
  encoding  text not null check (encoding in ('cp932', 'utf-8')),
  columns   jsonb not null,
  primary key (shop_id, id),
  constraint csv_layouts_name unique (shop_id, name)
);

-- Who took which data out of the shop. Append-only.
create table exports (
  shop_id   text not null references shops,
  id        bigint generated always as identity,
  at        timestamptz not null default now(),
  actor     jsonb not null,
  layout    text not null,
  encoding  text not null,
  orders    int not null,
  rows      int not null,
  primary key (shop_id, id)
);
create trigger exports_are_append_only before update or delete on exports
  for each statement execute function refuse_change();
