-- What the rules of orders need: more amounts, the order as it was first placed, and what was given
-- back to stock and points.

alter table orders
  add column cool_fee        int not null default 0 check (cool_fee >= 0),
  add column other_fee       int not null default 0 check (other_fee >= 0),
  add column discount        int not null default 0 check (discount >= 0),
  add column stock_returned  boolean not null default false,
  add column points_returned int not null default 0 check (points_returned >= 0),
  -- 初回受注情報: the details as first placed; null as long as they are still the same.
  add column first_details   jsonb;

-- 総合計金額 and 請求金額 have new parts. The tallies rest on them, and are the same for every order
-- that is there: the new parts are zero.
drop trigger tally_changed on orders;
alter table orders drop column billed, drop column total;
alter table orders
  add column total int not null generated always as
    (items + shipping + payment_fee + wrapping + cool_fee + other_fee) stored,
  add column billed int not null generated always as
    (items + shipping + payment_fee + wrapping + cool_fee + other_fee
      - points_used - coupon_discount - discount) stored,
  add check (billed >= 0),
  add check (points_returned <= points_used);
create index orders_by_billed on orders (shop_id, billed, order_number);
create trigger tally_changed after update on orders
  for each row when (
    (old.status, old.type, old.paid_on is null, old.shipped, old.payment_kind, old.total, old.billed)
    is distinct from
    (new.status, new.type, new.paid_on is null, new.shipped, new.payment_kind, new.total, new.billed)
  ) execute function tally_order();

-- The entries that are there say nothing of what is new: no products were edited, nothing given
-- back. Said in full, so that a journal still replays to its order (promise 5).
alter table journal disable trigger journal_is_append_only;
update journal j set event = jsonb_set(j.event, '{order}', (j.event -> 'order')
    || jsonb_build_object('stockReturned', false, 'pointsReturned', 0,
         'lines', jsonb_path_query_array(o.details, '$.destinations[*].lines'),
         'amounts', (j.event -> 'order' -> 'amounts') || '{"coolFee":0,"otherFee":0,"discount":0}'))
  from orders o
 where j.event ->> 'kind' = 'order_placed'
   and o.shop_id = j.shop_id and o.order_number = j.order_number;
update journal set event = jsonb_set(event, '{amounts}',
    (event -> 'amounts') || '{"coolFee":0,"otherFee":0,"discount":0}')
 where event ->> 'kind' = 'amounts_edited';
alter table journal enable trigger journal_is_append_only;

-- What other systems are to read: stock and points given back, or taken again (V6). Numbered in
-- each shop without a gap, in the order of the commits: whoever has read up to a number has all.
create table movement_counters (
  shop_id  text primary key references shops,
  last     bigint not null
);
create table movements (
  shop_id       text not null,
  number        bigint not null,
  order_number  text not null,
  version       int not null,
  at            timestamptz not null,
  movement      jsonb not null,
  primary key (shop_id, number),
  foreign key (shop_id, order_number, version) references journal
);
create trigger movements_are_append_only before update or delete on movements
  for each statement execute function refuse_change();
