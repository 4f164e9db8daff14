-- K3: 発行取消 that a person has ordered stands in the order (orders.redirects), by its journal. The
-- payment is then looked at at once, and the look decides whether F-REGI is asked to revoke it.
create function ring_revocations() returns trigger language plpgsql as $$
begin
  update redirect_payments r set due_at = now()
    from jsonb_to_recordset(new.redirects) as ordered (settleno text, revocation jsonb)
   where r.shop_id = new.shop_id and r.settleno = ordered.settleno
     and ordered.revocation -> 'outcome' = 'null'
     and not exists (
       select from jsonb_to_recordset(old.redirects) as former (settleno text, revocation jsonb)
        where former.settleno = ordered.settleno and former.revocation -> 'outcome' = 'null');
  return null;
end $$;
-- L2: the yen of the payment at the store by which an order is 入金済. Entries of before do not say.
alter table orders add column paid_at_store int check (paid_at_store >= 0);

create trigger ring_revocations after update on orders
  for each row when (old.redirects is distinct from new.redirects)
  execute function ring_revocations();
