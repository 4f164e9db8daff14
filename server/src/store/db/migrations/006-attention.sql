-- What F-REGI was seen to hold, and where that does not fit what we hold: 要対応.

-- One look at F-REGI: an inquiry about one slip, or a file from the console. Append-only.
create table sightings (
  shop_id       text not null references shops,
  id            uuid not null,
  source        text not null check (source in ('inquiry', 'console_csv', 'person')),
  -- As of when it is true; never later than when it was recorded.
  seen_at       timestamptz not null,
  recorded_at   timestamptz not null default now(),
  actor         jsonb not null,
  -- An inquiry sees all transactions of one slip.
  slip_id       text,
  -- A file: its name and contents' hash, and the business dates that it covers.
  file_name     text,
  file_hash     text,
  covers_from   date,
  covers_to     date,
  transactions  int not null,
  primary key (shop_id, id),
  check ((source = 'inquiry') = (slip_id is not null)),
  check ((source = 'console_csv') = (file_hash is not null))
);
create unique index one_sighting_per_file on sightings (shop_id, file_hash)
  where file_hash is not null;
create index sightings_newest on sightings (shop_id, recorded_at desc);

-- What a look has shown, transaction by transaction. Append-only.
create table observations (
  shop_id        text not null,
  sighting_id    uuid not null,
  seqno          text not null check (seqno ~ '^[0-9]{20}$'),
  slip_id        text not null,
  auth_code      text,
  state          text not null,
  amount         int not null check (amount >= 0),
  authorized_at  timestamptz,
  captured_at    timestamptz,
  cancelled_at   timestamptz,
  primary key (shop_id, seqno, sighting_id),
  foreign key (shop_id, sighting_id) references sightings
);
create trigger sightings_are_append_only before update or delete on sightings
  for each statement execute function refuse_change();
create trigger observations_are_append_only before update or delete on observations
  for each statement execute function refuse_change();

-- Every transaction as it was last seen. Never replaced by what was seen earlier.
create table seen_transactions (
  shop_id        text not null references shops,
  seqno          text not null,
  slip_id        text not null,
  auth_code      text,
  state          text not null,
  amount         int not null,
  authorized_at  timestamptz,
  captured_at    timestamptz,
  cancelled_at   timestamptz,
  seen_at        timestamptz not null,
  source         text not null,
  sighting_id    uuid not null,
  primary key (shop_id, seqno)
);
create index seen_transactions_by_slip on seen_transactions (shop_id, slip_id);

-- When all transactions of a slip were last looked up, so that what is not there is known to be so.
create table seen_slips (
  shop_id  text not null references shops,
  slip_id  text not null,
  seen_at  timestamptz not null,
  primary key (shop_id, slip_id)
);

-- A round of inquiries over the orders of a shop, with what it covered.
create table sweeps (
  shop_id      text not null references shops,
  id           uuid not null,
  started_at   timestamptz not null default now(),
  finished_at  timestamptz,
  orders       int not null,
  looked       int not null default 0,
  failed       int not null default 0,
  primary key (shop_id, id)
);
create index sweeps_newest on sweeps (shop_id, started_at desc);

-- 要対応: where an order and F-REGI do not fit together, from when it is found until it is closed.
create table attention (
  shop_id       text not null references shops,
  id            uuid not null,
  kind          text not null,
  story         text not null,
  urgency       text not null check (urgency in ('now', 'today', 'later')),
  -- The order; null for a transaction that no order is known for.
  order_number  text,
  seqno         text,
  amount        int not null,
  due_on        date,
  -- Both sides as they were found, and what can be done: domain/drift.ts.
  drift         jsonb not null,
  fingerprint   text not null,
  version       int not null default 1,
  found_at      timestamptz not null default now(),
  changed_at    timestamptz not null default now(),
  assignee      jsonb,
  snoozed_until timestamptz,
  closed_at     timestamptz,
  -- `agreed`: by itself, when both fitted again. `by_hand`: by a person, who said why.
  closed_how    text check (closed_how in ('agreed', 'by_hand')),
  closed_by     jsonb,
  close_reason  text,
  primary key (shop_id, id),
  check (order_number is not null or seqno is not null),
  check ((closed_at is null) = (closed_how is null)),
  check ((closed_how is not distinct from 'by_hand') = (close_reason is not null))
);
create unique index one_open_attention on attention
  (shop_id, kind, coalesce(order_number, seqno)) where closed_at is null;
create index attention_open on attention (shop_id, urgency, due_on, found_at)
  where closed_at is null;
create index attention_of_order on attention (shop_id, order_number, found_at desc);
create index attention_closed_by_hand on attention (shop_id, kind, coalesce(order_number, seqno))
  where closed_how = 'by_hand';

-- Who did what with an item of attention. Append-only.
create table attention_log (
  id            bigint generated always as identity primary key,
  shop_id       text not null,
  attention_id  uuid not null,
  at            timestamptz not null default now(),
  actor         jsonb not null,
  action        text not null,
  facts         jsonb not null default '{}',
  foreign key (shop_id, attention_id) references attention
);
create index attention_log_of_item on attention_log (shop_id, attention_id, id);
create index attention_log_newest on attention_log (shop_id, at desc);
create trigger attention_log_is_append_only before update or delete on attention_log
  for each statement execute function refuse_change();

-- Orders that have to be compared again, because they changed, or because F-REGI was seen to have.
-- Written by triggers, so that no way of writing an order can forget it. Changes only ever add
-- rows, so that no two captures wait for each other; whoever compares takes them away.
create table touched_orders (
  id            bigint generated always as identity primary key,
  shop_id       text not null,
  order_number  text not null
);

create function touch_order() returns trigger language plpgsql as $$
begin
  insert into touched_orders (shop_id, order_number) values (new.shop_id, new.order_number);
  return null;
end $$;
create trigger touch_new_order after insert on orders
  for each row when (new.transaction_state is not null) execute function touch_order();
create trigger touch_changed_order after update on orders
  for each row when (
    (old.status, old.paid_on is null, old.payment_kind, old.billed, old.transaction_state,
      old.transaction_amount, old.seqno)
    is distinct from
    (new.status, new.paid_on is null, new.payment_kind, new.billed, new.transaction_state,
      new.transaction_amount, new.seqno)
  ) execute function touch_order();
create trigger touch_in_doubt after update on operations
  for each row when (
    old.state is distinct from new.state
    and (old.state in ('unknown', 'review') or new.state in ('unknown', 'review'))
  ) execute function touch_order();

create function touch_slip() returns trigger language plpgsql as $$
begin
  insert into touched_orders (shop_id, order_number)
  select distinct o.shop_id, o.order_number
    from seen join orders o on o.shop_id = seen.shop_id and o.slip_id = seen.slip_id;
  return null;
end $$;
create trigger touch_seen after insert on observations
  referencing new table as seen for each statement execute function touch_slip();
-- Another deadline is another day for every authorization of the shop (C10).
create function touch_authorized() returns trigger language plpgsql as $$
begin
  insert into touched_orders (shop_id, order_number)
  select shop_id, order_number from orders
   where shop_id = new.shop_id and transaction_state = 'authorized';
  return null;
end $$;
create trigger touch_deadlines after update on shops
  for each row when (old.capture_deadline_days is distinct from new.capture_deadline_days)
  execute function touch_authorized();
create index orders_by_slip on orders (shop_id, slip_id) where slip_id is not null;

-- What is authorized and not captured, by when it must be (C10), across every status (C7).
create index orders_authorized on orders (shop_id, authorized_at)
  where transaction_state = 'authorized';
create index operations_in_doubt on operations (shop_id, created_at)
  where state in ('unknown', 'review');

-- What is there already is compared once.
insert into touched_orders (shop_id, order_number)
select shop_id, order_number from orders where transaction_state is not null;
