-- A row of a run that has begun is finished, whatever becomes of the run: pause and stop are for
-- those that have not. So a stopped row is one that nobody has touched, at every instant.
alter table run_rows drop constraint run_rows_state_check;
alter table run_rows add constraint run_rows_state_check
  check (state in ('waiting', 'begun', 'accepted', 'refused', 'stopped'));
create index run_rows_begun on run_rows (shop_id, run_id) where state = 'begun';
