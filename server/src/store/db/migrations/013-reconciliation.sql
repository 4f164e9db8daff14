-- 照合: what was seen at F-REGI by business date, and the periods that are closed.
create index seen_transactions_captured on seen_transactions (shop_id, captured_at)
  where captured_at is not null;
create index seen_transactions_cancelled on seen_transactions (shop_id, cancelled_at)
  where cancelled_at is not null;
create index journal_moving on journal (shop_id, at)
  where event ->> 'kind' in ('transaction_moved', 'transaction_corrected');

-- A closed day or month: the equation and every line as they were, under a hash that includes the
-- one before. What comes to light later is a correction of the next period. Append-only.
create table closings (
  shop_id     text not null references shops,
  from_on     date not null,
  to_on       date not null check (to_on >= from_on),
  closed_at   timestamptz not null default now(),
  actor       jsonb not null,
  -- json, not jsonb: the very text that the hash is over.
  equation    json not null,
  lines       json not null,
  hash        text not null,
  primary key (shop_id, to_on)
);
create unique index closings_by_from on closings (shop_id, from_on);
create trigger closings_are_append_only before update or delete on closings
  for each statement execute function refuse_change();

-- What F-REGI's side had booked in the closed periods: what is not here came to light later.
create table booked_entries (
  shop_id  text not null,
  seqno    text not null,
  kind     text not null check (kind in ('capture', 'refund')),
  on_date  date not null,
  amount   int not null,
  to_on    date not null,
  primary key (shop_id, kind, seqno),
  foreign key (shop_id, to_on) references closings
);
