-- The newest first, with what lists filter by and sum up: number and sums of a whole result, and
-- which orders stand on a page, are then read from the index alone.
drop index orders_newest;
create index orders_newest on orders (shop_id, placed_at desc, order_number desc)
  include (total, billed, status, type, paid_on, shipped, payment_kind, channel, transaction_state,
    customer_name, customer_kana);
