-- L2: what F-REGI tells of the payments that the customer makes there is a part of the order, told by
-- its journal, so that the order is compared with it like with a card transaction.
alter table orders add column redirects jsonb not null default '[]';
create trigger touch_paid_at_store after update on orders
  for each row when (old.redirects is distinct from new.redirects)
  execute function touch_order();

-- When F-REGI was first seen to say that it is complete: it is looked at again for some days.
alter table redirect_payments add column completed_at timestamptz;

-- An order that has changed may fit by now what was paid and did not fit: F-REGI is asked anew.
create function ring_obstacles() returns trigger language plpgsql as $$
begin
  update redirect_payments set due_at = now()
   where shop_id = new.shop_id and order_number = new.order_number
     and status = 'completed' and obstacle is not null;
  return null;
end $$;
create trigger ring_obstacles after update on orders
  for each row when (
    new.redirects <> '[]' and new.paid_on is null
    and (old.status, old.payment_kind, old.billed)
      is distinct from (new.status, new.payment_kind, new.billed)
  ) execute function ring_obstacles();

-- What was completed lately is looked at again from now on.
update redirect_payments set completed_at = checked_at, due_at = now()
 where status = 'completed' and checked_at > now() - interval '14 days';

-- 入金確認メール also to those who have not paid at the store: an operator's own choice.
alter table runs add column mail_unpaid boolean not null default false;
