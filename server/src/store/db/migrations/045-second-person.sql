-- F59: what one person may not do alone with the shop's money waits for a second person.

-- The command that waits, as the order's journal tells it; null if none does.
alter table orders add column proposal jsonb;
create index orders_with_proposal on orders (shop_id, order_number) where proposal is not null;
create trigger touch_proposed_order after update on orders
  for each row when (old.proposal is distinct from new.proposal) execute function touch_order();

-- What an operation counts towards its person's day. Numbered for each person, so that of two at
-- once the second is decided anew.
alter table operations add column draw jsonb;
create unique index one_draw_per_number on operations
  (shop_id, (actor ->> 'id'), ((draw ->> 'n')::int)) where draw is not null;
create index draws_by_day on operations (shop_id, (actor ->> 'id'), (draw ->> 'on'))
  where draw is not null;

-- The most yen of one person alone, and who may be the second; an absent part: no limit.
alter table shops add column limits jsonb not null default '{}';

-- Since when somebody works in the shop; null: since before this was recorded.
alter table members add column since timestamptz;
alter table members alter column since set default clock_timestamp();

-- A mail to those who may be the second person.
alter table mails
  drop constraint mails_kind_check,
  drop constraint mails_without_order_check,
  add constraint mails_kind_check check (kind in ('order_confirmation', 'preorder_confirmation',
    'thanks', 'payment_confirmation', 'shipping_notice', 'cancellation', 'status_change',
    'order_notice_1', 'order_notice_2', 'attention_digest', 'template_test', 'invitation',
    'second_person')) not valid,
  add constraint mails_without_order_check check ((order_number is null) = (kind in
    ('attention_digest', 'template_test', 'invitation', 'second_person'))) not valid;
