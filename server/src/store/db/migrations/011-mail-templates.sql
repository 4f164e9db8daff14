-- Templates of a shop's own, and mails that people send by hand.

create table mail_templates (
  shop_id  text not null references shops,
  kind     text not null,
  subject  text not null,
  body     text not null,
  sending  text not null check (sending in ('auto', 'manual', 'never')),
  copy_to  text[] not null default '{}' check (cardinality(copy_to) <= 5),
  version  int not null default 1,
  primary key (shop_id, kind)
);

alter table mails
  -- Who sent it by hand; null where it went out by itself.
  add column actor    jsonb,
  add column copy_to  text[] not null default '{}',
  -- True where subject and text were written when it was asked for, and are sent as they are.
  add column composed boolean not null default false,
  drop constraint mails_kind_check,
  drop constraint mails_state_check,
  add constraint mails_kind_check check (kind in ('order_confirmation', 'preorder_confirmation',
    'thanks', 'payment_confirmation', 'shipping_notice', 'cancellation', 'status_change',
    'order_notice_1', 'order_notice_2')),
  add constraint mails_state_check check (state in
    ('queued', 'sending', 'sent', 'unknown', 'failed', 'withheld'));
create index mails_of_order on mails (shop_id, order_number, id);
