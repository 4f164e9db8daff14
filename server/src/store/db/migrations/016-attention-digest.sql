-- The daily digest of 要対応 goes out through the outbox like any other mail, but is about no order.
alter table mails
  alter column order_number drop not null,
  drop constraint mails_kind_check,
  add constraint mails_kind_check check (kind in ('order_confirmation', 'preorder_confirmation',
    'thanks', 'payment_confirmation', 'shipping_notice', 'cancellation', 'status_change',
    'order_notice_1', 'order_notice_2', 'attention_digest')),
  add constraint mails_digest_check check ((order_number is null) = (kind = 'attention_digest'));

-- One to each person and day, whoever writes it.
create unique index one_digest_a_day on mails (shop_id, occasion) where order_number is null;
