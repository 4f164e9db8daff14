-- Counts the turns that have written an order: a turn writes only if nobody has since it read.
alter table orders add column turn int not null default 0;
