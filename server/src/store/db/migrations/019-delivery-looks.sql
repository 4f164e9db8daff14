-- When deliveries of subscriptions were looked for last, by any process; one row for all shops (B4).
create table delivery_look (
  single     boolean primary key default true check (single),
  looked_at  timestamptz,
  -- The last look that broke off; what it had not made, the next one makes.
  failed_at  timestamptz
);
-- The tab of the list counts a shop's active applications.
create index subscriptions_active on subscriptions (shop_id) where status = 'active';
-- Applications of a shop whose deliveries have orders that may wait on hold.
create index subscription_deliveries_by_order on subscription_deliveries (shop_id, order_number)
  where order_number is not null;
