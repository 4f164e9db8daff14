-- F59: what one person may not do alone with the shop's money waits for a second person.

-- The command that waits, as the order's journal tells it; null if none does.
alter table orders add column proposal jsonb;
create index orders_with_proposal on orders (shop_id, order_number) where proposal is not null;

-- What an operation counts towards its person's day. Numbered for each person, so that of two at
-- once the second is decided anew.
alter table operations add column draw jsonb;
create unique index one_draw_per_number on operations
  (shop_id, (actor ->> 'id'), ((draw ->> 'n')::int)) where draw is not null;
create index draws_by_day on operations (shop_id, (actor ->> 'id'), (draw ->> 'on'))
  where draw is not null;

-- The most yen of one person alone, and who may be the second; an absent part: no limit.
alter table shops add column limits jsonb not null default '{}';
