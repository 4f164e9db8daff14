-- Shipping, and bulk runs that ship, ship and mark paid, or cancel.

-- The details of an order with what was sent to its destinations: what a shipment does not say
-- stays as it is.
create function with_shipments(details jsonb, shipments jsonb) returns jsonb
language sql immutable as $$
  select jsonb_set(details, '{destinations}', (
    select jsonb_agg(destination || coalesce((
             select shipment - 'destination' from jsonb_array_elements(shipments) as shipment
              where (shipment ->> 'destination')::int = n - 1 limit 1), '{}') order by n)
      from jsonb_array_elements(details -> 'destinations') with ordinality as given (destination, n)))
$$;

alter table runs
  -- What is done to each order; null: it is marked paid.
  add column plan jsonb,
  -- The file that the run was made of: the same file twice starts nothing.
  add column file_hash text;
create unique index one_run_per_file on runs (shop_id, file_hash) where file_hash is not null;

-- What was sent to which destination, where the run has it for each order.
alter table run_rows add column shipments jsonb;
