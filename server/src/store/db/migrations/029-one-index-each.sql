-- What another index says already costs each new order, and each change of one, for nothing:
-- orders_to_capture is the same index, orders_by_kana_sorted finds beginnings too, and the mails of
-- an order are few and found by the index that keeps them apart.
drop index orders_authorized;
drop index orders_by_kana;
drop index mails_of_order;
