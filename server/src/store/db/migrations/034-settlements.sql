-- O3: what was received, or given back, otherwise than by card, and what that comes to, so that
-- lists can ask for what is open. Orders that are there have none.
alter table orders
  add column settlements jsonb not null default '[]',
  add column settled_otherwise int not null default 0;
create trigger touch_settled_order after update on orders
  for each row when (old.settled_otherwise is distinct from new.settled_otherwise)
  execute function touch_order();
