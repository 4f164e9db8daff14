-- 定期・頒布会申込: applications, and the deliveries that were made of them (B4).
create table subscriptions (
  shop_id           text not null references shops,
  code              text not null check (code ~ '^[A-Za-z0-9-]{1,20}$'),
  type              text not null check (type in ('subscription', 'club')),
  status            text not null default 'active' check
                      (status in ('active', 'cancelled', 'finished')),
  channel           text not null,
  cycle             jsonb not null,
  -- The day of the month that monthly deliveries keep.
  day_of_month      int not null check (day_of_month between 1 and 31),
  next_delivery_on  date,
  lead_days         int not null check (lead_days between 0 and 60),
  deliveries        int check (deliveries >= 1),
  -- How many deliveries were made or skipped.
  last_delivery     int not null default 0,
  payment_kind      text not null,
  payment_method    text not null,
  customer_id       text,
  amounts           jsonb not null,
  details           jsonb not null,
  customer_name     text not null,
  version           int not null default 1,
  created_at        timestamptz not null default now(),
  primary key (shop_id, code),
  check ((status = 'active') = (next_delivery_on is not null))
);
create index subscriptions_due on subscriptions ((next_delivery_on - lead_days))
  where status = 'active';

-- One row for each delivery: its key is what makes it once.
create table subscription_deliveries (
  shop_id       text not null,
  code          text not null,
  n             int not null,
  deliver_on    date not null,
  state         text not null check (state in ('ordered', 'skipped')),
  order_number  text,
  -- True until F-REGI has been asked, or need not be.
  to_authorize  boolean not null default false,
  actor         jsonb not null,
  at            timestamptz not null default now(),
  primary key (shop_id, code, n),
  foreign key (shop_id, code) references subscriptions,
  check ((state = 'ordered') = (order_number is not null))
);
create index subscription_deliveries_to_authorize on subscription_deliveries (at)
  where to_authorize;

-- Who changed an application, and how. Append-only.
create table subscription_log (
  shop_id  text not null,
  code     text not null,
  version  int not null,
  at       timestamptz not null default now(),
  actor    jsonb not null,
  event    jsonb not null,
  primary key (shop_id, code, version),
  foreign key (shop_id, code) references subscriptions
);
create trigger subscription_log_is_append_only before update or delete on subscription_log
  for each statement execute function refuse_change();

-- The orders that Renkei makes itself are numbered apart from the cart's: 8, serial, three digits.
create table own_order_numbers (
  shop_id  text primary key references shops,
  last     int not null
);
