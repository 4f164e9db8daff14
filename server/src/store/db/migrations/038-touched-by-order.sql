-- An order's page asks whether the order has changed since it was compared last.
create index touched_by_order on touched_orders (shop_id, order_number);
