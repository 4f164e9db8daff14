-- 操作履歴 and ホーム read what happened lately, of all orders of a shop.
create index journal_newest on journal (shop_id, at desc);
create index operations_newest on operations (shop_id, created_at desc);
create index settings_log_newest on settings_log (shop_id, at desc);
