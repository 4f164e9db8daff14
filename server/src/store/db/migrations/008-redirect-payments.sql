-- コンビニ支払(F-REGI) and the like: payments that were issued at F-REGI and that the customer makes
-- there. A notice only makes us look sooner; what an order is marked paid by is F-REGI's inquiry.
create table redirect_payments (
  shop_id       text not null,
  settleno      text not null check (settleno ~ '^[0-9]{20}$'),
  order_number  text not null,
  slip_id       text not null,
  -- What it was issued for: F-REGI's inquiry does not say.
  amount        int not null check (amount >= 0),
  status        text not null default 'issued' check (status in
    ('issued', 'revoked', 'started', 'completed', 'interrupted', 'cancelled', 'expired')),
  pay_type      text,
  seqno         text,
  -- Why a confirmed payment did not make its order 入金済 by itself.
  obstacle      text,
  noticed_at    timestamptz,
  checked_at    timestamptz,
  tries         int not null default 0,
  -- When to ask F-REGI again; null once there is nothing more to come.
  due_at        timestamptz,
  primary key (shop_id, settleno),
  foreign key (shop_id, order_number) references orders
);
create index redirect_payments_due on redirect_payments (due_at) where due_at is not null;
create index redirect_payments_of_order on redirect_payments (shop_id, order_number);
