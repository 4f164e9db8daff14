alter table shops
  -- 売上処理期限 of the kinds of payment that have one of their own, in days (S2).
  add column capture_deadlines jsonb not null default '{}',
  -- Whether the morning's mail of what waits goes out.
  add column digest boolean not null default true;

-- In how many days an authorization must be captured: its kind's own, else the shop's.
create function capture_days(shop shops, payment_kind text) returns int language sql stable as $$
  select coalesce((shop.capture_deadlines ->> payment_kind)::int, shop.capture_deadline_days)
$$;

drop trigger touch_deadlines on shops;
create trigger touch_deadlines after update on shops
  for each row when (
    (old.capture_deadline_days, old.capture_deadlines)
      is distinct from (new.capture_deadline_days, new.capture_deadlines))
  execute function touch_authorized();

alter table mail_templates
  -- 会員専用本文 and あとがき: the first is for members only, the second ends every mail of the kind.
  add column member_body text not null default '',
  add column afterword text not null default '';

-- The kinds of mail that a shop does not send.
create function never_mails(of_shop text) returns text[] language sql stable as $$
  select coalesce(array_agg(kind order by kind), '{}') from mail_templates
   where shop_id = of_shop and sending = 'never'
$$;

-- A test of a template goes to the person who asks for it, and is about no order.
alter table mails
  drop constraint mails_kind_check,
  drop constraint mails_digest_check,
  add constraint mails_kind_check check (kind in ('order_confirmation', 'preorder_confirmation',
    'thanks', 'payment_confirmation', 'shipping_notice', 'cancellation', 'status_change',
    'order_notice_1', 'order_notice_2', 'attention_digest', 'template_test')),
  add constraint mails_without_order_check check (
    (order_number is null) = (kind in ('attention_digest', 'template_test')));
