-- O1: whose a transaction is. One order has it, for good, from when it is linked to it; while an
-- operation cancels one that no order has, it is that operation's order's. Written by triggers, so
-- that no way of writing an order can forget it, and unique, so that of two who take a transaction
-- at once one is refused. No foreign key: it would lock all orders while the table is filled.
create table transaction_owners (
  shop_id       text not null,
  seqno         text not null,
  order_number  text not null,
  held_as       text not null check (held_as in ('linked', 'cancelling')),
  constraint one_owner_per_transaction primary key (shop_id, seqno)
);
create index transaction_owners_of_order on transaction_owners (shop_id, order_number);

create function own_transaction(shop text, number text, taken text, how text)
returns void language plpgsql as $$
declare
  owner text;
begin
  insert into transaction_owners values (shop, taken, number, how) on conflict do nothing;
  if found then
    -- What other orders have seen of it under their slip is none of theirs any more.
    insert into touched_orders (shop_id, order_number)
    select o.shop_id, o.order_number
      from seen_transactions seen join orders o on o.shop_id = shop and o.slip_id = seen.slip_id
     where seen.shop_id = shop and seen.seqno = taken and o.order_number <> number;
    return;
  end if;
  select order_number into owner from transaction_owners where shop_id = shop and seqno = taken;
  if owner is distinct from number then
    raise exception 'transaction % is of order %, not of %', taken, owner, number
      using errcode = 'unique_violation', constraint = 'one_owner_per_transaction';
  end if;
  update transaction_owners set held_as = how
   where shop_id = shop and seqno = taken and how = 'linked' and held_as <> how;
end $$;

create function own_linked() returns trigger language plpgsql as $$
begin
  perform own_transaction(new.shop_id, new.order_number, new.seqno, 'linked');
  return null;
end $$;
create function own_stray() returns trigger language plpgsql as $$
begin
  perform own_transaction(new.shop_id, new.order_number, new.stray ->> 'seqno', 'cancelling');
  return null;
end $$;
create function leave_stray() returns trigger language plpgsql as $$
begin
  delete from transaction_owners
   where shop_id = new.shop_id and seqno = new.stray ->> 'seqno'
     and order_number = new.order_number and held_as = 'cancelling';
  return null;
end $$;

-- What is there already: read before anything is locked, and what came meanwhile, after it.
insert into transaction_owners
select shop_id, seqno, order_number, 'linked' from orders where seqno is not null;
insert into transaction_owners
select shop_id, seqno, order_number, 'linked' from (
  select shop_id, order_number, version, event #>> '{order,transaction,seqno}' as seqno
    from journal where version = 1 and event ->> 'kind' = 'order_placed'
  union all
  select shop_id, order_number, version, event #>> '{transaction,seqno}'
    from journal where event ->> 'kind' in ('transaction_moved', 'transaction_corrected')
) as was where seqno is not null order by version
on conflict do nothing;

create trigger own_first after insert on orders
  for each row when (new.seqno is not null) execute function own_linked();
create trigger own_next after update on orders
  for each row when (new.seqno is not null and new.seqno is distinct from old.seqno)
  execute function own_linked();
create trigger own_stray after insert on operations
  for each row when (new.stray is not null and new.ended_at is null) execute function own_stray();
create trigger leave_stray after update on operations
  for each row when (new.stray is not null and old.ended_at is null and new.ended_at is not null)
  execute function leave_stray();

insert into transaction_owners
select o.shop_id, o.seqno, o.order_number, 'linked' from orders o
 where o.seqno is not null and not exists (
   select 1 from transaction_owners t where t.shop_id = o.shop_id and t.seqno = o.seqno)
on conflict do nothing;
insert into transaction_owners
select o.shop_id, o.stray ->> 'seqno', o.order_number, 'cancelling' from operations o
 where o.state in ('asking', 'unknown', 'review') and o.stray is not null
on conflict do nothing;
