-- O5: an order that is handed over again is compared with what was handed over first. The journal
-- and 初回受注情報 keep nearly all of that; of a card's token, which pays once and is not kept, its
-- hash tells whether the cart repeats its request. Null: the order has none, or is older.
alter table orders add column card_token_hash text;

-- A new 発行番号 of an order stands beside the old one; the newest is shown first.
alter table redirect_payments add column handed_over_at timestamptz not null default now();
