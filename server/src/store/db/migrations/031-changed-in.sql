-- The version in which an order last changed other than by a mail that went out: whoever has seen
-- it since then has seen all that is decided on.
alter table orders add column changed_in int;
alter table orders disable trigger user;
update orders o set changed_in = coalesce((
  select max(j.version) from journal j
   where j.shop_id = o.shop_id and j.order_number = o.order_number
     and j.event ->> 'kind' not in ('mail_sent', 'payment_mail_sent')), o.version);
alter table orders enable trigger user;
alter table orders alter column changed_in set not null,
  add check (changed_in between 1 and version);
