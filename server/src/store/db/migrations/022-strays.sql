-- D12: an operation may be about another transaction of the slip than the order is linked to.
alter table operations add column stray jsonb;

-- 照合 reads what was given back of it, too.
drop index journal_moving;
create index journal_moving on journal (shop_id, at)
  where event ->> 'kind' in ('transaction_moved', 'transaction_corrected', 'stray_moved');
