-- Shops, orders, and the money operations on them.
-- Every table carries shop_id first in its key: a shop never sees another's rows, and shops can be
-- spread over clusters without a change of schema. Amounts are whole yen. Instants are UTC.

create table shops (
  shop_id                text primary key,
  name                   text not null,
  link_enabled           boolean not null default true,
  inquiry                boolean not null default false,
  capture_deadline_days  int not null default 60 check (capture_deadline_days between 1 and 365),
  fregi_environment      text not null check (fregi_environment in ('sandbox', 'test', 'production')),
  fregi_shop_id          text not null check (fregi_shop_id ~ '^[0-9]{5}$'),
  fregi_base_url         text not null,
  fregi_inquiry_url      text,
  version                int not null default 1,
  updated_at             timestamptz not null default now()
);

create table orders (
  shop_id                text not null references shops,
  order_number           text not null check (order_number ~ '^[0-9]{12}$'),
  version                int not null check (version >= 1),

  -- the four axes
  type                   text not null,
  status                 text not null,
  paid_on                date,
  shipped                boolean not null,
  transaction_state      text,

  channel                text not null,
  placed_at              timestamptz not null,
  payment_kind           text not null,
  payment_method         text not null,

  items                  int not null check (items >= 0),
  shipping               int not null check (shipping >= 0),
  payment_fee            int not null check (payment_fee >= 0),
  wrapping               int not null check (wrapping >= 0),
  points_used            int not null check (points_used >= 0),
  coupon_discount        int not null check (coupon_discount >= 0),
  total                  int not null generated always as
                           (items + shipping + payment_fee + wrapping) stored,
  billed                 int not null generated always as
                           (items + shipping + payment_fee + wrapping
                             - points_used - coupon_discount) stored,

  -- the transaction at F-REGI, as far as we know it
  seqno                  text check (seqno ~ '^[0-9]{20}$'),
  auth_code              text,
  slip_id                text,
  customer_id            text,
  transaction_amount     int check (transaction_amount >= 0),
  authorized_at          timestamptz,
  transaction_as_of      timestamptz,

  mail_sending           text not null default 'auto' check (mail_sending in ('auto', 'manual')),
  mail_sent_count        int not null default 0,
  mail_last_sent_at      timestamptz,

  -- what lists show and search, taken out of the details
  customer_name          text not null,
  customer_kana          text not null,
  customer_phone         text not null,
  customer_email         text not null,
  prefecture             text not null,
  multiple_destinations  boolean not null,
  requested_delivery     text not null,
  details                jsonb not null,

  primary key (shop_id, order_number),
  check (billed >= 0),
  check ((transaction_state is null) = (slip_id is null)),
  check ((transaction_state is null) = (transaction_amount is null))
) with (fillfactor = 85);

create unique index orders_by_seqno on orders (shop_id, seqno) where seqno is not null;
create index orders_newest on orders (shop_id, placed_at desc, order_number desc);
create index orders_unpaid on orders (shop_id, placed_at desc, order_number desc)
  where status = 'processing' and paid_on is null;
create index orders_unshipped on orders (shop_id, placed_at desc, order_number desc)
  where status = 'processing' and not shipped;
create index orders_preorder on orders (shop_id, placed_at desc, order_number desc)
  where status = 'preorder';
create index orders_on_hold on orders (shop_id, placed_at desc, order_number desc)
  where status = 'on_hold';
create index orders_by_name on orders (shop_id, customer_name text_pattern_ops);
create index orders_by_kana on orders (shop_id, customer_kana text_pattern_ops);
create index orders_by_phone on orders (shop_id, customer_phone text_pattern_ops);
create index orders_by_email on orders (shop_id, lower(customer_email) text_pattern_ops);

-- Numbers and sums of orders by axis, for tabs and totals, exact and without counting.
-- Changes only ever add rows here, so that no two captures wait for each other; the worker folds
-- them together from time to time.
create table order_tallies (
  shop_id       text not null,
  status        text not null,
  type          text not null,
  paid          boolean not null,
  shipped       boolean not null,
  payment_kind  text not null,
  orders        bigint not null,
  total         bigint not null,
  billed        bigint not null
);
create index order_tallies_by_shop on order_tallies (shop_id);

create function tally_order() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then
    insert into order_tallies values (old.shop_id, old.status, old.type, old.paid_on is not null,
      old.shipped, old.payment_kind, -1, -old.total, -old.billed);
  end if;
  if tg_op <> 'DELETE' then
    insert into order_tallies values (new.shop_id, new.status, new.type, new.paid_on is not null,
      new.shipped, new.payment_kind, 1, new.total, new.billed);
  end if;
  return null;
end $$;

create trigger tally_new_or_gone after insert or delete on orders
  for each row execute function tally_order();
create trigger tally_changed after update on orders
  for each row when (
    (old.status, old.type, old.paid_on is null, old.shipped, old.payment_kind, old.total, old.billed)
    is distinct from
    (new.status, new.type, new.paid_on is null, new.shipped, new.payment_kind, new.total, new.billed)
  ) execute function tally_order();

-- One intent on one order (M1). At most one is open per order (M3): the index says so.
create table operations (
  shop_id       text not null,
  id            uuid not null,
  order_number  text not null,
  key           text not null check (length(key) between 1 and 255),
  input_hash    text not null,
  actor         jsonb not null,
  goal          text,
  amount        int not null check (amount >= 0),
  afterwards    jsonb,
  card_token    text,
  state         text not null check
                  (state in ('asking', 'unknown', 'review', 'succeeded', 'declined', 'not_sent')),
  reason        text,
  due_at        timestamptz not null,
  unsent_tries  int not null,
  looks         int not null,
  created_at    timestamptz not null,
  ended_at      timestamptz,
  primary key (shop_id, id),
  unique (shop_id, key),
  foreign key (shop_id, order_number) references orders,
  check ((ended_at is null) = (state in ('asking', 'unknown', 'review')))
) with (fillfactor = 80);

create unique index one_open_operation_per_order on operations (shop_id, order_number)
  where state in ('asking', 'unknown', 'review');
create index operations_due on operations (due_at) where state in ('asking', 'unknown');
create index operations_of_order on operations (shop_id, order_number, created_at);

-- One call to F-REGI, committed as 'sent' before its first byte leaves (M1).
create table steps (
  shop_id       text not null,
  operation_id  uuid not null,
  n             int not null check (n >= 1),
  verb          text not null,
  seqno         text,
  amount        int not null,
  repeat        boolean not null,
  state         text not null check (state in
                  ('sent', 'unknown', 'done', 'refused', 'unsent', 'proven', 'disproven', 'repeated')),
  sent_at       timestamptz not null,
  answered_at   timestamptz,
  code          text,
  text          text,
  primary key (shop_id, operation_id, n),
  foreign key (shop_id, operation_id) references operations
) with (fillfactor = 80);

create unique index one_open_step_per_operation on steps (shop_id, operation_id)
  where state in ('sent', 'unknown');

-- What happened to an order; its state is the replay of this (promise 5). Append-only.
create table journal (
  shop_id       text not null,
  order_number  text not null,
  version       int not null,
  at            timestamptz not null,
  actor         jsonb not null,
  operation_id  uuid,
  event         jsonb not null,
  primary key (shop_id, order_number, version),
  foreign key (shop_id, order_number) references orders
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name;
end $$;
create trigger journal_is_append_only before update or delete on journal
  for each statement execute function refuse_change();

-- Mails to be sent, written with the event that asks for them; one per occasion.
create table mails (
  id            bigint generated always as identity primary key,
  shop_id       text not null,
  order_number  text not null,
  kind          text not null check (kind in ('payment_confirmation')),
  occasion      text not null,
  state         text not null default 'queued' check
                  (state in ('queued', 'sending', 'sent', 'unknown', 'failed')),
  tries         int not null default 0,
  due_at        timestamptz not null default now(),
  recipient     text,
  subject       text,
  body          text,
  error         text,
  created_at    timestamptz not null default now(),
  sent_at       timestamptz,
  unique (shop_id, order_number, kind, occasion),
  foreign key (shop_id, order_number) references orders
);
create index mails_due on mails (due_at) where state in ('queued', 'sending');

-- A bulk run: a list of orders, each carried out as an operation of its own, whose key is
-- run:<run_id>:<position>.
create table runs (
  shop_id       text not null references shops,
  id            uuid not null,
  key           text not null,
  input_hash    text not null,
  actor         jsonb not null,
  paid_on       date not null,
  mail          text not null check (mail in ('auto', 'manual')),
  state         text not null check (state in ('running', 'paused', 'stopped', 'finished')),
  created_at    timestamptz not null default now(),
  ended_at      timestamptz,
  primary key (shop_id, id),
  unique (shop_id, key)
);
create index runs_running on runs (created_at) where state = 'running';

create table run_rows (
  shop_id        text not null,
  run_id         uuid not null,
  position       int not null,
  order_number   text not null,
  order_version  int not null,
  state          text not null default 'waiting' check
                   (state in ('waiting', 'accepted', 'refused', 'stopped')),
  reason         text,
  primary key (shop_id, run_id, position),
  unique (shop_id, run_id, order_number),
  foreign key (shop_id, run_id) references runs
);

-- Files of orders that were imported: the same file twice changes nothing.
create table imports (
  shop_id      text not null references shops,
  file_hash    text not null,
  actor        jsonb not null,
  orders       int not null,
  imported_at  timestamptz not null default now(),
  primary key (shop_id, file_hash)
);
