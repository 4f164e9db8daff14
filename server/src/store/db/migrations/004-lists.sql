-- What the lists filter and sort by, キャンセル依頼, views that are kept, results that are frozen.

-- 発送日 and 送り状番号 of all destinations, taken out of the details.
create function shipped_dates_of(details jsonb) returns text[] language sql immutable as $$
  select coalesce(array_agg(day #>> '{}') filter (where jsonb_typeof(day) = 'string'), '{}')
    from jsonb_path_query(details, '$.destinations[*].shippedOn') as day
$$;
create function is_tracked(details jsonb) returns boolean language sql immutable as $$
  select exists (select from jsonb_path_query(details, '$.destinations[*].trackingNumber') as number
                  where number #>> '{}' <> '')
$$;
create function last_of(days text[]) returns text language sql immutable as $$
  select max(day) from unnest(days) as day
$$;

alter table orders
  add column shipped_dates   text[] generated always as (shipped_dates_of(details)) stored,
  add column last_shipped_on text generated always as (last_of(shipped_dates_of(details))) stored,
  add column tracked         boolean generated always as (is_tracked(details)) stored,
  -- The customer asks for the order to be cancelled; null once that is dealt with.
  add column cancel_requested_at timestamptz;

create index orders_cancel_requests on orders (shop_id, placed_at desc, order_number desc)
  where status = 'processing' and cancel_requested_at is not null;
create index orders_completed on orders (shop_id, placed_at desc, order_number desc)
  where status = 'completed';
create index orders_subscription on orders (shop_id, placed_at desc, order_number desc)
  where type in ('subscription', 'club');
create index orders_by_last_shipped on orders (shop_id, last_shipped_on)
  where last_shipped_on is not null;
create index orders_by_billed on orders (shop_id, billed, order_number);
create index orders_by_kana_sorted on orders (shop_id, customer_kana collate "C", order_number);
create index orders_by_authorized on orders
  (shop_id, coalesce(authorized_at, 'infinity'::timestamptz), order_number);
create index orders_to_capture on orders (shop_id, authorized_at)
  where transaction_state = 'authorized';
create index orders_by_paid on orders (shop_id, paid_on) where paid_on is not null;

-- A filter under a name, of one user in one shop.
create table list_views (
  shop_id     text not null references shops,
  user_id     text not null references "user" ("id") on delete cascade,
  id          uuid not null,
  name        text not null check (length(name) between 1 and 40),
  filter      jsonb not null,
  created_at  timestamptz not null default now(),
  primary key (shop_id, user_id, id),
  constraint list_views_name unique (shop_id, user_id, name)
);

-- The whole result of a filter as it was at one instant: orders, and the versions they had.
create table selections (
  shop_id        text not null references shops,
  id             uuid not null,
  actor          jsonb not null,
  filter         jsonb not null,
  order_numbers  text[] not null,
  versions       int[] not null,
  total          bigint not null,
  billed         bigint not null,
  created_at     timestamptz not null default now(),
  expires_at     timestamptz not null default now() + interval '24 hours',
  primary key (shop_id, id)
);
create index selections_expired on selections (expires_at);
