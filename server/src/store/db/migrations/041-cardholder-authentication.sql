-- Y1: 本人認証 (3-D Secure) of the cardholder of an order's transaction, and so who bears the chargeback
-- of a fraudulent use. Of orders from before nobody knows it.
alter table orders add column authentication text not null default 'not_known';
alter table orders add constraint orders_authentication_check check (authentication in (
  'not_known', 'not_authenticated', 'attempted', 'authenticated', 'lapsed')) not valid;
