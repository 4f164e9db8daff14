-- Shops whose gateway is out of reach: nothing is asked of it until it has been reached again.
create table outages (
  shop_id  text primary key references shops,
  since    timestamptz not null default now(),
  cause    text not null
);
