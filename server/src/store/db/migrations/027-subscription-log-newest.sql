-- What was done to applications stands in 操作履歴, newest first.
create index subscription_log_newest on subscription_log (shop_id, at desc);
